import { PlainScreen } from "./plain-screen.ts";
import { TerminalScreen } from "./terminal-screen.ts";
import { wrap } from "./wrap.ts";

/** One thing that ran, for the table at the end. */
export interface Step {
  readonly name: string;
  readonly ok: boolean;
  /** Milliseconds. */
  readonly took: number;
  readonly outcome: string;
}

/** Counts up to its maximum. */
export interface Bar {
  readonly advance: (text: string) => void;
  readonly stop: (text: string) => void;
}

/** A line that tells how far something is. */
export interface Status {
  readonly update: (text: string) => void;
  readonly stop: (text: string) => void;
}

/** Where the tour is shown. */
export interface Screen {
  title(text: string): void;
  /** The beginning of a step. */
  step(text: string): void;
  /** A line of its own. */
  line(text: string): void;
  /** Text as it comes; `dim` for what is beside the point. */
  write(text: string, dim?: boolean): void;
  /** Shows that something is going on until it is over, then what became of it. */
  work<T>(text: string, run: () => Promise<T>, done: (value: T) => string): Promise<T>;
  bar(text: string, max: number): Bar;
  status(text: string): Status;
  /** Asks; without a terminal the answer is no. */
  ask(question: string): Promise<boolean>;
  table(steps: readonly Step[]): void;
  problem(text: string): void;
  end(text: string): void;
}

/** A screen for whoever is looking: colours, spinners and questions only where there is a terminal. */
export async function createScreen(): Promise<Screen> {
  const interactive =
    process.stdout.isTTY === true && process.stdin.isTTY === true && process.env.CI === undefined;
  return interactive ? new TerminalScreen() : new PlainScreen();
}

/** Columns an outcome needs to be read beside the name of its step. */
const least = 30;

/**
 * The rows of the closing table, columns aligned.
 *
 * @param columns how wide they may be: outcomes that don't fit go on below themselves
 */
export function tableRows(steps: readonly Step[], columns = Infinity): string[] {
  const width = Math.max(...steps.map((step) => step.name.length));
  return steps.flatMap(({ name, ok, took, outcome }) => {
    const begin = `${ok ? "✓" : "✗"} ${name.padEnd(width)}  ${`${Math.round(took)} ms`.padStart(8)}`;
    const room = columns - begin.length - 2;
    const longest = Math.max(...outcome.split(/\s+/).map((word) => word.length));
    const beside = room >= Math.max(least, longest) || outcome.length <= room;
    const indent = " ".repeat(beside ? begin.length + 2 : 4);
    const text = wrap(outcome, columns - indent.length, indent);
    return (beside ? `${begin}  ${text}` : `${begin}\n${indent}${text}`).split("\n");
  });
}
