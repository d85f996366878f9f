import type { RequestOptions, StreamEnd } from "@hawser/runtime";

/**
 * A client of any provider, as far as all providers go: chat, streams, tools and structured output. Every client of
 * this package is one, so that a function that takes a `ChatClient` can be given another provider.
 *
 * Wire names stay as they are. What only some providers have is not here: the id and the time of an answer, for which
 * names differ, and `tool_choice`, which not every server takes.
 */
export interface ChatClient {
  readonly chat: { readonly completions: ChatCompletions };
}

/** Where a chat is asked. */
export interface ChatCompletions {
  /** Overloads of a property, not of a method, so that the types of requests are compared strictly. */
  readonly create: {
    (body: ChatRequest & { stream: true }, options?: RequestOptions): Promise<ChatStream>;
    (body: ChatRequest & { stream?: false }, options?: RequestOptions): Promise<ChatAnswer>;
  };
}

/** A conversation to continue, in members every provider takes. */
export interface ChatRequest {
  model: string;
  /** The conversation so far, oldest message first. At least one is the user's. */
  messages: ChatRequestMessage[];
  /** Most tokens the answer may have. */
  max_tokens?: number;
  /** From 0 (nearly deterministic) to 2. */
  temperature?: number;
  /** From 0 to 1. */
  top_p?: number;
  /** Up to four texts at which the model stops. */
  stop?: string | string[];
  tools?: ChatTool[];
  /** Which tool is called is up to the model: not every provider takes this. */
  tool_choice?: never;
  response_format?: ChatResponseFormat;
}

/** One message of a conversation. */
export type ChatRequestMessage =
  | { role: "system"; content: string }
  | { role: "user"; content: string | ChatContentPart[] }
  | { role: "assistant"; content: string | null; tool_calls?: ChatFunctionCall[] }
  | { role: "tool"; content: string; tool_call_id: string };

/** A part of what the user says or shows. Which of them are understood depends on the model. */
export type ChatContentPart =
  | { type: "text"; text: string }
  /** `url` is an address or a data URI. */
  | { type: "image_url"; image_url: { url: string } }
  /** `data` is base64. */
  | { type: "input_audio"; input_audio: { data: string; format: "wav" | "mp3" } };

/** A function the model may call. */
export interface ChatTool {
  type: "function";
  function: {
    /** Letters, digits, underscores and hyphens; at most 64. */
    name: string;
    description?: string;
    /** A JSON Schema of type object. Not every provider can do without it. */
    parameters: Record<string, unknown>;
  };
}

/** A call of a function. */
export interface ChatFunctionCall {
  id: string;
  type: "function";
  /** `arguments` is JSON text the model wrote: check it before use. */
  function: { name: string; arguments: string };
}

/** Format the answer must have. Whether it is kept depends on the model. */
export type ChatResponseFormat =
  | { type: "text" }
  | { type: "json_object" }
  | { type: "json_schema"; json_schema: { name: string; schema: Record<string, unknown>; strict?: boolean } };

/** The answer to a conversation. */
export interface ChatAnswer {
  model: string;
  choices: ChatAnswerChoice[];
  usage?: ChatUsage | null;
}

/** One answer. */
export interface ChatAnswerChoice {
  index: number;
  message: {
    role: string;
    /** Null when the model only called tools. */
    content: string | null;
    /** Calls whose `type` is `function` can be sent back as they are. */
    tool_calls?: (ChatFunctionCall | { id: string; type: "custom" })[];
  };
  /** Why the model stopped: `stop`, `length`, `tool_calls`, `content_filter`, or a word of the server's own. */
  finish_reason?: string | null;
}

/** Tokens. */
export interface ChatUsage {
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
}

/** An answer that comes while it is made. It can be read once; leaving the loop cancels the request. */
export interface ChatStream extends AsyncIterable<ChatChunk>, AsyncDisposable {
  /** The text of the first answer as it comes. */
  text(): AsyncIterable<string>;
  /** The whole answer, in the form it has without `stream`. Throws the error the stream ended with. */
  finalCompletion(): Promise<ChatAnswer>;
  /** Cancels the request. */
  abort(reason?: unknown): void;
  /** How the stream ended. Never rejects. */
  readonly end: Promise<StreamEnd>;
}

/** A piece of a streamed answer. */
export interface ChatChunk {
  choices: {
    index: number;
    delta: {
      content?: string | null;
      tool_calls?: {
        index: number;
        id?: string | null;
        function?: { name?: string | null; arguments?: string | null };
      }[];
    };
    finish_reason?: string | null;
  }[];
  usage?: ChatUsage | null;
}
