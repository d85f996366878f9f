import { type Bar, type Screen, type Status, type Step, tableRows } from "./screen.ts";

/** Plain lines: for pipes, logs and continuous integration. */
export class PlainScreen implements Screen {
  #atLineStart = true;

  title(text: string): void {
    this.line(text);
  }

  step(text: string): void {
    this.line("");
    this.line(`▸ ${text}`);
  }

  line(text: string): void {
    if (!this.#atLineStart) process.stdout.write("\n");
    process.stdout.write(`${text}\n`);
    this.#atLineStart = true;
  }

  write(text: string): void {
    process.stdout.write(text);
    if (text !== "") this.#atLineStart = text.endsWith("\n");
  }

  async work<T>(text: string, run: () => Promise<T>, done: (value: T) => string): Promise<T> {
    this.line(`${text} …`);
    const value = await run();
    this.line(`✓ ${done(value)}`);
    return value;
  }

  bar(text: string, max: number): Bar {
    let count = 0;
    this.line(text);
    return {
      advance: (state) => {
        count += 1;
        this.line(`  ${Math.min(count, max)}/${max} ${state}`);
      },
      stop: (state) => this.line(`✓ ${state}`),
    };
  }

  status(text: string): Status {
    let shown = text;
    this.line(text);
    return {
      update: (next) => {
        if (next !== shown) this.line(`  ${next}`);
        shown = next;
      },
      stop: (last) => this.line(`✓ ${last}`),
    };
  }

  async ask(question: string): Promise<boolean> {
    this.line(`${question} No: there is no terminal to answer on.`);
    return false;
  }

  table(steps: readonly Step[]): void {
    this.line("");
    for (const row of tableRows(steps)) this.line(row);
  }

  problem(text: string): void {
    if (!this.#atLineStart) process.stdout.write("\n");
    process.stderr.write(`${text}\n`);
  }

  end(text: string): void {
    this.line("");
    this.line(text);
  }
}
