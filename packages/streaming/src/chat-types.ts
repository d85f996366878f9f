/**
 * One chunk of a streamed chat completion, as it leaves this package: the OpenAI wire format with its wire names, and
 * whatever else the server sent.
 *
 * @see https://platform.openai.com/docs/api-reference/chat-streaming
 */
export interface ChatCompletionChunk {
  id?: string;
  /** `chat.completion.chunk`, with servers that keep to the format. */
  object?: string;
  /** When the completion was made, in seconds since 1970. */
  created?: number;
  model?: string;
  /** Always there; empty in chunks that carry only usage or filter results. */
  choices: ChatCompletionChunkChoice[];
  /** The tokens counted so far. The last one that is not `null` holds. */
  usage?: CompletionUsage | null;
  system_fingerprint?: string | null;
  service_tier?: string | null;
}

/** What one chunk adds to one choice. */
export interface ChatCompletionChunkChoice {
  /** Which of the `n` answers this belongs to. */
  index: number;
  /** Always there; `{}` when the chunk adds nothing to the message. */
  delta: ChatCompletionDelta;
  /** Why the answer stopped (`stop`, `length`, `tool_calls`, `content_filter`, or a word of the server's own), `null` until then. */
  finish_reason: string | null;
  logprobs?: ChatCompletionLogprobs | null;
}

/** A piece of a message. */
export interface ChatCompletionDelta {
  role?: string;
  content?: string | null;
  /** What the model thinks before it answers. Also filled from `reasoning` and `reasoning_details` where servers use those. */
  reasoning_content?: string | null;
  /**
   * All content so far, as it was streamed, was what the model thinks: its closing tag came without an opening one. Only
   * where `splitThinking` is on.
   */
  content_was_reasoning?: true;
  refusal?: string | null;
  tool_calls?: ChatCompletionToolCallDelta[] | null;
}

/** A piece of a tool call. */
export interface ChatCompletionToolCallDelta {
  /** Which call of the message it belongs to. */
  index: number;
  /** In the first piece of a call only. */
  id?: string;
  /** In the first piece of a call only. */
  type?: string;
  /** The name comes once, whole; the arguments come in pieces of JSON text. */
  function?: { name?: string; arguments?: string };
  custom?: { name?: string; input?: string };
}

/**
 * What a type must look like to be read as a chunk: the documents of servers differ in what they mark as required.
 */
export interface ChatCompletionChunkLike {
  choices?: readonly object[] | null;
  usage?: object | null;
}

/** A chat completion: the OpenAI wire format with its wire names, and whatever else the server sent. */
export interface ChatCompletion {
  id: string;
  object: "chat.completion";
  /** When the completion was made, in seconds since 1970; 0 when the server did not say. */
  created: number;
  model: string;
  choices: ChatCompletionChoice[];
  usage?: CompletionUsage;
  system_fingerprint?: string | null;
  service_tier?: string | null;
}

/** One of the `n` answers. */
export interface ChatCompletionChoice {
  index: number;
  message: ChatCompletionMessage;
  /** Why the answer stopped; `null` when the server never said. */
  finish_reason: string | null;
  logprobs: ChatCompletionLogprobs | null;
}

/** What the model answered. */
export interface ChatCompletionMessage {
  role: string;
  content: string | null;
  refusal: string | null;
  reasoning_content?: string;
  tool_calls?: ChatCompletionToolCall[];
}

/** A tool call of the model: of a function, or of a tool that takes free text. */
export type ChatCompletionToolCall = ChatCompletionFunctionToolCall | ChatCompletionCustomToolCall;

/** A call of a function. */
export interface ChatCompletionFunctionToolCall {
  /** Unlike that of any other call of the message; made up when the server never gave one. */
  id: string;
  type: "function";
  /** `arguments` is the JSON text as the model wrote it, cut off when the answer was; `{}` when there are none. */
  function: { name: string; arguments: string };
  custom?: never;
}

/** A call of a tool that takes free text. */
export interface ChatCompletionCustomToolCall {
  /** Unlike that of any other call of the message; made up when the server never gave one. */
  id: string;
  type: "custom";
  custom: { name: string; input: string };
  function?: never;
}

/** Token counts. Servers leave out some and add others. */
export interface CompletionUsage {
  prompt_tokens?: number;
  completion_tokens?: number;
  total_tokens?: number;
  prompt_tokens_details?: object | null;
  completion_tokens_details?: object | null;
}

/** The log probabilities of the tokens of an answer. */
export interface ChatCompletionLogprobs {
  content?: object[] | null;
  refusal?: object[] | null;
}
