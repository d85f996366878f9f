import { styleText } from "node:util";
import { confirm, intro, isCancel, log, note, outro, progress, spinner } from "@clack/prompts";
import ora from "ora";
import { type Bar, type Screen, type Status, type Step, tableRows } from "./screen.ts";
import { wrap } from "./wrap.ts";

/** Columns a frame takes on both sides, and a bar with its blanks on the left. */
const [frame, bar] = [6, 3];

/** Text that fits beside a bar. */
function fitting(text: string, indent = ""): string {
  return wrap(text, columns() - bar, indent);
}

/** Columns of the terminal, which may be made wider or narrower meanwhile. */
function columns(): number {
  return process.stdout.columns || 80;
}

/** What stands before the further lines of what the spinner leaves behind. */
const beside = `${styleText("gray", "│")}  `;

/** A terminal with somebody in front of it. */
export class TerminalScreen implements Screen {
  #atLineStart = true;

  title(text: string): void {
    intro(styleText("bold", text));
  }

  step(text: string): void {
    this.#breakLine();
    log.step(styleText("bold", fitting(text)));
  }

  line(text: string): void {
    this.#breakLine();
    log.message(fitting(text), { spacing: 0 });
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
      spin.stop(fitting(done(value), beside));
      return value;
    } catch (error) {
      spin.error(fitting(text, beside));
      throw error;
    }
  }

  bar(text: string, max: number): Bar {
    this.#breakLine();
    const shown = progress({ max, style: "block" });
    shown.start(text);
    return {
      advance: (state) => shown.advance(1, state),
      stop: (state) => shown.stop(fitting(state, beside)),
    };
  }

  status(text: string): Status {
    this.#breakLine();
    // Reading the keyboard would take Ctrl-C away from whoever has to clean up after what is waited for.
    const line = ora({ text, discardStdin: false, stream: process.stdout }).start();
    return {
      update: (next) => {
        line.text = next;
      },
      stop: (last) =>
        void line.stopAndPersist({ symbol: styleText("green", "◇"), text: fitting(last, "  ") }),
    };
  }

  async ask(question: string): Promise<boolean> {
    const answer = await confirm({ message: question, initialValue: false });
    return !isCancel(answer) && answer;
  }

  table(steps: readonly Step[]): void {
    this.#breakLine();
    note(tableRows(steps, columns() - frame).join("\n"), "What ran");
  }

  problem(text: string): void {
    this.#breakLine();
    log.error(fitting(text));
  }

  end(text: string): void {
    this.#breakLine();
    outro(fitting(text, "   "));
  }

  #breakLine(): void {
    if (!this.#atLineStart) process.stdout.write("\n");
    this.#atLineStart = true;
  }
}
