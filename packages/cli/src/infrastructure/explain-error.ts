import type { APIError, CreationOutcome } from "@hawser/infrastructure/runcrate";
import { exitCodes, Failure } from "../exit-codes.ts";
import { credits } from "./values.ts";

/** What is known about a command whose call failed. */
export interface CallContext {
  /** Id of the costly operation that was sent without an answer. */
  readonly unanswered?: string | undefined;
  /** The environment the command named. */
  readonly environment?: string | undefined;
  /** What the command is about, as it is called in sentences. */
  readonly thing?: string | undefined;
}

/**
 * What a call ended with, as a sentence and an exit code. What is no error of the API, of the network or of the request
 * comes back as it is.
 */
export async function explainError(error: unknown, context: CallContext = {}): Promise<unknown> {
  const runtime = await import("@hawser/infrastructure/runcrate");
  if (error instanceof Failure || !runtime.HawserError.is(error)) return error;
  if (runtime.APIError.is(error))
    return new Failure(withAdvice(`${error.message}${referenceOf(error)}`, error));
  const { thing = "It", unanswered, environment } = context;
  const creation = runtime.creationOf(error);
  if (runtime.UnknownOutcomeError.is(error)) {
    const message = `The request was sent, and no answer came: ${error.cause.message}.`;
    return new Failure(`${message} ${howToFindOut(error.operation, environment)}`, exitCodes.unknown);
  }
  // These look alike to the compiler, which would take what remains for nothing.
  const isA = (kind: { is(value: unknown): boolean }) => kind.is(error);
  if (isA(runtime.AbortError))
    return unanswered === undefined || creation !== undefined
      ? new Failure("Stopped.", exitCodes.interrupted)
      : new Failure(stoppedUnanswered(unanswered, environment), exitCodes.unknown);
  const leftover = creation === undefined ? "" : ` ${leftoverOf(creation)}`;
  if (runtime.WaiterTimeoutError.is(error)) {
    const last = error.state === undefined ? "" : `; the last that was heard is "${String(error.state)}"`;
    const message = `${thing} wasn't ${goalOf(error.waiter)} within ${error.timeout / 1000} s${last}.`;
    return new Failure(`${message}${leftover}`);
  }
  if (runtime.WaiterFailureError.is(error)) {
    const reason = error.reason === undefined ? "" : `: ${error.reason.replace(/\.$/, "")}`;
    const message = `${thing} will not be ${goalOf(error.waiter)}, it is "${String(error.state)}"${reason}.`;
    return new Failure(`${message}${leftover}`);
  }
  if (runtime.CostLimitError.is(error) && creation === undefined)
    return new Failure(
      `Nothing was created: what fits costs ${credits(error.costPerHour)} credits per hour at the least, above the limit of ${error.limit}.`,
    );
  const { message } = error;
  if (isA(runtime.InvalidRequestError)) return new Failure(message, exitCodes.usage);
  if (isA(runtime.ConnectionError))
    return new Failure(`${message}. Check the network, and RUNCRATE_INFRASTRUCTURE_BASE_URL if it is set.`);
  return new Failure(message);
}

/**
 * What a removal ended with: what may still be there, and be charged, when it was stopped.
 *
 * @param look the command that tells whether it is: `hawser instances get ID`
 */
export async function explainRemoval(
  error: unknown,
  { environment }: CallContext,
  look: string,
): Promise<unknown> {
  const { AbortError } = await import("@hawser/infrastructure/runcrate");
  if (!AbortError.is(error)) return error;
  const command = inEnvironment(look, environment);
  return new Failure(
    `Stopped before the answer was there: whether it goes on, and is charged, is unknown. Look with "${command}".`,
    exitCodes.interrupted,
  );
}

/** That a command was stopped while a request that may cost money was on its way. */
export function stoppedUnanswered(operation: string, environment: string | undefined): string {
  return `Stopped after the request was sent, before its answer was there. ${howToFindOut(operation, environment)}`;
}

/** Adds the environment to a command that is to be typed. */
export function inEnvironment(command: string, environment: string | undefined): string {
  return environment === undefined ? command : `${command} --environment ${quoted(environment)}`;
}

function quoted(word: string): string {
  return /^[\w.-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** How to find out whether a costly operation was done, in commands of the shell. */
function howToFindOut(operation: string, environment: string | undefined): string {
  const command = (words: string) => `"${inEnvironment(`hawser ${words}`, environment)}"`;
  switch (operation) {
    case "createInstance":
      return `The instance may exist and be charged. Look for it with ${command("instances list")}, and end it with ${command("instances terminate ID")} if it isn't wanted.`;
    case "createVolume":
      return `The volume may exist and be charged. Look for it with ${command("volumes list")}, and delete it with ${command("volumes delete ID")} if it isn't wanted.`;
    case "resizeVolume":
      return `The volume may have its new size, which is charged. Look at it with ${command("volumes get ID")}.`;
    default:
      return "It may have been done, and be charged.";
  }
}

/** What a wait was for. */
function goalOf(waiter: string): string {
  return waiter.replace(/^waitUntil/, "").toLowerCase();
}

function leftoverOf({ id, terminated, gone, undoError }: CreationOutcome): string {
  if (terminated === undefined) return `${id} was created and is still there.`;
  if (gone === true) return `${id} was created and isn't there any more.`;
  if (terminated) return `${id} was created and removed again.`;
  const why = undoError instanceof Error ? `: ${undoError.message}` : "";
  return `${id} was created and could not be removed, so it may go on costing${why}`;
}

/** What to name when asking about an answer. */
function referenceOf({ code, requestId }: APIError): string {
  const names = [code, requestId && `request ${requestId}`].filter(Boolean);
  return names.length === 0 ? "" : ` (${names.join(", ")})`;
}

function withAdvice(message: string, { status }: APIError): string {
  const advice = advices[status];
  if (advice === undefined) return message;
  return `${message}${/[.!?]$/.test(message) ? "" : "."} ${advice}`;
}

const advices: Readonly<Record<number, string>> = {
  401: 'Set RUNCRATE_API_KEY, or keep another key with "hawser login".',
  402: '"hawser billing balance" tells what is left.',
};
