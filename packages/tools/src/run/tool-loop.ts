import { type ChatCompletionMessage, TimeoutError } from "@hawser/streaming";
import { followSignal, startTimer, untilAborted } from "../abort.ts";
import type { ChatMessage } from "../chat/chat-completions.ts";
import { findHit } from "./budget.ts";
import type { Conversation } from "./conversation.ts";
import { createRequestWriter } from "./request.ts";
import type { StopReason, ToolRunResult } from "./result.ts";
import { answerPending } from "./resume.ts";
import type { EmitRunEvent, LoopSettings } from "./settings.ts";
import { type Decisions, pendingCalls } from "./state.ts";
import type { Step } from "./step.ts";
import { type StepContext, type TakenStep, takeStep } from "./take-step.ts";

/** The step a resumed run goes on with, and what was decided about its calls. */
export interface Resumption {
  readonly step: Step;
  readonly decisions: Decisions;
}

/** Why a loop ends. */
type Ending = StopReason | "approval";

const nothingSaid: ChatCompletionMessage = { role: "assistant", content: null, refusal: null };

/** Takes a step into the conversation, and says whether it ends the run. Throws what ended its calls. */
async function conclude(
  context: StepContext,
  { step, cutOff, failure }: TakenStep,
): Promise<Ending | undefined> {
  const { settings, conversation, emit, signal } = context;
  conversation.add(step);
  if (failure !== undefined) throw failure.error;
  const pending = step.calls.filter(({ status }) => status === "pending");
  if (pending.length > 0) {
    emit({ type: "approval.needed", step: step.number, calls: pending });
    return "approval";
  }
  emit({ type: "step.end", step: step.number, result: step });
  if (cutOff !== undefined) return cutOff;
  if (step.calls.length === 0) return "done";
  const stopping = Promise.resolve(settings.stopWhen?.(step, conversation.progress()));
  return (await untilAborted(stopping, signal)) ? "stopped" : undefined;
}

/** Takes steps until one of them ends the run. */
async function takeSteps(context: StepContext, resumption: Resumption | undefined): Promise<Ending> {
  const { settings, conversation, emit } = context;
  if (resumption !== undefined) {
    const { step, decisions } = resumption;
    const taken = await answerPending(context, step, decisions);
    // The step is taken in anew, with what became of its calls.
    conversation.takeBack();
    const ending = await conclude(context, taken);
    if (ending !== undefined) return ending;
  }
  for (;;) {
    const hit = findHit(settings.limits, conversation.used());
    if (hit !== undefined) {
      emit({ type: "budget.hit", ...hit });
      return hit.budget;
    }
    const ending = await conclude(context, await takeStep(context));
    if (ending !== undefined) return ending;
  }
}

/** Lets the model and its tools take turns until the model is done or something ends the run. */
export async function runLoop(
  settings: LoopSettings,
  conversation: Conversation,
  resumption: Resumption | undefined,
  emit: EmitRunEvent,
  outer: AbortSignal,
): Promise<ToolRunResult<ChatMessage>> {
  const { signal, abort, release } = followSignal(outer);
  const { time } = settings.limits;
  const left = time === undefined ? undefined : time - conversation.used().time;
  let timeIsUp: TimeoutError | undefined;
  const stopTimer = startTimer(left, () => {
    timeIsUp = new TimeoutError({ clock: "total", timeout: time! });
    abort(timeIsUp);
  });
  const context: StepContext = {
    settings,
    conversation,
    writer: createRequestWriter(settings),
    emit,
    signal,
  };
  try {
    const reason = await takeSteps(context, resumption);
    return finish(reason, conversation, emit);
  } catch (error) {
    if (time === undefined || timeIsUp === undefined || signal.reason !== timeIsUp) throw error;
    emit({ type: "budget.hit", budget: "time", limit: time, used: conversation.used().time });
    return finish("time", conversation, emit);
  } finally {
    stopTimer();
    release();
  }
}

function finish(reason: Ending, conversation: Conversation, emit: EmitRunEvent): ToolRunResult<ChatMessage> {
  const message = conversation.steps.at(-1)?.message ?? nothingSaid;
  const end = { ...conversation.progress(), message, text: message.content ?? "" };
  let result: ToolRunResult<ChatMessage>;
  if (reason === "approval") {
    const state = conversation.state();
    result = { ...end, reason, state, pending: pendingCalls(state) };
  } else result = { ...end, reason };
  emit({ type: "end", result });
  return result;
}
