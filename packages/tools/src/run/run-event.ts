import type { ToolKind } from "../tool/tool.ts";
import type { Budget } from "./budget.ts";
import type { ToolRunResult } from "./result.ts";
import type { PendingCall } from "./state.ts";
import type { Step, ToolCall } from "./step.ts";

/** What every event within a step has. */
interface StepEvent<Type extends string> {
  readonly type: Type;
  /** Which step it is, from 1. */
  readonly step: number;
}

/** The model is asked. */
export interface StepStartEvent extends StepEvent<"step.start"> {
  readonly model: string;
}

/** A piece of text came: of the answer, of what the model thinks before it, or of its refusal. Never empty. */
export interface TextEvent<Type extends string> extends StepEvent<Type> {
  readonly delta: string;
}

/** What every event of a call the model is writing has. */
interface WrittenCallEvent<Type extends string> extends StepEvent<Type> {
  /** Which call of the step it is: calls come interleaved, and this tells them apart. */
  readonly index: number;
  /** Made up while the server has given none. */
  readonly id: string;
  /** Empty while the server has not said it. */
  readonly name: string;
  /** Whether its arguments are JSON (`function`) or free text (`custom`). */
  readonly kind: ToolKind;
}

/** The model began a call. */
export type CallStartEvent = WrittenCallEvent<"tool_call.start">;

/** The arguments of a call grew. */
export interface CallDeltaEvent extends WrittenCallEvent<"tool_call.delta"> {
  /** The piece of the arguments' text. */
  readonly delta: string;
  /**
   * The arguments as far as they have come: an object that grows in place, read when it is looked at; of a custom tool,
   * the text.
   */
  readonly partial: unknown;
}

/** The model finished writing a call. */
export interface CallDoneEvent extends WrittenCallEvent<"tool_call.done"> {
  readonly arguments: string;
  /** `false` when the call was cut off or its arguments are no JSON: it is not run. */
  readonly complete: boolean;
}

/** A tool is run. */
export interface ToolStartEvent extends StepEvent<"tool.start"> {
  readonly call: ToolCall;
}

/** What became of a call: it was run, it failed, or a person denied it. `call.content` is what the model is answered. */
export interface ToolEndEvent<Type extends "tool.done" | "tool.failed" | "tool.denied">
  extends StepEvent<Type> {
  readonly call: ToolCall;
}

/** A person has to decide before the run can go on; it ends with the reason `approval`. */
export interface ApprovalEvent extends StepEvent<"approval.needed"> {
  readonly calls: readonly PendingCall[];
}

/** A step is over: its calls have been answered. */
export interface StepEndEvent extends StepEvent<"step.end"> {
  readonly result: Step;
}

/** A budget is used up; the run ends. */
export interface BudgetEvent {
  readonly type: "budget.hit";
  readonly budget: Budget;
  readonly limit: number;
  /** What has been used: steps, tokens, milliseconds, or cost. */
  readonly used: number;
}

/** The run is over: the last event. */
export interface RunEndEvent<Message> {
  readonly type: "end";
  readonly result: ToolRunResult<Message>;
}

/** What happens in a run; `type` tells which event it is. */
export type ToolRunEvent<Message = unknown> =
  | StepStartEvent
  | TextEvent<"content.delta">
  | TextEvent<"reasoning.delta">
  | TextEvent<"refusal.delta">
  | CallStartEvent
  | CallDeltaEvent
  | CallDoneEvent
  | ToolStartEvent
  | ToolEndEvent<"tool.done" | "tool.failed" | "tool.denied">
  | ApprovalEvent
  | StepEndEvent
  | BudgetEvent
  | RunEndEvent<Message>;
