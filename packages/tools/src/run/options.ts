import type { CompletionUsage } from "@hawser/streaming";
import type {
  ChatCompletions,
  MessageOf,
  RequestMembers,
  RequestOptionsOf,
} from "../chat/chat-completions.ts";
import type { Tool } from "../tool/tool.ts";
import type { RunProgress } from "./result.ts";
import type { PendingCall } from "./state.ts";
import type { Step } from "./step.ts";

/** What a step may use up before the run ends. */
export interface RunBudget {
  /** Tokens of all steps together, as the server counts them. */
  readonly tokens?: number;
  /** Cost of all steps together, in the unit of `costOf`. */
  readonly cost?: number;
  /** Milliseconds. Whatever is under way then is aborted. */
  readonly time?: number;
}

/** What `prepareStep` is told. */
export interface StepPreview<Message> extends RunProgress<Message> {
  /** The number of the step, from 1. */
  readonly step: number;
  /** The model that is asked unless it is changed. */
  readonly model: string;
}

/** What `prepareStep` changes. */
export interface StepChanges<Message, Context = unknown> {
  /** For this step. */
  readonly model?: string;
  /** For this step. */
  readonly tools?: readonly Tool<unknown, unknown, NoInfer<Context>>[];
  /** The conversation from now on: what a long one is cut down to. */
  readonly messages?: readonly Message[];
  /** Further members of this step's request, such as `tool_choice`; `undefined` removes one. */
  readonly request?: Readonly<Record<string, unknown>>;
}

/** A call whose arguments can't be used. */
export interface BrokenCall {
  readonly id: string;
  readonly name: string;
  /** The arguments as the model wrote them. */
  readonly arguments: string;
  /** What is wrong, as the model would be told. */
  readonly problem: string;
  readonly tool: Tool;
  readonly signal: AbortSignal;
}

/** How a run is made, beside the members of its requests. */
export interface LoopOptions<Completions extends ChatCompletions, Context = unknown> {
  /** What the model may call. */
  readonly tools: readonly Tool<unknown, unknown, Context>[];
  /** Whether answers are streamed: then events come as the model writes. Default `false`. */
  readonly stream?: boolean;
  /** How many times the model is asked at most. Default 10. */
  readonly maxSteps?: number;
  /** What the run may use. Each is looked at before the model is asked again. Default: no limits. */
  readonly budget?: RunBudget;
  /** What an answer cost. A budget of cost needs it. Giving no number is an error of the run. */
  readonly costOf?: (usage: CompletionUsage, model: string) => number;
  /** How many calls run at once. Default 8. */
  readonly concurrency?: number;
  /** Milliseconds a call may take whose tool doesn't say. Default: as long as it wants. */
  readonly toolTimeout?: number;
  /**
   * What happens to the reasoning in messages that go back: `replay` sends it as it came, which some servers insist on
   * between tool calls, `strip` leaves it out, which others insist on. The default, `auto`, replays it until the server
   * refuses a request for it.
   */
  readonly reasoningHistory?: "auto" | "replay" | "strip";
  /**
   * Starts a call as soon as its arguments are whole and another call has begun, while the answer is still being
   * streamed. What was started has happened even if the answer is cut off later. Default `false`.
   */
  readonly startEarly?: boolean;
  /** Changes what the next step is asked. */
  readonly prepareStep?: (
    preview: StepPreview<MessageOf<Completions>>,
  ) =>
    | StepChanges<MessageOf<Completions>, Context>
    | undefined
    | Promise<StepChanges<MessageOf<Completions>, Context> | undefined>;
  /** Whether the run ends after this step, with the reason `stopped`. */
  readonly stopWhen?: (
    step: Step,
    progress: RunProgress<MessageOf<Completions>>,
  ) => boolean | Promise<boolean>;
  /**
   * Mends arguments that are no JSON or don't fit their schema: gives other ones, as text or as a value of JSON, or
   * `undefined` to let the model be told.
   */
  readonly repairCall?: (call: BrokenCall) => unknown;
  /** Whether a person has to agree before this call is run, beside what its tool says. */
  readonly needsApproval?: (call: PendingCall & { readonly input: unknown }) => boolean | Promise<boolean>;
  /** The id of the run, which idempotency keys begin with. Default: a random one. */
  readonly runId?: string;
  /** What is sent along with each request: headers, timeouts, retries. */
  readonly requestOptions?: RequestOptionsOf<Completions>;
  /** Members of the requests that the client's types don't know. */
  readonly extraBody?: Readonly<Record<string, unknown>>;
  /** Ends the run: the model and the tools are told. */
  readonly signal?: AbortSignal;
}

/** What tools work with. An option of its own when one of them wants something. */
export type ContextOption<Context> = unknown extends Context
  ? { readonly context?: Context }
  : {
      /** What tools work with: services, the user. They get it with each call; it is never sent, nor kept in a state. */
      readonly context: Context;
    };

/** The members of the client's requests that are no options of a run. */
type OtherMembers<Completions extends ChatCompletions> = RequestMembers<
  Completions,
  keyof LoopOptions<Completions> | "context"
>;

/** The options of `resumeTools`: those of `runTools` but for what the state has. */
export type ResumeToolsOptions<Completions extends ChatCompletions, Context = unknown> = Omit<
  LoopOptions<Completions, Context>,
  "runId"
> &
  ContextOption<Context> &
  OtherMembers<Completions>;

/** The options of `runTools`: how the run is made, the conversation, and the members of its requests. */
export type RunToolsOptions<Completions extends ChatCompletions, Context = unknown> = LoopOptions<
  Completions,
  Context
> &
  ContextOption<Context> &
  OtherMembers<Completions> & {
    /** The conversation so far, oldest message first. */
    readonly messages: readonly MessageOf<Completions>[];
  };
