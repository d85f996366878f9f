import {
  ChatCompletionStream,
  createPartialJsonReader,
  EventStream,
  MessageStream,
  type MultipartPart,
  multipartMixed,
  parseJsonLines,
  parseJsonSequence,
  parseMultipart,
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

export const readJsonSequence: Reader = async (question) => {
  const { quirks, options } = optionsOf(question);
  const { values, ...rest } = await drain(parseJsonSequence(bodyOf(question), options));
  if (!("failure" in rest)) return { events: values, end: "complete", quirks };
  return { events: values, quirks, ...endOf(rest.failure) };
};

export const readMultipart: Reader = async (question) => {
  const { quirks, options } = optionsOf(question);
  const { boundary = "", maxHeaderBytes } = question.options ?? {};
  const parts: unknown[] = [];
  try {
    const read = parseMultipart(bodyOf(question), { ...options, boundary, maxHeaderBytes });
    for await (const part of read) parts.push(toPart(part));
    return { events: parts, end: "complete", quirks };
  } catch (failure) {
    return { events: parts, quirks, ...endOf(failure) };
  }
};

/** A part as the suite has it. */
function toPart({ headers, data }: MultipartPart): object {
  return { headers: Object.fromEntries(headers), base64: Buffer.from(data).toString("base64") };
}

export const readMultipartStream: Reader = async (question) => {
  const reported = optionsOf(question);
  const { boundary = "" } = question.options ?? {};
  const response = responseOf(question, `multipart/mixed; boundary="${boundary}"`);
  const stream = EventStream.fromResponse(response, { ...reported.options, framing: multipartMixed });
  const items: unknown[] = [];
  try {
    for await (const item of stream) items.push(isPart(item) ? toPart(item) : toJSON(item));
  } catch {
    // The end says it.
  }
  return { events: items, ...toOutcome(await stream.end, reported) };
};

function isPart(item: unknown): item is MultipartPart {
  return typeof item === "object" && item !== null && "headers" in item && item.headers instanceof Headers;
}

/** How reading ended that failed: a body that ends too early is no error of the suite's. */
function endOf(failure: unknown): Outcome {
  const error = describeError(failure);
  return error.reason === "truncated" ? { end: "truncated" } : { end: "error", error };
}

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
