import type { StatusLine } from "../terminal.ts";
import type { Session } from "./session.ts";

/** Shows how far something is: a line that changes on a terminal, a line per change in a pipe. */
export interface ProgressView {
  readonly show: (state: string) => void;
  /** Shows what came of it. */
  readonly end: (done: boolean, text: string) => void;
}

/** Begins to show how far `name` is. */
export function showProgress({ output }: Session, name: string): ProgressView {
  const begun = Date.now();
  let shown = "";
  let line: StatusLine | undefined;
  let clock: ReturnType<typeof setInterval> | undefined;
  const text = () => `${name}: ${shown}, ${Math.round((Date.now() - begun) / 1000)} s`;
  return {
    show(state) {
      if (state === shown) return;
      shown = state;
      if (output.terminal === undefined) output.error(`${name}: ${state}`);
      else if (line === undefined) {
        line = output.terminal.status(text());
        clock = setInterval(() => line?.update(text()), 1000);
      } else line.update(text());
    },
    end(done, last) {
      clearInterval(clock);
      if (line === undefined) output.error(`${done ? "✓" : "✗"} ${last}`);
      else line.end(done, last);
    },
  };
}
