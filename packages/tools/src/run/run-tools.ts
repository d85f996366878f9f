import { HawserError } from "@hawser/streaming";
import type { ChatCompletions, ChatMessage, MessageOf } from "../chat/chat-completions.ts";
import { checkCompletions } from "../chat/check-completions.ts";
import { sumUsage } from "../chat/usage.ts";
import type { JsonObject } from "../json.ts";
import { checkLimits } from "./budget.ts";
import { checkTools } from "./check-tools.ts";
import { type ConversationOptions, createConversation } from "./conversation.ts";
import { createLimiter } from "./limiter.ts";
import type { LoopOptions, ResumeToolsOptions, RunToolsOptions } from "./options.ts";
import type { RunProgress, ToolRunResult } from "./result.ts";
import { checkApprovedTools } from "./resume.ts";
import { Run, toWork, type Work } from "./run.ts";
import type { ToolRunEvent } from "./run-event.ts";
import type { EmitRunEvent, LoopSettings } from "./settings.ts";
import { checkState, type Decisions, type ToolRunState } from "./state.ts";
import { type Resumption, runLoop } from "./tool-loop.ts";

/** A run of a model with tools: iterate for its events, await for its result, or both. */
export interface ToolRun<Message>
  extends AsyncIterable<ToolRunEvent<Message>>,
    Promise<ToolRunResult<Message>> {
  /** What it has come to so far, also after it failed: messages to go on with, steps, usage. */
  readonly progress: RunProgress<Message>;
  /** Ends it: the model and the tools are told, and it fails with an `AbortError`, whose `cause` is the reason. */
  abort(reason?: unknown): void;
}

/** The options as all clients have them, without their types. */
type AnyOptions = Omit<LoopOptions<ChatCompletions>, "prepareStep" | "stopWhen"> &
  Pick<LoopSettings, "prepareStep" | "stopWhen"> &
  JsonObject;

/** What a run begins with. */
interface Beginning extends Pick<ConversationOptions, "messages" | "steps" | "elapsed"> {
  readonly settings: LoopSettings;
  readonly resumption?: Resumption;
}

const noProgress: RunProgress<ChatMessage> = {
  messages: [],
  steps: [],
  usage: /* @__PURE__ */ sumUsage([]),
  stepsWithoutUsage: 0,
  cost: undefined,
};

/** Looks at the options and fills them in. Throws a `HawserError` that names what is wrong. */
function toSettings(completions: ChatCompletions, options: AnyOptions): LoopSettings {
  const {
    messages: _,
    signal: __,
    context,
    stream = false,
    maxSteps = 10,
    budget = {},
    concurrency = 8,
    reasoningHistory = "auto",
    startEarly = false,
    runId = crypto.randomUUID(),
    tools,
    costOf,
    toolTimeout,
    prepareStep,
    stopWhen,
    repairCall,
    needsApproval,
    requestOptions,
    extraBody,
    ...members
  } = options;
  checkCompletions(completions);
  checkTools(tools);
  const limits = { steps: maxSteps, ...budget };
  checkLimits(limits);
  if (!(concurrency >= 1)) throw new HawserError(`The concurrency has to be at least 1, not ${concurrency}`);
  if (toolTimeout !== undefined && !(toolTimeout > 0)) {
    throw new HawserError(`toolTimeout has to be more than 0 ms, not ${toolTimeout}`);
  }
  if (budget.cost !== undefined && costOf === undefined) {
    throw new HawserError("A budget of cost needs costOf, which tells what an answer cost");
  }
  return {
    completions,
    members: { ...members, ...extraBody },
    tools: [...tools],
    stream,
    limits,
    limit: createLimiter(concurrency),
    reasoningHistory,
    startEarly,
    runId,
    context,
    ...(costOf !== undefined && { costOf }),
    ...(toolTimeout !== undefined && { toolTimeout }),
    ...(prepareStep !== undefined && { prepareStep }),
    ...(stopWhen !== undefined && { stopWhen }),
    ...(repairCall !== undefined && { repairCall }),
    ...(needsApproval !== undefined && { needsApproval }),
    ...(requestOptions !== undefined && { requestOptions }),
  };
}

