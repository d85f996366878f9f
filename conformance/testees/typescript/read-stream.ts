import {
  ChatCompletionStream,
  createPartialJsonReader,
  MessageStream,
  parseJsonLines,
  parseServerSentEvents,
  ResponseStream,
  type ServerSentEvent,
  type StreamEnd,
  type StreamOptions,
} from "@hawser/streaming";
import type { Outcome } from "../../src/vector.ts";
import { describeError } from "./describe-error.ts";
import { bodyOf, type Question, type Reader, readsOf, responseOf, toJSON } from "./exchange.ts";

/** Everything an iterable gives until it ends, as it was when it came, and what it threw. */
async function drain(items: AsyncIterable<unknown>): Promise<{ values: unknown[]; failure?: unknown }> {
  const values: unknown[] = [];
  try {
    for await (const item of items) values.push(toJSON(item));
    return { values };
  } catch (failure) {
    return { values, failure };
  }
}

export const readServerSentEvents: Reader = async (question) => {
  const comments: string[] = [];
  let unterminated: ServerSentEvent | null = null;
  const { maxEventBytes } = question.options ?? {};
  const { values, ...rest } = await drain(
    parseServerSentEvents(bodyOf(question), {
      maxEventBytes,
      onComment: (text) => comments.push(text),
      onUnterminated: (event) => {
        unterminated = event;
      },
    }),
  );
  const found = { events: values, comments, unterminated: toJSON(unterminated) };
  if (!("failure" in rest)) return { ...found, end: "complete" };
  return { ...found, end: "error", error: describeError(rest.failure) };
};

export const readJsonLines: Reader = async (question) => {
  const { maxEventBytes } = question.options ?? {};
  const { values, ...rest } = await drain(parseJsonLines(bodyOf(question), { maxEventBytes }));
  if (!("failure" in rest)) return { events: values, end: "complete" };
  return { events: values, end: "error", error: describeError(rest.failure) };
};

export const readPartialJson: Reader = async (question) => {
  const { maxDepth } = question.options ?? {};
  const reader = createPartialJsonReader({ maxDepth });
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const snapshots: unknown[] = [];
  try {
    for (const bytes of readsOf(question)) {
      reader.push(decoder.decode(bytes, { stream: true }));
      snapshots.push(toJSON(reader.value) ?? null);
    }
    return { snapshots, final: toJSON(reader.finish()), end: "complete" };
  } catch (error) {
    return { snapshots, final: toJSON(reader.value), end: "error", error: describeError(error) };
  }
};

interface Reported {
  readonly quirks: string[];
  readonly options: StreamOptions;
}

function optionsOf(question: Question): Reported {
  const quirks: string[] = [];
  return { quirks, options: { ...question.options, onQuirk: ({ id }) => quirks.push(id) } };
}

function toOutcome(end: StreamEnd, { quirks }: Reported): Outcome {
  const found = { end: end.reason, quirks };
  return "error" in end ? { ...found, error: describeError(end.error) } : found;
}

/** The tool calls of a chat when nothing more comes of them: another pass over the same bytes. */
async function readCalls(question: Question): Promise<unknown[]> {
  const { options } = optionsOf(question);
  const stream = ChatCompletionStream.fromResponse(responseOf(question, "text/event-stream"), options);
  const { values } = await drain(onlyCalls(stream));
  return values;
}

async function* onlyCalls(stream: ChatCompletionStream): AsyncGenerator<object> {
  for await (const event of stream.events()) {
    if (event.type !== "tool_call.done") continue;
    const { choice, id, name, complete } = event;
    yield { choice, id, name, arguments: event.arguments, complete };
  }
}

/** A stream that makes an answer. */
interface AnswerStream extends AsyncIterable<unknown> {
  readonly end: Promise<StreamEnd>;
}

/** Reads a stream to its end: what it gives, and what all of it makes, also when it ends too early. */
async function readAnswer<Stream extends AnswerStream>(
  question: Question,
  open: (response: Response, options: StreamOptions) => Stream,
  final: (stream: Stream) => Promise<unknown>,
  current: (stream: Stream) => unknown,
): Promise<{ values: unknown[]; outcome: Outcome }> {
  const reported = optionsOf(question);
  const stream = open(responseOf(question, "text/event-stream"), reported.options);
  const { values } = await drain(stream);
  const made = toJSON(await final(stream).catch(() => current(stream)));
  return { values, outcome: { final: made, ...toOutcome(await stream.end, reported) } };
}

export const readChat: Reader = async (question) => {
  const { values, outcome } = await readAnswer(
    question,
    (response, options) => ChatCompletionStream.fromResponse(response, options),
    (stream) => stream.finalCompletion({ allowTruncated: true }),
    (stream) => stream.currentCompletion(),
  );
  return { chunks: values, calls: await readCalls(question), ...outcome };
};

export const readResponses: Reader = async (question) => {
  const { values, outcome } = await readAnswer(
    question,
    (response, options) => ResponseStream.fromResponse(response, options),
    (stream) => stream.finalResponse({ allowTruncated: true }),
    (stream) => stream.currentResponse(),
  );
  return { events: values, ...outcome };
};

export const readMessages: Reader = async (question) => {
  const { values, outcome } = await readAnswer(
    question,
    (response, options) => MessageStream.fromResponse(response, options),
    (stream) => stream.finalMessage({ allowTruncated: true }),
    (stream) => stream.currentMessage(),
  );
  return { events: values, ...outcome };
};
