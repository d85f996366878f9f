import type { WithResponse } from "./api-promise.ts";
import type { Client } from "./client.ts";
import { optionsOf } from "./client-settings.ts";
import { CostLimitError, checkPrices, costObjection } from "./cost-guard.ts";
import { type CreationOutcome, tellCreation } from "./creation-outcome.ts";
import { deferAnswerChecks } from "./deferred-validation.ts";
import { AbortError, APIError, InvalidRequestError, TimeoutError } from "./errors.ts";
import { followSignal } from "./follow-signal.ts";
import { readPointer } from "./json-pointer.ts";
import { checkOptions, type OptionNames } from "./known-options.ts";
import { filterLogger } from "./logger.ts";
import type { OperationInput } from "./operation.ts";
import { inputForId } from "./operation-input.ts";
import type { RequestOptions } from "./options.ts";
import type { Creation } from "./plans.ts";
import { startTimer } from "./timeouts.ts";
import { unexpectedAnswer } from "./unexpected-answer.ts";
import { UnknownOutcomeError } from "./unknown-outcome-error.ts";
import { requestOptionsOf, type WaitOptions, waitOptionNames, waitTimes } from "./wait-options.ts";
import { waitUntil } from "./wait-until.ts";
import { WaiterFailureError } from "./waiter-errors.ts";

/** How long the removal of what was created may take, in milliseconds, and the answer to a creation that was given up. */
const undoTimeout = 30_000;

/** Options of a creation that is waited for. `timeout` counts from the first poll, not from the creation. */
export interface CreateAndWaitOptions<Polled = unknown, Created = unknown> extends WaitOptions<Polled> {
  /**
   * Removes what was created when the call fails afterwards, whatever the reason: a failure, the deadline, the signal,
   * an error of a poll or of a callback. The error tells whether it worked. Default false.
   */
  terminateOnFailure?: boolean | undefined;
  /**
   * The most it may cost per hour, in the service's currency. Checked twice:
   *
   * - Before: when all of the service's prices that fit the body are above it, nothing is sent. When none fits, or some
   *   are above it and some not, it is sent, as only the answer tells; nothing is sent then where it couldn't be removed.
   * - Right after, against the price in the answer: what costs more is removed at once, and so is what has no price there,
   *   unless all that fitted were within the limit. A limit that can't be checked isn't taken for kept.
   *
   * A signal doesn't cut the creation short, since what it costs would stay unknown. Nothing above the limit runs on,
   * unless its removal fails: `terminated` of the CostLimitError is false then.
   */
  maxCostPerHour?: number | undefined;
  /** Query, header and cookie parameters; they go with the polls too, where those have them. */
  params?: object | undefined;
  /** For the creation alone; see `RequestOptions`. */
  idempotencyKey?: string | undefined;
  /** Sends nothing, see `RequestOptions`. */
  dryRun?: boolean | undefined;
  /** Told of what was created, before it is waited for. What it throws ends the call. */
  onCreated?(created: Created): void | Promise<void>;
}

/** Those that waiting alone doesn't have. */
const ownOptionNames: OptionNames<Omit<CreateAndWaitOptions, keyof WaitOptions>> = {
  terminateOnFailure: "boolean",
  maxCostPerHour: 1,
  params: "object",
  idempotencyKey: "string",
  dryRun: "boolean",
  onCreated: "function",
};

/** Refuses what makes no sense before anything is created. */
function checkCreation(
  { create, undo, waiter }: Creation,
  options: CreateAndWaitOptions<never, never>,
): void {
  checkOptions(`Waiting for ${create.id}`, options, { ...waitOptionNames, ...ownOptionNames });
  waitTimes(waiter, options);
  const { maxCostPerHour: limit, terminateOnFailure } = options;
  if (terminateOnFailure === true && undo === undefined) {
    throw new InvalidRequestError(
      `${create.id} can't be undone, so the option terminateOnFailure has no meaning.`,
    );
  }
  if (limit === undefined) return;
  if (create.cost === undefined) {
    throw new InvalidRequestError(`${create.id} has no price, so the option maxCostPerHour can't be kept.`);
  }
  if (typeof limit !== "number" || !(limit >= 0)) {
    throw new InvalidRequestError(
      `The option maxCostPerHour has ${String(limit)}; it takes a number from 0 up.`,
    );
  }
}

/**
 * Creates. When what is created may have to be removed, a signal doesn't cut the request short: its answer is waited
 * for a while, since without an id nothing can be removed.
 *
 * @throws UnknownOutcomeError when the answer didn't come in that while.
 */
async function createOne<Created>(
  client: Client,
  { create }: Creation,
  input: OperationInput,
  request: RequestOptions,
  patient: boolean,
): Promise<WithResponse<Created>> {
  const { signal, idempotencyKey } = request;
  if (signal === undefined || signal.aborted || !patient) {
    return client.request<Created>(create, input, request).withResponse();
  }
  const controller = new AbortController();
  let stopTimer = () => {};
  const unfollow = followSignal(signal, () => {
    stopTimer = startTimer(undoTimeout, () => controller.abort());
  });
  try {
    const given = { ...request, signal: controller.signal };
    return await client.request<Created>(create, input, given).withResponse();
  } catch (error) {
    if (!signal.aborted || UnknownOutcomeError.is(error)) throw error;
    if (!controller.signal.aborted)
      throw new AbortError("The call was aborted by its signal", { cause: signal.reason });
    const cause = new TimeoutError({ clock: "total", timeout: undoTimeout });
    throw new UnknownOutcomeError({ operation: create.id, cause, hint: create.whenUnknown, idempotencyKey });
  } finally {
    unfollow();
    stopTimer();
  }
}

