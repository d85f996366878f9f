/** What of a chunk the consumer looks at. */
export interface Chunk {
  readonly choices: readonly {
    readonly delta: {
      readonly content?: string | null;
      readonly reasoning_content?: string | null;
      readonly tool_calls?: readonly { readonly function?: { readonly arguments?: string } }[] | null;
    };
  }[];
}

/** The text a chunk adds. All who give chunks are used in this same small way. */
export function textOf(chunk: Chunk): string {
  const delta = chunk.choices[0]?.delta;
  return delta?.content ?? delta?.reasoning_content ?? delta?.tool_calls?.[0]?.function?.arguments ?? "";
}

/** What of a whole message is looked at. */
export interface Message {
  readonly content?: string | null;
  readonly reasoning_content?: string;
  readonly tool_calls?: readonly {
    readonly type: string;
    readonly function?: { readonly arguments: string };
  }[];
}

/** The text of a whole message, in the order the transcripts have it. */
export function textOfMessage(message: Message | undefined): string {
  const calls = message?.tool_calls ?? [];
  return [
    message?.reasoning_content ?? "",
    message?.content ?? "",
    ...calls.map((call) => call.function?.arguments ?? ""),
  ].join("");
}
