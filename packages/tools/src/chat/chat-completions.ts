/**
 * The method of a chat client this package needs: `client.chat.completions` of a generated client, of the `openai`
 * package, or anything else that takes a chat request and gives a completion, or with `stream: true` its chunks.
 */
export interface ChatCompletions {
  create(body: never, options?: never): PromiseLike<unknown>;
}

/** The request a client takes, as its own types say it. */
export type RequestOf<Completions extends ChatCompletions> = Parameters<Completions["create"]>[0];

/** A message, as the client's own types say it. */
export type MessageOf<Completions extends ChatCompletions> =
  RequestOf<Completions> extends { readonly messages: readonly (infer Message)[] } ? Message : ChatMessage;

/** A message of the wire format, whatever its members. */
export interface ChatMessage {
  role: string;
  [member: string]: unknown;
}

/** What is sent along with each request, as the client's own types say it: headers, timeouts, retries. */
export type RequestOptionsOf<Completions extends ChatCompletions> = Completions["create"] extends (
  body: never,
  options?: infer Options,
) => unknown
  ? NonNullable<Options>
  : never;

/** The members of the client's requests that are not said otherwise. */
export type RequestMembers<Completions extends ChatCompletions, Said extends PropertyKey> = Omit<
  RequestOf<Completions>,
  Said | "messages" | "stream" | "stream_options" | "n"
>;
