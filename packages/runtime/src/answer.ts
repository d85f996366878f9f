import type { EventStreamOptions } from "@hawser/streaming";
import { readRequestId, toAPIError } from "./api-error.ts";
import type { ReadAnswer } from "./api-promise.ts";
import type { BinaryResponse } from "./binary-answer.ts";
import { type BodyWatch, readText, requireUnread, watchResponse } from "./body-reader.ts";
import { discardBody } from "./discard-body.ts";
import { isErrorInDisguise, isHTML } from "./error-body.ts";
import { InvalidResponseError, rawBodyLimit } from "./errors.ts";
import type { Operation } from "./operation.ts";
import { classifyOutcome, isJSONType, mediaTypeOf } from "./outcome.ts";
import type { StreamReading } from "./stream-reading.ts";
import type { AnswerChecks } from "./validation.ts";

/** What the reading of a successful answer depends on. */
export interface AnswerSettings extends AnswerChecks {
  readonly operation: Operation;
  /** Whether the call asked for a stream. */
  readonly streams: boolean;
  readonly watch: BodyWatch;
  readonly firstEvent: number;
  readonly reading: StreamReading;
  /** Takes keys out of a text. */
  readonly hide: (text: string) => string;
  /** Called when nothing of the answer is left to be read. */
  readonly onClose: () => void;
}

function invalid(
  response: Response,
  settings: AnswerSettings,
  what: string,
  rawBody: string,
  cause?: unknown,
) {
  const message = `${response.status} from ${settings.watch.request}, but ${what}`;
  return new InvalidResponseError(message, {
    response,
    rawBody: settings.hide(rawBody),
    requestId: readRequestId(response.headers),
    ...(cause !== undefined && { cause }),
  });
}

/** An error that came with a status of success. */
function refusal(text: string, response: Response, settings: AnswerSettings, status?: number) {
  const { watch, hide } = settings;
  return toAPIError(response, hide(text), watch.request, watch.attempts, status);
}

/** An answer that is in no envelope. */
function whole(data: unknown): ReadAnswer<unknown, unknown> {
  return { data, body: data };
}

/** A page with a status of success: a login form, a proxy's greeting. */
async function rejectPage(response: Response, settings: AnswerSettings): Promise<never> {
  const page = await readText(response, settings.watch, rawBodyLimit);
  throw invalid(response, settings, "the answer is a page (HTML) instead of data", page);
}

function streamOptions(settings: AnswerSettings): EventStreamOptions {
  const { framing, item, sentinel } = settings.operation.stream!;
  const { watch, firstEvent, reading, onClose, checkItem } = settings;
  return {
    ...reading,
    onItem: checkItem,
    signal: watch.signal,
    timeouts: { firstEvent, idle: watch.idle },
    framing,
    item,
    sentinel,
    onClose,
  };
}

/** A stream that nobody asked for: what it adds up to, if its class can add. */
async function readUnaskedStream(
  response: Response,
  settings: AnswerSettings,
  rawBody: string,
): Promise<unknown> {
  const stream = settings.operation.stream?.type.fromResponse(response, streamOptions(settings)) as
    | { finalCompletion?(): Promise<unknown>; abort?(): void }
    | undefined;
  if (stream?.finalCompletion !== undefined) return stream.finalCompletion();
  stream?.abort?.();
  throw invalid(response, settings, "the answer is a stream, which wasn't asked for", rawBody);
}

/** Some gateways put the end marker of streams behind an ordinary JSON answer. */
const gluedMarker = /data:\s*\[DONE\]\s*$/;

function parseJSON(text: string, response: Response, settings: AnswerSettings): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (gluedMarker.test(text) && settings.reading.strict !== true) {
      const data = parseJSON(text.replace(gluedMarker, ""), response, settings);
      settings.reading.onQuirk?.({
        id: "Q10",
        pointer: "",
        detail: "The end marker of streams stands behind a JSON answer",
      });
      return data;
    }
    throw invalid(response, settings, "the answer is not JSON", text, cause);
  }
}

/** The text as JSON; undefined when it is none. */
function parseOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether an empty answer can stand for success: the document says so, or the thing it would describe is gone. */
function mayBeEmpty({ method, outcomes }: Operation): boolean {
  return method === "DELETE" || outcomes.length === 0 || outcomes.some(({ kind }) => kind === "empty");
}

