import { createRandom } from "../random.ts";

/** A chat completion as a server streams it. */
export interface Transcript {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** How many chunks there are, the first one with the role and the last one with the finish reason included; the terminal marker is none. */
  readonly chunks: number;
  /** All that the model wrote, in order: reasoning, content, arguments of tool calls. */
  readonly text: string;
}

/** What is streamed. */
export type TranscriptKind = "chat" | "tool calls" | "reasoning" | "counted chat" | "scored chat";

interface Piece {
  readonly delta: object;
  /** What the chunk has besides, and its choice. */
  readonly members?: object;
  readonly choice?: object;
  readonly text: string;
}

const words =
  "the hawser holds a ship to its quay while tide and wind pull on it; naïve knots slip, 綱 – 🪢 – good ones tighten".split(
    " ",
  );
const toolCalls = 8;

function formatChunk(delta: object, finishReason: string | null, members?: object, choice?: object): string {
  const chunk = {
    id: "chatcmpl-7f3a9c51d2",
    object: "chat.completion.chunk",
    created: 1_760_000_000,
    model: "meta-llama/Llama-3.1-8B",
    choices: [{ index: 0, delta, finish_reason: finishReason, ...choice }],
    ...members,
  };
  return `data: ${JSON.stringify(chunk)}\n\n`;
}

/** Makes the piece number `at` of `count`, given the words it is to carry. */
const makers: Readonly<Record<TranscriptKind, (at: number, count: number, text: string) => Piece>> = {
  chat: (_at, _count, text) => ({ delta: { content: text }, text }),
  "counted chat": (at, _count, text) => ({
    delta: { content: text },
    members: { usage: { prompt_tokens: 10, completion_tokens: at, total_tokens: 10 + at } },
    text,
  }),
  "scored chat": (at, _count, text) => ({
    delta: { content: text },
    choice: { logprobs: { content: [{ token: "tide", logprob: -(at % 97) / 97, top_logprobs: [] }] } },
    text,
  }),
  reasoning: (at, count, text) => ({
    delta: at < count * 0.7 ? { reasoning_content: text } : { content: text },
    text,
  }),
  "tool calls": (at, count, text) => {
    const length = Math.ceil(count / toolCalls);
    const [index, first, last] = [
      Math.floor(at / length),
      at % length === 0,
      at % length === length - 1 || at === count - 1,
    ];
    const written = `${first ? '{"query":"' : ""}${text}${last ? '"}' : ""}`;
    const call = first
      ? { index, id: `call_${index}`, type: "function", function: { name: "search", arguments: written } }
      : { index, function: { arguments: written } };
    return { delta: { tool_calls: [call] }, text: written };
  },
};

/** How many bytes the events of a transcript have at the least, but for a few; at the most it is 60 more. */
export const leastBytes: Readonly<Record<TranscriptKind, number>> = {
  chat: 200,
  "tool calls": 200,
  reasoning: 200,
  "counted chat": 260,
  "scored chat": 280,
};

/** A transcript of `count` chunks, the same in every run. */
export function createTranscript(kind: TranscriptKind, count: number): Transcript {
  const random = createRandom(7);
  const events = [formatChunk({ role: "assistant", content: "" }, null)];
  let text = "";
  for (let at = 0; at < count - 2; at += 1) {
    const make = (carried: string): Piece => makers[kind](at, count - 2, carried);
    const format = ({ delta, members, choice }: Piece): string => formatChunk(delta, null, members, choice);
    let room = leastBytes[kind] + 2 + Math.floor(random() * 48) - Buffer.byteLength(format(make("")));
    let carried = "";
    do {
      const word = ` ${words[Math.floor(random() * words.length)]}`;
      carried += word;
      room -= Buffer.byteLength(word);
    } while (room > 0);
    const piece = make(carried);
    text += piece.text;
    events.push(format(piece));
  }
  events.push(formatChunk({}, kind === "tool calls" ? "tool_calls" : "stop"), "data: [DONE]\n\n");
  return { name: kind, bytes: new TextEncoder().encode(events.join("")), chunks: count, text };
}
