import { hasReasoning, stripReasoning } from "../chat/assistant-message.ts";
import type { ChatMessage } from "../chat/chat-completions.ts";
import { type Concession, withConcessions } from "../chat/concessions.ts";
import { isObject, type JsonObject } from "../json.ts";
import type { Tool } from "../tool/tool.ts";

/** What a step asks. */
export interface StepRequest {
  readonly messages: readonly ChatMessage[];
  readonly tools: readonly Tool[];
  /** All other members. */
  readonly members: JsonObject;
}

/** Writes the requests of one run, and learns what its server doesn't take. */
export interface RequestWriter {
  /** Sends a request; once more without what the server refused it for, unless its answer has begun. */
  send<Answer>(
    request: StepRequest,
    send: (body: JsonObject) => Promise<Answer>,
    hasBegun: () => boolean,
  ): Promise<Answer>;
}

/** Whether a tool choice makes the model call something. */
export function isForced(choice: unknown): boolean {
  if (!isObject(choice)) return choice === "required" || choice === "any";
  const { allowed_tools: allowed } = choice;
  return isObject(allowed) ? allowed.mode === "required" : true;
}

/** A writer for one run. Streams are asked for the usage too, since nothing else tells it. */
export function createRequestWriter(options: {
  readonly stream: boolean;
  readonly reasoningHistory: "auto" | "replay" | "strip";
}): RequestWriter {
  let strips = options.reasoningHistory === "strip";
  let asksUsage = options.stream;

  function write({ messages, tools, members }: StepRequest): JsonObject {
    return {
      ...members,
      messages: strips ? messages.map(stripReasoning) : messages,
      ...(tools.length > 0 && { tools: tools.map(({ definition }) => definition) }),
      ...(options.stream && { stream: true }),
      ...(asksUsage && { stream_options: { include_usage: true } }),
    };
  }

  function concessionsOf({ messages }: StepRequest): Concession[] {
    const reasoning = (): boolean => {
      if (strips || options.reasoningHistory !== "auto" || !messages.some(hasReasoning)) return false;
      strips = true;
      return true;
    };
    const usage = (): boolean => {
      const did = asksUsage;
      asksUsage = false;
      return did;
    };
    return [
      { about: /reasoning|thinking/i, concede: reasoning },
      { about: /stream_options|include_usage/i, concede: usage },
    ];
  }

  return {
    send: (request, send, hasBegun) =>
      withConcessions(() => send(write(request)), concessionsOf(request), hasBegun),
  };
}