/** A run of tools, its messages without their types. */
class LiveRun
  extends Run<ToolRunEvent<ChatMessage>, ToolRunResult<ChatMessage>>
  implements ToolRun<ChatMessage>
{
  readonly #progress: () => RunProgress<ChatMessage>;

  constructor(
    work: Work<ToolRunEvent<ChatMessage>, ToolRunResult<ChatMessage>>,
    signal: AbortSignal | undefined,
    progress: () => RunProgress<ChatMessage>,
  ) {
    super(work, signal);
    this.#progress = progress;
  }

  get progress(): RunProgress<ChatMessage> {
    return this.#progress();
  }
}

/** Starts what `begin` gives; what that throws is an error of the run. */
function start(signal: AbortSignal | undefined, begin: () => Beginning): unknown {
  let progress = (): RunProgress<ChatMessage> => noProgress;
  const work = toWork(() => {
    const { settings, resumption, ...begun } = begin();
    const { runId, costOf } = settings;
    const create = () => createConversation({ ...begun, runId, hasCosts: costOf !== undefined });
    let conversation = create();
    progress = () => conversation.progress();
    return (emit: EmitRunEvent, own: AbortSignal): Promise<ToolRunResult<ChatMessage>> => {
      // The clock of the run starts here.
      conversation = create();
      return runLoop(settings, conversation, resumption, emit, own);
    };
  });
  return new LiveRun(work, signal, () => progress());
}

/**
 * Lets a model call tools until it is done. The run begins when it is iterated or awaited.
 *
 * Calls of one answer run at once, `concurrency` of them, and go back in their order. A call that can't be run, throws or
 * takes too long is an answer to the model, which may try again. A call that was cut off is never run.
 *
 * Everything the options don't name is a member of every request. `tool_choice` that makes the model call something
 * holds for the first step only.
 *
 * @param completions `client.chat.completions` of a generated client or of the `openai` package
 * @throws nothing at once: the run fails, where it is awaited or iterated, with a `HawserError` when an option is wrong,
 * with what the client throws, and with an `AbortError`
 */
export function runTools<Completions extends ChatCompletions, Context = unknown>(
  completions: Completions,
  options: RunToolsOptions<Completions, Context>,
): ToolRun<MessageOf<Completions>> {
  // The messages are the client's own from here to the result; nothing between looks at their types.
  const any = options as unknown as AnyOptions & { readonly messages: readonly ChatMessage[] };
  const run = start(any?.signal, () => {
    const { messages } = any;
    if (!Array.isArray(messages)) throw new HawserError("The option messages has to be a list of messages");
    return { settings: toSettings(completions, any), messages: [...messages], steps: [], elapsed: 0 };
  });
  return run as ToolRun<MessageOf<Completions>>;
}

/**
 * Goes on with a run that waits for a person, in this process or another. Calls that were decided about are run or
 * answered; the others stay pending, and the run pauses again.
 *
 * @param state what the paused run gave, as it was or read from JSON
 * @param decisions what was decided, by the ids of the calls
 * @param options the options of the run, tools included, anew: the state holds none of them
 * @throws nothing at once: the run fails with a `HawserError` when the state, a decision or an option is wrong, before
 * anything is run, and otherwise as that of `runTools`
 */
export function resumeTools<Completions extends ChatCompletions, Context = unknown>(
  completions: Completions,
  state: ToolRunState,
  decisions: Decisions,
  options: ResumeToolsOptions<Completions, Context>,
): ToolRun<MessageOf<Completions>> {
  const any = options as unknown as AnyOptions;
  const run = start(any?.signal, () => {
    checkState(state, decisions);
    const settings = toSettings(completions, { ...any, runId: state.runId });
    const step = state.steps.at(-1)!;
    checkApprovedTools(step, decisions, new Set(settings.tools.map(({ name }) => name)));
    const { steps, elapsed } = state;
    const messages = state.messages as readonly ChatMessage[];
    return { settings, messages, steps, elapsed, resumption: { step, decisions } };
  });
  return run as ToolRun<MessageOf<Completions>>;
}
