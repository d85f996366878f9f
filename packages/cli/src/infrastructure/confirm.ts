import { exitCodes, Failure } from "../exit-codes.ts";
import type { Output } from "../run.ts";

/**
 * Makes sure that what can't be undone is wanted: `--yes` says so, or whoever sits in front of the terminal.
 *
 * @throws {Failure} when it isn't wanted, or nobody is there to ask
 */
export async function confirmed(output: Output, yes: boolean | undefined, question: string): Promise<void> {
  if (yes === true) return;
  if (output.terminal === undefined)
    throw new Failure(`${question} Nobody is here to ask: say it with --yes.`, exitCodes.usage);
  const answer = await output.terminal.confirm(question);
  if (answer === true) return;
  throw new Failure("Nothing was done.", answer === undefined ? exitCodes.interrupted : exitCodes.failed);
}
