import { HawserError } from "@hawser/streaming";
import type { ChatMessage } from "../chat/chat-completions.ts";
import { isObject, type JsonObject } from "../json.ts";
import type { ToolKind } from "../tool/tool.ts";
import type { Step } from "./step.ts";

/** A call that waits for a person. */
export interface PendingCall {
  readonly id: string;
  readonly name: string;
  /** Whether its arguments are JSON (`function`) or free text (`custom`). */
  readonly kind: ToolKind;
  /** The text of the arguments. */
  readonly arguments: string;
}

/**
 * A run that waits for a person, as plain JSON: keep it wherever you like. It holds the conversation and what the tools
 * gave, but neither keys nor tools: `resumeTools` is given those anew.
 */
export interface ToolRunState {
  readonly version: 1;
  /** The id of the run: the idempotency keys of its calls begin with it. */
  readonly runId: string;
  /** The conversation, up to the message with the calls of the last step. */
  readonly messages: readonly unknown[];
  /** All steps; some calls of the last one are `pending`. */
  readonly steps: readonly Step[];
  /** Milliseconds the run was under way before it paused. */
  readonly elapsed: number;
}

/**
 * What a person decided about a call: yes, no, no with a reason the model is told, yes with other arguments, or what
 * the tool gave where it was run by other means.
 */
export type Decision =
  | boolean
  | { readonly approve: false; readonly reason?: string }
  | { readonly approve: true; readonly arguments?: unknown }
  | { readonly output: unknown };

/** Decisions by the ids of the calls. */
export type Decisions = Readonly<Record<string, Decision>>;

/** The calls of a state that wait for a person, wherever the state was kept. Decide about them for `resumeTools`. */
export function pendingCalls(state: ToolRunState): PendingCall[] {
  const calls = state.steps.at(-1)?.calls ?? [];
  return calls
    .filter(({ status }) => status === "pending")
    .map(({ id, name, kind, arguments: text }) => ({ id, name, kind, arguments: text }));
}

/** A state of what is kept while a run is paused: only what is JSON. */
export function toState(
  runId: string,
  messages: readonly ChatMessage[],
  steps: readonly Step[],
  elapsed: number,
): ToolRunState {
  const kept = steps.map((step) => ({
    ...step,
    calls: step.calls.map(({ input: _, output: __, error: ___, ...call }) => call),
  }));
  return JSON.parse(JSON.stringify({ version: 1, runId, messages, steps: kept, elapsed })) as ToolRunState;
}

/** Whether a call of a state says all that is needed to run it, or to answer it. */
function isCall(call: unknown): boolean {
  if (!isObject(call)) return false;
  const { id, name, kind, arguments: text, idempotencyKey, status, content, attachments = [] } = call;
  if ([id, name, text, idempotencyKey].some((each) => typeof each !== "string")) return false;
  if ((kind !== "function" && kind !== "custom") || !Array.isArray(attachments)) return false;
  return (
    status === "pending" || (/^(done|failed|denied)$/.test(String(status)) && typeof content === "string")
  );
}

/** What is wrong with the steps of a state, headed by its place. */
function problemOfSteps(steps: readonly unknown[]): string | undefined {
  for (const [at, step] of steps.entries()) {
    if (!isObject(step) || !isObject(step.message) || !Array.isArray(step.calls)) {
      return `/steps/${at} has no message or no calls`;
    }
    const { number, usage = {}, cost = 0 } = step;
    if (number !== at + 1) return `/steps/${at}/number is not ${at + 1}`;
    if (!isObject(usage)) return `/steps/${at}/usage is no object`;
    if (typeof cost !== "number") return `/steps/${at}/cost is no number`;
    const calls = step.calls as JsonObject[];
    const broken = calls.findIndex((call) => !isCall(call));
    if (broken !== -1) return `/steps/${at}/calls/${broken} is no call`;
    const made: unknown = step.message.tool_calls ?? [];
    if (!Array.isArray(made)) return `/steps/${at}/message/tool_calls is no list`;
    const ids = new Set(calls.map(({ id }) => id));
    const isTheirs = (one: unknown, its: number): boolean =>
      isObject(one) && isObject(one[String(calls[its]?.kind)]);
    if (ids.size !== calls.length || made.length !== calls.length || !made.every(isTheirs)) {
      return `/steps/${at}/calls are not those of its message`;
    }
  }
  return undefined;
}

/** Throws a `HawserError` when arguments that were decided about can't be said. */
function checkArguments({ id, kind }: PendingCall, decision: JsonObject): void {
  if (decision.approve !== true || decision.arguments === undefined) return;
  if (kind === "custom") {
    if (typeof decision.arguments === "string") return;
    throw new HawserError(`The arguments decided for the call ${id} have to be text, as its tool takes it`);
  }
  let text: string | undefined;
  try {
    text = JSON.stringify(decision.arguments);
  } catch {}
  if (text === undefined) throw new HawserError(`The arguments decided for the call ${id} are no JSON`);
}

/** Throws a `HawserError` when this is no state of a paused run, or the decisions are about other calls. */
export function checkState(state: ToolRunState, decisions: Decisions): void {
  if (!isObject(state)) throw new HawserError("The state can't be read: it is no object");
  if (!isObject(decisions))
    throw new HawserError("The decisions are no object of decisions by the ids of calls");
  const { version, runId, messages, steps, elapsed } = state as Partial<ToolRunState>;
  if (version !== 1)
    throw new HawserError(`The state can't be read: its version is ${String(version)}, not 1`);
  if (
    typeof runId !== "string" ||
    !Array.isArray(messages) ||
    !Array.isArray(steps) ||
    typeof elapsed !== "number"
  ) {
    throw new HawserError("The state can't be read: runId, messages, steps or elapsed is missing");
  }
  const problem = problemOfSteps(steps);
  if (problem !== undefined) throw new HawserError(`The state can't be read: ${problem}`);
  const last: unknown = messages.at(-1);
  if (!messages.every(isObject) || !isObject(last) || !Array.isArray(last.tool_calls)) {
    throw new HawserError("The state can't be read: its messages don't end with calls");
  }
  const pending = new Map(pendingCalls(state).map((call) => [call.id, call]));
  if (pending.size === 0)
    throw new HawserError("There is nothing to resume: no call of the state is pending");
  for (const [id, decision] of Object.entries(decisions)) {
    const call = pending.get(id);
    if (call === undefined) {
      throw new HawserError(
        `There is no pending call ${id} to decide about; pending are ${[...pending.keys()].join(", ")}`,
      );
    }
    const isDecision =
      typeof decision === "boolean" ||
      (isObject(decision) && ("output" in decision || typeof (decision as JsonObject).approve === "boolean"));
    if (!isDecision) {
      throw new HawserError(
        `The decision about the call ${id} is none: true, false, { approve } or { output }`,
      );
    }
    if (isObject(decision)) checkArguments(call, decision);
  }
}
