import { asObject, type JsonObject } from "../json.ts";
import type { WrittenAnswer } from "./completion.ts";
import { cutText, fragmentCalls } from "./fragments.ts";
import type { ScriptedRequest, StreamHabits } from "./scripted-answer.ts";

/** The members of a message that come in pieces of text. */
const texts = new Set(["reasoning_content", "content", "refusal"]);

function textDeltas(message: JsonObject, pieceLength: number): JsonObject[] {
  return [...texts].flatMap((name) => {
    const text = message[name];
    return typeof text === "string" ? cutText(text, pieceLength).map((piece) => ({ [name]: piece })) : [];
  });
}

/** The answer as the chunks of a stream. */
export function toChunks(
  answer: WrittenAnswer,
  request: ScriptedRequest,
  habits: StreamHabits,
): JsonObject[] {
  const { message, calls, finishReason, usage } = answer;
  const envelope = { ...answer.envelope, object: "chat.completion.chunk" };
  const first = Object.fromEntries(Object.entries(message).filter(([name]) => !texts.has(name)));
  const deltas = [
    { ...first, content: null },
    ...textDeltas(message, habits.pieceLength ?? 12),
    ...fragmentCalls(calls, habits).map((fragment) => ({ tool_calls: [fragment] })),
  ];
  const countsEach = habits.usage === "every-chunk" && usage !== null;
  const growing = (at: number): JsonObject => ({ ...usage, completion_tokens: at });
  const chunks: JsonObject[] = deltas.map((delta, at) => ({
    ...envelope,
    choices: [{ index: 0, delta, finish_reason: null }],
    ...(countsEach && { usage: growing(at) }),
  }));
  if (finishReason !== null) {
    const end = { index: 0, delta: {}, finish_reason: finishReason };
    chunks.push({ ...envelope, choices: [end], ...(countsEach && { usage }) });
  }
  const isAskedFor = asObject(request.stream_options).include_usage === true;
  if (isAskedFor && !countsEach && usage !== null) chunks.push({ ...envelope, choices: [], usage });
  return chunks;
}

/** Chunks as server-sent events. */
export function toEvents(chunks: readonly unknown[], withMarker: boolean): string {
  const events = chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join("");
  return withMarker ? `${events}data: [DONE]\n\n` : events;
}
