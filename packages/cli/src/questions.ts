import { isCancel, select, text } from "@clack/prompts";
import { forgetTyped } from "./forget-typed.ts";
import { askYesOrNo } from "./terminal.ts";

/** Somebody in front of a terminal who can be asked for more than yes or no. */
export interface Questions {
  /**
   * A text; undefined when the question was left.
   *
   * @param problem what is wrong with a text, or undefined
   */
  readonly text: (
    question: string,
    given: { readonly initial?: string; readonly problem?: (value: string) => string | undefined },
  ) => Promise<string | undefined>;
  readonly choice: <Value extends string>(
    question: string,
    choices: readonly { readonly value: Value; readonly label: string; readonly hint?: string }[],
  ) => Promise<Value | undefined>;
  readonly confirm: (question: string) => Promise<boolean | undefined>;
}

// Questions are no results: standard output may be a file.
const output = process.stderr;

/** Asks on the terminal this process was started in; undefined in a pipe or for a machine. */
export function ownQuestions(): Questions | undefined {
  if (process.stdin.isTTY !== true || output.isTTY !== true) return undefined;
  return {
    async text(message, { initial, problem }) {
      await forgetTyped();
      const answer = await text({
        message,
        output,
        ...(initial !== undefined && { initialValue: initial }),
        validate: (value) => problem?.(value ?? ""),
      });
      return isCancel(answer) ? undefined : answer;
    },
    async choice(message, choices) {
      const options = choices.map(({ value, label, hint }) => ({
        value: value as string,
        label,
        ...(hint !== undefined && { hint }),
      }));
      await forgetTyped();
      const answer = await select({ message, options, output });
      return isCancel(answer) ? undefined : (answer as (typeof choices)[number]["value"]);
    },
    confirm: askYesOrNo,
  };
}
