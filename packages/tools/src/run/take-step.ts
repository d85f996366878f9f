import { type CompletionUsage, HawserError } from "@hawser/streaming";
import { followSignal, untilAborted } from "../abort.ts";
import { askModel, type ModelAnswer, type ModelCall, type ModelEvent } from "../chat/ask-model.ts";
import type { JsonObject } from "../json.ts";
import { type CallRunner, createCallRunner } from "./call-runner.ts";
import { checkTools } from "./check-tools.ts";
import { collectCalls } from "./collect-calls.ts";
import type { Conversation } from "./conversation.ts";
import { createEarlyStarter, type EarlyStarter } from "./early-starter.ts";
import { createIdGiver, type GiveId } from "./messages.ts";
import { isForced, type RequestWriter, type StepRequest } from "./request.ts";
import type { EmitRunEvent, LoopSettings } from "./settings.ts";
import type { Step, ToolCall } from "./step.ts";

/** What a step works with. */
export interface StepContext {
  readonly settings: LoopSettings;
  readonly conversation: Conversation;
  readonly writer: RequestWriter;
  readonly emit: EmitRunEvent;
  readonly signal: AbortSignal;
}

/** A step that was taken. */
export interface TakenStep {
  readonly step: Step;
  readonly cutOff: ModelAnswer["cutOff"];
  /** What ended the run while the answer was read or its calls were under way. */
  readonly failure: { readonly error: unknown } | undefined;
}

const notWhole = "The answer was cut off, so this call was not run.";
const changed = "The arguments changed after the call had been started with what seemed to be all of them:";

/** A runner for the calls of a step. */
export function createStepRunner(
  { settings, emit }: StepContext,
  step: number,
  tools: LoopSettings["tools"],
  signal: AbortSignal,
): CallRunner {
  return createCallRunner({ ...settings, tools, step, signal, emit });
}

/** The request of the step that comes now. */
async function prepareRequest(
  context: StepContext,
  step: number,
): Promise<StepRequest & { readonly model: string }> {
  const { settings, conversation } = context;
  const model = settings.members.model as string;
  const preparing = settings.prepareStep?.({ ...conversation.progress(), step, model });
  const changes = await untilAborted(Promise.resolve(preparing), context.signal);
  if (changes?.tools !== undefined) checkTools(changes.tools);
  if (changes?.messages !== undefined) conversation.replace(changes.messages);
  const members: JsonObject = {
    ...settings.members,
    ...(changes?.model !== undefined && { model: changes.model }),
  };
  // Held to it in every step, the model could never answer.
  if (step > 1 && isForced(members.tool_choice)) delete members.tool_choice;
  return {
    messages: conversation.messages,
    tools: changes?.tools ?? settings.tools,
    members: { ...members, ...changes?.request },
    model: changes?.model ?? model,
  };
}

/** Tells of what the model writes. */
function tellOf(
  event: ModelEvent,
  step: number,
  giveId: GiveId,
  emit: EmitRunEvent,
): Promise<void> | undefined {
  if (!("index" in event)) return emit({ type: event.type, step, delta: event.delta });
  const { type, index, name, kind } = event;
  const call = { step, index, id: giveId(index, event.id), name, kind };
  if (type === "tool_call.start") return emit({ type, ...call });
  if (type === "tool_call.delta") {
    const { delta } = event;
    return emit({
      type,
      ...call,
      delta,
      get partial() {
        return event.partial;
      },
    });
  }
  return emit({
    type,
    ...call,
    arguments: event.arguments,
    get complete() {
      return event.complete;
    },
  });
}

/** Runs a call of a whole answer, or takes what it came to when it was started early. */
async function runCall(
  call: ModelCall,
  runner: CallRunner,
  early: EarlyStarter | undefined,
): Promise<ToolCall> {
  const started = early?.started(call.index);
  if (started === undefined) return call.isWhole ? runner.run(call) : runner.settle(call, "failed", notWhole);
  const ended = await started.ended;
  if (started.arguments.trim() === call.arguments.trim()) return { ...ended, id: call.id };
  return runner.settle(call, "failed", `${changed} ${started.arguments}`);
}

