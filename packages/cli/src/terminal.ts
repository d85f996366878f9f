import { confirm, isCancel, password } from "@clack/prompts";
import ora from "ora";
import { forgetTyped } from "./forget-typed.ts";

/** A line that changes while something is waited for. */
export interface StatusLine {
  /** Shows another text in the place of the one before. */
  readonly update: (text: string) => void;
  /** Leaves the line as it is, marked as done well or not. */
  readonly end: (done: boolean, text: string) => void;
  /** Takes the line away. */
  readonly clear: () => void;
}

/** Somebody in front of a terminal: can be asked, and shown what changes. */
export interface Terminal {
  /** Yes or no; undefined when the question was left. */
  readonly confirm: (question: string) => Promise<boolean | undefined>;
  /** What was typed without being shown; undefined when the question was left. */
  readonly secret: (question: string) => Promise<string | undefined>;
  readonly status: (text: string) => StatusLine;
}

// Everything is shown on standard error: standard output has the results, and may be a file.
const output = process.stderr;

/** Asks for a yes or a no, which is chosen beforehand; undefined when the question was left. */
export async function askYesOrNo(message: string): Promise<boolean | undefined> {
  await forgetTyped();
  const answer = await confirm({ message, initialValue: false, output });
  return isCancel(answer) ? undefined : answer;
}

/** The terminal this process was started in; undefined when it was started in a pipe or by a machine. */
export function ownTerminal(): Terminal | undefined {
  if (process.stdin.isTTY !== true || output.isTTY !== true) return undefined;
  return {
    confirm: askYesOrNo,
    async secret(message) {
      const answer = await password({ message, output });
      return isCancel(answer) ? undefined : answer;
    },
    status(text) {
      // Reading the keyboard would take Ctrl-C away from whoever waits for it.
      const spinner = ora({ text, stream: output, discardStdin: false }).start();
      return {
        update(next) {
          spinner.text = next;
          // What follows may keep the process too busy for the next frame.
          spinner.render();
        },
        clear: () => void spinner.stop(),
        end: (done, last) => void (done ? spinner.succeed(last) : spinner.fail(last)),
      };
    },
  };
}
