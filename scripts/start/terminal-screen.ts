import { styleText } from "node:util";
import { confirm, intro, isCancel, log, note, outro, progress } from "@clack/prompts";
import ora, { type Ora } from "ora";
import { createFlow } from "./flow.ts";
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

/** What a spinner leaves behind. */
function leave(line: Ora, text: string, symbol = styleText("green", "◇")): void {
  line.stopAndPersist({ symbol: `${symbol} `, text: fitting(text, beside) });
}

/** A terminal with somebody in front of it. */
export class TerminalScreen implements Screen {
  readonly #flow = createFlow(() => columns() - bar, beside);
  #dim = false;
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
    if (dim !== this.#dim) this.#show(this.#flow.rest());
    this.#dim = dim;
    this.#show(this.#flow.push(text));
    this.#atLineStart = text.endsWith("\n");
  }

  async work<T>(text: string, run: () => Promise<T>, done: (value: T) => string): Promise<T> {
    const line = this.#spin(text);
    try {
      const value = await run();
      leave(line, done(value));
      return value;
    } catch (error) {
      leave(line, text, styleText("red", "▲"));
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
    const line = this.#spin(text);
    return {
      update: (next) => {
        line.text = next;
      },
      stop: (last) => leave(line, last),
    };
  }

  async ask(question: string): Promise<boolean> {
    this.#breakLine();
    const answer = await confirm({ message: fitting(question), initialValue: false });
    if (!isCancel(answer)) return answer;
    // A prompt reads the keyboard, Ctrl-C included.
    process.emit("SIGINT");
    throw new Error("Stopped.");
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

  #spin(text: string): Ora {
    this.#breakLine();
    process.stdout.write(`${beside.trimEnd()}\n`);
    // Reading the keyboard would take Ctrl-C away from whoever has to clean up after what is waited for.
    return ora({ text, discardStdin: false, stream: process.stdout }).start();
  }

  #show(text: string): void {
    if (text !== "") process.stdout.write(this.#dim ? styleText("dim", text) : text);
  }

  #breakLine(): void {
    this.#show(this.#flow.end());
    if (!this.#atLineStart) process.stdout.write("\n");
    this.#atLineStart = true;
  }
}
