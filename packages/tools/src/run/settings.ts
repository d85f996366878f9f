import type { ChatCompletions, ChatMessage } from "../chat/chat-completions.ts";
import type { JsonObject } from "../json.ts";
import type { Tool } from "../tool/tool.ts";
import type { Limits } from "./budget.ts";
import type { Limiter } from "./limiter.ts";
import type { LoopOptions, StepChanges, StepPreview } from "./options.ts";
import type { RunProgress } from "./result.ts";
import type { Emit } from "./run.ts";
import type { ToolRunEvent } from "./run-event.ts";
import type { Step } from "./step.ts";

/** The hooks of a run that look at calls and costs. */
type CallHooks = Pick<
  LoopOptions<ChatCompletions>,
  "costOf" | "toolTimeout" | "repairCall" | "needsApproval"
>;

/** What a loop is made of: the options of a run, looked at and filled in, its messages without their types. */
export interface LoopSettings extends CallHooks {
  readonly completions: ChatCompletions;
  /** The members of every request but for messages and tools. */
  readonly members: JsonObject;
  readonly tools: readonly Tool[];
  readonly stream: boolean;
  readonly limits: Limits;
  readonly limit: Limiter;
  readonly reasoningHistory: "auto" | "replay" | "strip";
  readonly startEarly: boolean;
  readonly runId: string;
  /** What tools work with. */
  readonly context: unknown;
  readonly requestOptions?: object;
  readonly prepareStep?: (
    preview: StepPreview<ChatMessage>,
  ) => StepChanges<ChatMessage> | undefined | Promise<StepChanges<ChatMessage> | undefined>;
  readonly stopWhen?: (step: Step, progress: RunProgress<ChatMessage>) => boolean | Promise<boolean>;
}

/** Tells of what happens in a loop. */
export type EmitRunEvent = Emit<ToolRunEvent<ChatMessage>>;
