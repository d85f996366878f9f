import { InvalidRequestError, type RequestOptions } from "@hawser/runtime";
import type { ChatAnswer, ChatClient, ChatRequest, ChatStream } from "./chat-client.ts";

/** What every provider takes. */
const members: Readonly<Record<keyof ChatRequest | "stream", boolean>> = {
  model: true,
  messages: true,
  max_tokens: true,
  temperature: true,
  top_p: true,
  stop: true,
  tools: true,
  tool_choice: false,
  response_format: true,
  stream: true,
};

/**
 * The same client, but refusing at run time what the types of `ChatClient` refuse, for programs that aren't checked or
 * build their requests from data: with members that not every provider takes nothing is sent.
 *
 * @throws InvalidRequestError a call that has such a member rejects with it, which names the member
 */
export function portableChat(client: ChatClient): ChatClient {
  const { completions } = client.chat;
  function create(body: ChatRequest & { stream: true }, options?: RequestOptions): Promise<ChatStream>;
  function create(body: ChatRequest & { stream?: false }, options?: RequestOptions): Promise<ChatAnswer>;
  async function create(
    body: ChatRequest & { stream?: boolean },
    options?: RequestOptions,
  ): Promise<ChatStream | ChatAnswer> {
    const foreign = Object.entries(body).find(
      ([name, value]) => value !== undefined && !(Object.hasOwn(members, name) && members[name as "model"]),
    );
    if (foreign !== undefined) {
      throw new InvalidRequestError(
        `The member "${foreign[0]}" is not one that every provider takes: leave it out, or use the provider's own client.`,
      );
    }
    return body.stream === true
      ? completions.create({ ...body, stream: true }, options)
      : completions.create({ ...body, stream: false }, options);
  }
  return { chat: { completions: { create } } };
}
