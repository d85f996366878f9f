import type { ChatCompletionMessage } from "@hawser/streaming";
import type { UsageSum } from "../chat/usage.ts";
import type { PendingCall, ToolRunState } from "./state.ts";
import type { Step } from "./step.ts";

/**
 * Why a run ended without anybody having to decide anything.
 *
 * - `done`: the model answered without calling a tool
 * - `stopped`: `stopWhen` said so
 * - `steps`, `tokens`, `cost`, `time`: that budget is used up
 * - `length`, `content_filter`: the answer was cut off; calls in it were not run
 */
export type StopReason =
  | "done"
  | "stopped"
  | "steps"
  | "tokens"
  | "cost"
  | "time"
  | "length"
  | "content_filter";

/** What a run has come to, also while it is under way and after it failed. */
export interface RunProgress<Message> {
  /** All messages, to go on with: every call in them is answered, except those that wait for a person. */
  readonly messages: readonly Message[];
  readonly steps: readonly Step[];
  /** The tokens of all steps. */
  readonly usage: UsageSum;
  /** How many steps the server counted no tokens for: `usage` lacks them, and budgets don't see them. */
  readonly stepsWithoutUsage: number;
  /** What all steps cost, when `costOf` is given. */
  readonly cost: number | undefined;
}

/** What every end of a run has. */
interface RunEnd<Message> extends RunProgress<Message> {
  /** What the model said last. */
  readonly message: ChatCompletionMessage;
  /** The text of that message; empty when it has none. */
  readonly text: string;
}

/** The run is over. */
export interface FinishedRun<Message> extends RunEnd<Message> {
  readonly reason: StopReason;
  readonly state?: undefined;
  readonly pending?: undefined;
}

/** The run waits for a person. */
export interface PausedRun<Message> extends RunEnd<Message> {
  readonly reason: "approval";
  /** What `resumeTools` goes on from, in this process or another: it is plain JSON. */
  readonly state: ToolRunState;
  /** The calls to decide about. */
  readonly pending: readonly PendingCall[];
}

/** What came of a run; `reason` tells whether it is over or waits for a person. */
export type ToolRunResult<Message> = FinishedRun<Message> | PausedRun<Message>;
