import {
  type ChatCompletion,
  type ChatCompletionMessage,
  type ChatEvent,
  type CompletionUsage,
  StreamError,
} from "@hawser/streaming";
import { untilAborted } from "../abort.ts";
import type { JsonObject } from "../json.ts";
import type { ToolKind } from "../tool/tool.ts";
import type { ChatCompletions } from "./chat-completions.ts";
import { openStream } from "./open-stream.ts";

/** A call the model made, as its answer has it. */
export interface ModelCall {
  /** Its number in the answer, as the events have it. */
  readonly index: number;
  readonly id: string;
  readonly name: string;
  /** Whether its arguments are JSON (`function`) or free text (`custom`). */
  readonly kind: ToolKind;
  /** The text of the arguments. */
  readonly arguments: string;
  /** Whether nothing of it was cut off. The arguments may be no JSON all the same. */
  readonly isWhole: boolean;
}

/** What the model answered. */
export interface ModelAnswer {
  readonly message: ChatCompletionMessage;
  readonly finishReason: string | null;
  readonly usage: CompletionUsage | undefined;
  /** Whether the answer was cut off: by the limit of tokens, or because something in it was withheld. */
  readonly cutOff: "length" | "content_filter" | undefined;
  readonly calls: readonly ModelCall[];
}

/** An event of the model's one answer. */
export type ModelEvent = Exclude<ChatEvent, { type: "end" | "finish" | "usage" }>;

/** How the model is asked. */
export interface AskOptions {
  readonly completions: ChatCompletions;
  readonly body: JsonObject;
  /** What is sent along: headers, timeouts. */
  readonly requestOptions: object | undefined;
  readonly signal: AbortSignal;
  /** Is told of each event, if anybody wants to know; the next is read when the promise it gives is resolved. */
  readonly onEvent: ((event: ModelEvent) => Promise<void> | undefined) | undefined;
  /** Is told what has come of an answer that fails in the midst of its calls, if events are read. */
  readonly onBroken?: (answer: ModelAnswer) => void;
}

const noted = (): void => {};

type Create = (body: JsonObject, options: object) => PromiseLike<unknown>;

/** Finish reasons of servers' own, beside `length` and `content_filter`. */
function toCutOff(reason: string | null): ModelAnswer["cutOff"] {
  if (reason === null) return undefined;
  if (/^(length|model_length|max_(output_)?tokens)$/i.test(reason)) return "length";
  // Gemini adds its own reason: `content_filter: SAFETY`, `function_call_filter: MALFORMED_FUNCTION_CALL`.
  return /^(content_filter|safety|error)\b|malformed_function_call/i.test(reason)
    ? "content_filter"
    : undefined;
}

/**
 * Asks the model once and reads its first answer to the end.
 *
 * Throws what the client throws, an abort among it, and a `StreamError` when the answer ends early or there is none.
 */
export async function askModel({
  completions,
  body,
  requestOptions,
  signal,
  onEvent,
  onBroken,
}: AskOptions): Promise<ModelAnswer> {
  signal.throwIfAborted();
  // The client's own type of the body is only known where the request was written.
  const create = completions.create.bind(completions) as unknown as Create;
  const asked = Promise.resolve(create(body, { ...requestOptions, signal }));
  const answer = await untilAborted(asked, signal).catch((error: unknown) => {
    // An answer that comes when nobody waits for it any more would stay open.
    asked.then((late) => openStream(late).stream.abort(error)).catch(noted);
    throw error;
  });
  const { stream, sourceError } = openStream(answer);
  // The client may not listen to the signal.
  const leave = (): void => stream.abort(signal.reason);
  signal.addEventListener("abort", leave);
  const indexes = new Set<number>();
  try {
    if (onEvent !== undefined) await readEvents(stream.events(), onEvent, indexes);
    return toAnswer(await stream.finalCompletion(), indexes);
  } catch (error) {
    if (indexes.size > 0) onBroken?.(toAnswer(stream.currentCompletion(), indexes));
    const source = sourceError();
    throw source === undefined ? error : source.error;
  } finally {
    signal.removeEventListener("abort", leave);
  }
}

/** Hands the events of the one answer on, and notes the indexes of its calls. */
async function readEvents(
  events: AsyncIterable<ChatEvent>,
  onEvent: NonNullable<AskOptions["onEvent"]>,
  indexes: Set<number>,
): Promise<void> {
  for await (const event of events) {
    if (event.type === "usage" || event.type === "end" || event.type === "finish" || event.choice !== 0)
      continue;
    if ("index" in event) indexes.add(event.index);
    const turn = onEvent(event);
    if (turn !== undefined) await turn;
  }
}

/** `known` are the indexes of the calls, when events told them: the message has the calls in their order. */
function toAnswer({ choices, usage }: ChatCompletion, known: ReadonlySet<number>): ModelAnswer {
  const indexes = [...known].sort((a, b) => a - b);
  const choice = choices.find(({ index }) => index === 0);
  if (choice === undefined) {
    throw new StreamError("The model gave no answer: the completion has no choices", {
      reason: "invalid-data",
    });
  }
  const { message, finish_reason: finishReason } = choice;
  const cutOff = toCutOff(finishReason);
  const calls = (message.tool_calls ?? []).map((call, at) => ({
    index: indexes[at] ?? at,
    id: call.id,
    name: call.function?.name ?? call.custom?.name ?? "",
    kind: call.type === "custom" ? ("custom" as const) : ("function" as const),
    arguments: call.function?.arguments ?? call.custom?.input ?? "",
    isWhole: cutOff === undefined,
  }));
  return { message, finishReason, usage, cutOff, calls };
}
