import type { ChatCompletionMessage, CompletionUsage } from "@hawser/streaming";
import type { ToolKind } from "../tool/tool.ts";
import type { ContentPart } from "../tool/tool-content.ts";

/**
 * What became of a call: `done`; `failed` (it could not be run, threw, or took too long); `denied` by a person;
 * `pending` while a person has to decide.
 */
export type ToolCallStatus = "done" | "failed" | "denied" | "pending";

/** A call the model made in a step, and what became of it. */
export interface ToolCall {
  /** The id the model knows it by, unlike that of any other call of the conversation. */
  readonly id: string;
  readonly name: string;
  /** Whether its arguments are JSON (`function`) or free text (`custom`). */
  readonly kind: ToolKind;
  /** The arguments as the model wrote them, or as they were mended. */
  readonly arguments: string;
  /** The same for this call however often it is run, also after the run was resumed. */
  readonly idempotencyKey: string;
  readonly status: ToolCallStatus;
  /** What the model is answered; `undefined` while the call is pending. */
  readonly content?: string | undefined;
  /** What the model is shown beside: images, sound, files, in a message of the user after the answers of the step. */
  readonly attachments?: readonly ContentPart[] | undefined;
  /** The arguments as the tool's schema read them. Not kept when a run is paused. */
  readonly input?: unknown;
  /** What the tool gave. Not kept when a run is paused. */
  readonly output?: unknown;
  /** Why it failed. Not kept when a run is paused. */
  readonly error?: unknown;
}

/** One turn of the model, and the calls it made. */
export interface Step {
  /** From 1. */
  readonly number: number;
  /** The model that was asked. */
  readonly model: string;
  /** What the model answered, as it came. */
  readonly message: ChatCompletionMessage;
  /** Why the model stopped, in its server's word; `null` when it didn't say. */
  readonly finishReason: string | null;
  /** The tokens of this step, when the server counted them. */
  readonly usage: CompletionUsage | undefined;
  /** What it cost, when `costOf` is given. */
  readonly cost: number | undefined;
  /** In the order the model made them. */
  readonly calls: readonly ToolCall[];
}
