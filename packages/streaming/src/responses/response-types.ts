import type { UnknownObject } from "../unknown-type.ts";

/**
 * A response of the Responses API, with its wire names, and whatever else the server sent.
 *
 * @see https://platform.openai.com/docs/api-reference/responses/object
 */
export interface ResponseObject {
  id: string;
  object: "response";
  /** When the response was made, in seconds since 1970; 0 when the server did not say. */
  created_at: number;
  /** `incomplete` also when the stream stopped before the response did; `incomplete_details` is `null` then. */
  status: ResponseStatus;
  model: string;
  /** Why it failed; `null` unless `status` is `failed`. */
  error: ResponseFailure | null;
  /** Why the server stopped early, for example `max_output_tokens`. */
  incomplete_details: { reason?: string } | null;
  output: ResponseOutputItem[];
  usage?: ResponseUsage | null;
  metadata?: Record<string, string> | null;
}

/** How far a response has come. */
export type ResponseStatus = "completed" | "failed" | "in_progress" | "cancelled" | "queued" | "incomplete";

/** Why a response failed. */
export interface ResponseFailure {
  code: string;
  message: string;
}

/** Something a response is made of. */
export type ResponseOutputItem =
  | ResponseOutputMessage
  | ResponseFunctionCall
  | ResponseReasoning
  | UnknownObject;

/** How far an item has come. In what this package puts together, everything that was not done is `incomplete`. */
export type ResponseItemStatus = "in_progress" | "completed" | "incomplete";

/** What the model says. */
export interface ResponseOutputMessage {
  type: "message";
  id: string;
  role: "assistant";
  status: ResponseItemStatus;
  content: ResponseContentPart[];
}

/** A part of a message. */
export type ResponseContentPart = ResponseOutputText | ResponseRefusal | UnknownObject;

/** Text of a message. */
export interface ResponseOutputText {
  type: "output_text";
  text: string;
  annotations?: object[];
  logprobs?: object[] | null;
}

/** What the model says when it refuses to answer. */
export interface ResponseRefusal {
  type: "refusal";
  refusal: string;
}

/** A call of a function. */
export interface ResponseFunctionCall {
  type: "function_call";
  id?: string;
  /** What the output of the function names. */
  call_id: string;
  name: string;
  /** JSON text as the model wrote it; cut off where `status` is `incomplete`. */
  arguments: string;
  status?: ResponseItemStatus;
}

/** What the model thinks before it answers. */
export interface ResponseReasoning {
  type: "reasoning";
  id: string;
  summary: ResponseTextPart[];
  content?: ResponseTextPart[];
  encrypted_content?: string | null;
  status?: ResponseItemStatus;
}

/** A piece of reasoning (`reasoning_text`), or of its summary (`summary_text`). */
export interface ResponseTextPart {
  type: string;
  text: string;
}

/** Token counts of a response. Servers leave out some and add others. */
export interface ResponseUsage {
  input_tokens?: number;
  input_tokens_details?: { cached_tokens?: number } | null;
  output_tokens?: number;
  output_tokens_details?: { reasoning_tokens?: number } | null;
  total_tokens?: number;
}
