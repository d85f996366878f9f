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
export type TranscriptKind = "chat" | "tool calls" | "reasoning";

interface Piece {
  readonly delta: object;
  readonly text: string;
}

const words =
  "the hawser holds a ship to its quay while tide and wind pull on it; naïve knots slip, 綱 – 🪢 – good ones tighten".split(
    " ",
  );
const toolCalls = 8;

function formatChunk(delta: object, finishReason: string | null): string {
  const chunk = {
    id: "chatcmpl-7f3a9c51d2",
    object: "chat.completion.chunk",
    created: 1_760_000_000,
    model: "meta-llama/Llama-3.1-8B",
    choices: [{ index: 0, delta, finish_reason: finishReason }],
  };
  return `data: ${JSON.stringify(chunk)}\n\n`;
}

/** Makes the piece number `at` of `count`, given the words it is to carry. */
const makers: Readonly<Record<TranscriptKind, (at: number, count: number, text: string) => Piece>> = {
  chat: (_at, _count, text) => ({ delta: { content: text }, text }),
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

/** A transcript of `count` chunks, the same in every run; most chunks are events of 200 to 260 bytes. */
export function createTranscript(kind: TranscriptKind, count: number): Transcript {
  const random = createRandom(7);
  const events = [formatChunk({ role: "assistant", content: "" }, null)];
  let text = "";
  for (let at = 0; at < count - 2; at += 1) {
    const make = (carried: string): Piece => makers[kind](at, count - 2, carried);
    let room = 202 + Math.floor(random() * 48) - Buffer.byteLength(formatChunk(make("").delta, null));
    let carried = "";
    do {
      const word = ` ${words[Math.floor(random() * words.length)]}`;
      carried += word;
      room -= Buffer.byteLength(word);
    } while (room > 0);
    const piece = make(carried);
    text += piece.text;
    events.push(formatChunk(piece.delta, null));
  }
  events.push(formatChunk({}, kind === "tool calls" ? "tool_calls" : "stop"), "data: [DONE]\n\n");
  return { name: kind, bytes: new TextEncoder().encode(events.join("")), chunks: count, text };
}
