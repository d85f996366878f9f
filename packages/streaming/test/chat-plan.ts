import fc from "fast-check";
import type { ChatCompletion } from "../src/index.ts";
import { toBytes } from "./support.ts";

/** A chat stream that keeps to the format, and what it makes. */
export interface ChatPlan {
  /** The chunks, as they should come out. */
  readonly chunks: readonly object[];
  readonly completion: ChatCompletion;
  readonly bytes: Uint8Array;
  /**
   * How many bytes have to be there for the answer to be known as whole: the end of the last finish reason's JSON, or of
   * the marker.
   */
  readonly wholeAt: number;
}

interface Call {
  readonly id: string;
  readonly name: string;
  readonly pieces: readonly string[];
}

interface Answer {
  readonly content: readonly string[];
  readonly reasoning: readonly string[];
  readonly calls: readonly Call[];
  /** In which order the pieces of the calls come: a number picks one that has some left. */
  readonly picks: readonly number[];
}

const text = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.string({ unit: "binary", maxLength: 6 }),
  fc.constantFrom("\n", "\r\n\r\n", "data: [DONE]\n\n", "\u2028", "\ufeff", "塩🚢é", "<think>"),
);

/** The JSON of an object, in pieces. */
const argumentPieces: fc.Arbitrary<string[]> = fc
  .tuple(
    fc.dictionary(text, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 }),
    fc.array(fc.nat(), { maxLength: 4 }),
  )
  .map(([value, cuts]) => {
    const json = JSON.stringify(value);
    const places = [0, ...cuts.map((cut) => cut % json.length).sort((a, b) => a - b), json.length];
    return places.slice(1).map((place, at) => json.slice(places[at], place));
  });

const answers: fc.Arbitrary<Answer> = fc.record({
  content: fc.array(text, { maxLength: 4 }),
  reasoning: fc.array(text, { maxLength: 2 }),
  calls: fc.array(
    fc.record({ id: fc.uuid(), name: fc.constantFrom("tide", "wind"), pieces: argumentPieces }),
    {
      maxLength: 3,
    },
  ),
  picks: fc.array(fc.nat(), { maxLength: 12 }),
});

/** The deltas of an answer: role, reasoning, content, and the fragments of its calls, interleaved. */
function toDeltas({ content, reasoning, calls, picks }: Answer): object[] {
  const left = calls.map(({ pieces }) => [...pieces]);
  const fragments: object[] = calls.map(({ id, name }, index) => ({
    tool_calls: [{ index, id, type: "function", function: { name, arguments: "" } }],
  }));
  for (const pick of [...picks, ...left.flatMap((pieces, index) => pieces.map(() => index))]) {
    const index = left.length === 0 ? 0 : pick % left.length;
    const piece = left[index]?.shift();
    if (piece !== undefined) fragments.push({ tool_calls: [{ index, function: { arguments: piece } }] });
  }
  return [
    { role: "assistant" },
    ...reasoning.map((reasoning_content) => ({ reasoning_content })),
    ...content.map((piece) => ({ content: piece })),
    ...fragments,
  ];
}

function toChoice({ content, reasoning, calls }: Answer, index: number): ChatCompletion["choices"][number] {
  const thought = reasoning.join("");
  return {
    index,
    message: {
      role: "assistant",
      content: content.length === 0 ? null : content.join(""),
      refusal: null,
      ...(thought === "" ? {} : { reasoning_content: thought }),
      ...(calls.length === 0
        ? {}
        : {
            tool_calls: calls.map(({ id, name, pieces }) => ({
              id,
              type: "function" as const,
              function: { name, arguments: pieces.join("") },
            })),
          }),
    },
    finish_reason: finishReason(calls),
    logprobs: null,
  };
}

function finishReason(calls: readonly Call[]): string {
  return calls.length === 0 ? "stop" : "tool_calls";
}

const envelope = { id: "chatcmpl-1", created: 1_700_000_000, model: "m-1" };

function toChunk(index: number, delta: object, finish_reason: string | null = null): object {
  return { ...envelope, object: "chat.completion.chunk", choices: [{ index, delta, finish_reason }] };
}

/** What stands between and around the events on the wire, and changes nothing. */
const dress = fc.record({
  lineEnds: fc.array(fc.constantFrom("\n", "\r", "\r\n"), { minLength: 1, maxLength: 5 }),
  spaces: fc.array(fc.constantFrom("", " "), { minLength: 1, maxLength: 3 }),
  before: fc.array(fc.constantFrom("", ":", ": ping", "id: 7", "retry: 10", "x: y"), {
    minLength: 1,
    maxLength: 5,
  }),
  mark: fc.boolean(),
});

/** Any chat stream that keeps to the format: choices, calls and their pieces in any order, whatever texts. */
export const chatPlans: fc.Arbitrary<ChatPlan> = fc
  .record({
    answers: fc.array(answers, { minLength: 1, maxLength: 3 }),
    order: fc.array(fc.nat(), { maxLength: 20 }),
    usage: fc.option(fc.record({ prompt_tokens: fc.nat(), completion_tokens: fc.nat() }), { nil: undefined }),
    dress,
  })
  .map(({ answers: list, order, usage, dress: { lineEnds, spaces, before, mark } }) => {
    const chunks: object[] = [];
    // Every answer begins before the first one ends: who has not begun can't be missed.
    const queues = list.map((answer, index) => {
      const [first, ...rest] = toDeltas(answer).map((delta) => toChunk(index, delta));
      chunks.push(first!);
      return [...rest, toChunk(index, {}, finishReason(answer.calls))];
    });
    for (const pick of [...order, ...queues.flatMap((queue, index) => queue.map(() => index))]) {
      const chunk = queues[pick % queues.length]!.shift();
      if (chunk !== undefined) chunks.push(chunk);
    }
    const lastFinish = chunks.length - 1;
    if (usage !== undefined) chunks.push({ ...envelope, choices: [], usage });

    let wire = mark ? "\ufeff" : "";
    let wholeAt = 0;
    for (const [at, data] of [...chunks.map((chunk) => JSON.stringify(chunk)), "[DONE]"].entries()) {
      const end = lineEnds[at % lineEnds.length]!;
      const extra = before[at % before.length]!;
      if (extra !== "") wire += extra + end;
      wire += `data:${spaces[at % spaces.length]}${data}`;
      if (at === lastFinish) wholeAt = toBytes(wire).length;
      // A CR and an LF after it would be one line end.
      wire += end + end;
    }
    const completion: ChatCompletion = {
      ...envelope,
      object: "chat.completion",
      choices: list.map(toChoice),
      ...(usage === undefined ? {} : { usage }),
    };
    return { chunks, completion, bytes: toBytes(wire), wholeAt };
  });

/** Where a body is cut up: the sizes of its reads, over and over. */
export const readSizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });

/** The bytes in reads of these sizes. */
export function cutBy(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const reads: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; ) {
    const size = sizes[reads.length % sizes.length]!;
    reads.push(bytes.subarray(start, start + size));
    start += size;
  }
  return reads;
}