/** What an answer cost. Throws a `HawserError` when that is no number: a budget would never be used up. */
function toCost(
  { costOf }: LoopSettings,
  usage: CompletionUsage | undefined,
  model: string,
): number | undefined {
  if (usage === undefined || costOf === undefined) return undefined;
  const cost = costOf(usage, model);
  if (!Number.isFinite(cost)) throw new HawserError(`costOf has to give a number, not ${cost} for ${model}`);
  return cost;
}

/**
 * What is left of an answer that broke off: what had come of it, and of its calls those that were started, which have
 * happened all the same. `undefined` when there are none.
 */
async function saveStarted(
  { message, calls: made }: ModelAnswer,
  runner: CallRunner,
  early: EarlyStarter,
): Promise<Pick<Step, "message" | "calls"> | undefined> {
  const begun = (message.tool_calls ?? []).flatMap((came, at) => {
    const call = made[at]!;
    const started = early.started(call.index);
    return started !== undefined && runner.hasBegun(call) ? [{ came, call, ended: started.ended }] : [];
  });
  if (begun.length === 0) return undefined;
  const running = begun.map(async ({ call: { id }, ended }) => ({ ...(await ended), id }));
  const { calls } = await collectCalls(running, (at) => runner.abandon(begun[at]!.call));
  return { message: { ...message, tool_calls: begun.map(({ came }) => came) }, calls };
}

/**
 * Asks the model once, and runs the calls it makes. Throws what asking it throws, unless calls were started by then: they
 * make a step.
 */
export async function takeStep(context: StepContext): Promise<TakenStep> {
  const { settings, conversation, writer, emit } = context;
  const number = conversation.steps.length + 1;
  const request = await prepareRequest(context, number);
  const { model, tools } = request;
  const giveId = createIdGiver(request.messages);
  // What was started early must not go on when the answer fails.
  const { signal, abort, release } = followSignal(context.signal);
  const runner = createStepRunner(context, number, tools, signal);
  const early = settings.startEarly
    ? createEarlyStarter((call) => runner.run({ ...call, id: giveId(call.index, call.id) }))
    : undefined;
  /** What has come of the answer, if anything of calls did. */
  let come: ModelAnswer | undefined;
  const take = (answer: ModelAnswer): void => {
    const calls = answer.calls.map((call) => ({ ...call, id: giveId(call.index, call.id) }));
    come = { ...answer, calls };
  };
  try {
    emit({ type: "step.start", step: number, model });
    const { completions, requestOptions } = settings;
    let hasBegun = false;
    const tell = (event: ModelEvent): Promise<void> | undefined => {
      hasBegun = true;
      early?.read(event);
      return emit.isHeard ? tellOf(event, number, giveId, emit) : undefined;
    };
    const onEvent = emit.isHeard || early !== undefined ? tell : undefined;
    const ask = (body: JsonObject): Promise<ModelAnswer> =>
      askModel({ completions, body, requestOptions, signal, onEvent, onBroken: take });
    const answer = await writer.send(request, ask, () => hasBegun);
    take(answer);
    const { message, finishReason, usage, cutOff } = answer;
    const cost = toCost(settings, usage, model);
    const made = come!.calls;
    const running = made.map((call) => runCall(call, runner, early));
    const { calls, failure } = await collectCalls(running, (at) => runner.abandon(made[at]!));
    return { step: { number, model, message, finishReason, usage, cost, calls }, cutOff, failure };
  } catch (error) {
    abort(error);
    const saved = come && early && (await saveStarted(come, runner, early));
    if (saved === undefined) throw error;
    const { usage, finishReason } = come!;
    const step = { number, model, finishReason, usage, cost: undefined, ...saved };
    return { step, cutOff: undefined, failure: { error } };
  } finally {
    release();
  }
}
