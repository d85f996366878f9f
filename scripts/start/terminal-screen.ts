import { styleText } from "node:util";
import { confirm, intro, isCancel, log, note, outro, progress, spinner } from "@clack/prompts";
import ora from "ora";
import { type Bar, type Screen, type Status, type Step, tableRows } from "./screen.ts";

/** A terminal with somebody in front of it. */
export class TerminalScreen implements Screen {
  #atLineStart = true;

  title(text: string): void {
    intro(styleText("bold", text));
  }

  step(text: string): void {
    this.#breakLine();
    log.step(styleText("bold", text));
  }

  line(text: string): void {
    this.#breakLine();
    log.message(text, { spacing: 0 });
  }

  write(text: string, dim = false): void {
    if (text === "") return;
    process.stdout.write(dim ? styleText("dim", text) : text);
    this.#atLineStart = text.endsWith("\n");
  }

  async work<T>(text: string, run: () => Promise<T>, done: (value: T) => string): Promise<T> {
    this.#breakLine();
    const spin = spinner();
    spin.start(text);
    try {
      const value = await run();
      spin.stop(done(value));
      return value;
    } catch (error) {
      spin.error(text);
      throw error;
    }
  }

  bar(text: string, max: number): Bar {
    this.#breakLine();
    const bar = progress({ max, style: "block" });
    bar.start(text);
    return { advance: (state) => bar.advance(1, state), stop: (state) => bar.stop(state) };
  }

  status(text: string): Status {
    this.#breakLine();
    // Reading the keyboard would take Ctrl-C away from whoever has to clean up after what is waited for.
    const line = ora({ text, discardStdin: false, stream: process.stdout }).start();
    return {
      update: (next) => {
        line.text = next;
      },
      stop: (last) => void line.stopAndPersist({ symbol: styleText("green", "◇"), text: last }),
    };
  }

  async ask(question: string): Promise<boolean> {
    const answer = await confirm({ message: question, initialValue: false });
    return !isCancel(answer) && answer;
  }

  table(steps: readonly Step[]): void {
    this.#breakLine();
    note(tableRows(steps).join("\n"), "What ran");
  }

  problem(text: string): void {
    this.#breakLine();
    log.error(text);
  }

  end(text: string): void {
    this.#breakLine();
    outro(text);
  }

  #breakLine(): void {
    if (!this.#atLineStart) process.stdout.write("\n");
    this.#atLineStart = true;
  }
}