/** The data of a JSON answer, out of its envelope where the operation has one. */
function openAnswer(
  body: unknown,
  text: string,
  response: Response,
  settings: AnswerSettings,
): ReadAnswer<unknown, unknown> {
  const { envelope } = settings.operation;
  if (envelope === undefined) return whole(body);
  const opened = envelope.open(body, envelope);
  if (opened.kind === "data") return opened.answer;
  if (opened.kind === "failure") throw refusal(text, response, settings, opened.status);
  // What says that it succeeded and has nothing more to say, where nothing more is needed.
  if (mayBeEmpty(settings.operation)) return { data: undefined, body };
  throw invalid(response, settings, `the answer has nothing at "${envelope.data}"`, text);
}

async function readJSON(response: Response, settings: AnswerSettings): Promise<ReadAnswer<unknown, unknown>> {
  const text = await readText(response, settings.watch);
  const { operation } = settings;
  if (text.trim() === "") {
    if (mayBeEmpty(operation)) return whole(undefined);
    throw invalid(response, settings, "the answer is empty", text);
  }
  if (isHTML(text)) throw invalid(response, settings, "the answer is a page (HTML) instead of data", text);
  if (operation.stream !== undefined && /^(data|event|id|retry)?:/.test(text)) {
    const { status, headers } = response;
    return whole(await readUnaskedStream(new Response(text, { status, headers }), settings, text));
  }
  const body = parseJSON(text, response, settings);
  if (isErrorInDisguise(body)) throw refusal(text, response, settings);
  return openAnswer(body, text, response, settings);
}

/**
 * Where a stream was asked for and one JSON body comes that says in its envelope that it failed: the error it says. Any
 * other answer goes on as it is, to be read as a stream.
 */
async function refuseEnvelope(response: Response, settings: AnswerSettings): Promise<Response> {
  const { envelope } = settings.operation;
  if (envelope === undefined || !isJSONType(mediaTypeOf(response.headers))) return response;
  const text = await readText(response, settings.watch);
  const opened = envelope.open(parseOrNothing(text), envelope);
  if (opened.kind === "failure") throw refusal(text, response, settings, opened.status);
  const { status, statusText, headers } = response;
  return new Response(text, { status, statusText, headers });
}

/** A file, unless the server answered with an error as JSON where a file was promised. */
async function readBinary(response: Response, settings: AnswerSettings): Promise<BinaryResponse> {
  const { operation, watch, onClose } = settings;
  const { type: File } = operation.outcomes.find((outcome) => outcome.kind === "binary")!;
  const mediaType = mediaTypeOf(response.headers);
  const promisesJSON = operation.outcomes.some((outcome) => isJSONType(outcome.mediaType ?? ""));
  if (!isJSONType(mediaType) || promisesJSON) return new File(watchResponse(response, watch, onClose));
  const text = await readText(response, watch);
  onClose();
  if (isErrorInDisguise(parseOrNothing(text))) throw refusal(text, response, settings);
  const { status, statusText, headers } = response;
  return new File(new Response(text, { status, statusText, headers }));
}

/**
 * Reads a successful answer: JSON to its value, text to a string, a file to a BinaryResponse, a stream to the class the
 * operation names, nothing to undefined. JSON is taken out of its envelope.
 *
 * @throws InvalidResponseError when it isn't what was promised; APIError when it is an error in spite of its status;
 *   ConnectionError, TimeoutError and AbortError from the reading.
 */
export async function readAnswer(
  response: Response,
  settings: AnswerSettings,
): Promise<ReadAnswer<unknown, unknown>> {
  const { operation, streams, watch, onClose } = settings;
  const kind = classifyOutcome(operation, response, streams);
  const isPage = mediaTypeOf(response.headers) === "text/html";
  let isHandedOver = false;
  try {
    if (kind === "empty") {
      discardBody(response);
      return whole(undefined);
    }
    if (isPage && (kind === "json" || kind === "stream")) return await rejectPage(response, settings);
    if (kind === "text") return whole(await readText(response, watch));
    if (kind === "json") {
      const answer = await readJSON(response, settings);
      await settings.checkBody?.(answer.body);
      return answer;
    }
    if (kind === "binary") {
      const binary = await readBinary(response, settings);
      isHandedOver = true;
      return whole(binary);
    }
    requireUnread(response, watch);
    if (!streams) return whole(await readUnaskedStream(response, settings, ""));
    const source = await refuseEnvelope(response, settings);
    const { framing, type } = operation.stream!;
    const obstacle = typeof framing === "object" ? framing.obstacleIn(source) : undefined;
    if (obstacle !== undefined)
      throw invalid(source, settings, obstacle, await readText(source, watch, rawBodyLimit));
    const stream = type.fromResponse(source, streamOptions(settings));
    isHandedOver = true;
    return whole(stream);
  } finally {
    if (!isHandedOver) onClose();
  }
}