/** What is left of a creation, and was not removed or is not to be. */
type Leftover = Pick<CreationOutcome, "terminated" | "gone" | "undoError">;

/** Removes what was created, and tells what became of that. */
async function undo(
  client: Client,
  { undo: operation, parameter }: Creation,
  id: string,
  options: CreateAndWaitOptions<never, never>,
): Promise<Leftover> {
  if (operation === undefined) return { terminated: false };
  // Not checked: what comes after a removal that succeeded can't undo it.
  const request = { ...requestOptionsOf(options), timeout: { total: undoTimeout }, validate: false as const };
  try {
    await client.request(operation, inputForId(operation, parameter, id, options.params), request);
    return { terminated: true };
  } catch (undoError) {
    // What isn't there any more costs nothing.
    if (APIError.is(undoError) && (undoError.status === 404 || undoError.status === 410))
      return { terminated: true };
    const { logger, logLevel } = optionsOf(client);
    filterLogger(logger, logLevel).error("What was created could not be removed", {
      operation: operation.id,
      id,
      error: (undoError as Error).name,
    });
    return { terminated: false, undoError };
  }
}

/**
 * What becomes of what was created, after an error.
 *
 * @param isCallers - whether a callback threw it, which may be about anything.
 */
async function leave(
  client: Client,
  creation: Creation,
  id: string,
  options: CreateAndWaitOptions<never, never>,
  error: unknown,
  isCallers: boolean,
): Promise<Leftover> {
  // A removal would be answered with an error, as if something were left.
  if (!isCallers && WaiterFailureError.is(error) && error.gone) return { terminated: true, gone: true };
  return options.terminateOnFailure === true
    ? undo(client, creation, id, options)
    : { terminated: undefined };
}

function readId({ create, id: pointer }: Creation, { data, body, response }: WithResponse<unknown>): string {
  const id = readPointer(data, pointer);
  if ((typeof id === "string" && id !== "") || typeof id === "number") return String(id);
  const what = `something was created, but its answer has no id at "${pointer}", so it can't be waited for nor removed`;
  throw unexpectedAnswer(create, what, body, response);
}

/**
 * Creates something and waits until it is ready.
 *
 * An error that comes after the creation tells in its message what was created and whether it is still there, and
 * `creationOf(error)` gives it as data.
 *
 * @throws CostLimitError for what costs more than `maxCostPerHour`; UnknownOutcomeError when the creation was sent and
 *   no answer came: nothing is waited for then, and nothing removed; InvalidRequestError for options that have no
 *   meaning here; what `waitUntil` throws.
 */
export async function createAndWait<Body, Created, Polled, Result = Polled>(
  client: Client,
  creation: Creation,
  body: Body,
  options: CreateAndWaitOptions<Polled, Created> = {},
): Promise<Result> {
  const { create, waiter, parameter } = creation;
  checkCreation(creation, options);
  const {
    maxCostPerHour: limit,
    params,
    idempotencyKey,
    dryRun,
    signal,
    timeout,
    delay,
    onProgress,
  } = options;
  const input: OperationInput = { body, params };
  const request = { ...requestOptionsOf(options), signal };
  if (dryRun === true) return client.request<Result>(create, input, { ...request, idempotencyKey, dryRun });
  const prices = limit === undefined ? [] : await checkPrices(client, creation, body, limit, request);
  // Also where only the answer tells whether it costs too much.
  const patient = options.terminateOnFailure === true || limit !== undefined;
  const { validate } = optionsOf(client);
  const findings: unknown[] = [];
  const checks = validate && deferAnswerChecks(validate, (finding) => findings.push(finding));
  const asked = { ...request, idempotencyKey, validate: checks };
  const answer = await createOne<Created>(client, creation, input, asked, patient);
  const created = answer.data;
  const id = readId(creation, answer);
  const objection = limit === undefined ? undefined : costObjection(create, created, limit, prices);
  if (objection !== undefined) {
    const outcome = { id, created, ...(await undo(client, creation, id, options)) };
    const { message, costPerHour } = objection;
    const { terminated } = outcome;
    throw tellCreation(
      new CostLimitError(message, { limit: limit!, costPerHour, terminated, data: created }),
      outcome,
    );
  }
  let thrown: unknown;
  /** Lets a callback's errors be told from those of the wait, whatever they are. */
  const heard =
    <Value>(callback: ((value: Value) => void | Promise<void>) | undefined) =>
    async (value: Value) => {
      try {
        await callback?.(value);
      } catch (error) {
        thrown = error;
        throw error;
      }
    };
  try {
    if (findings.length > 0) throw findings[0];
    await heard((value: Created) => options.onCreated?.(value))(created);
    return await waitUntil<Polled, Result>(client, waiter, inputForId(waiter.poll, parameter, id, params), {
      ...request,
      timeout,
      delay,
      onProgress: onProgress && heard(onProgress),
    });
  } catch (error) {
    const isCallers = error === thrown;
    throw tellCreation(error, {
      id,
      created,
      ...(await leave(client, creation, id, options, error, isCallers)),
    });
  }
}
