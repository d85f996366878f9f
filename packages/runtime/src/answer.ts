import type { Quirk, StreamOptions } from "@hawser/streaming";
import { readRequestId, toAPIError } from "./api-error.ts";
import { BinaryResponse } from "./binary-answer.ts";
import { type BodyWatch, readText, requireUnread, watchResponse } from "./body-reader.ts";
import { discardBody } from "./discard-body.ts";
import { isErrorInDisguise, isHTML } from "./error-body.ts";
import { InvalidResponseError, rawBodyLimit } from "./errors.ts";
import type { Operation } from "./operation.ts";
import { classifyOutcome, isJSONType, mediaTypeOf } from "./outcome.ts";

/** What the reading of a successful answer depends on. */
export interface AnswerSettings {
  readonly operation: Operation;
  /** Whether the call asked for a stream. */
  readonly streams: boolean;
  readonly watch: BodyWatch;
  readonly firstEvent: number;
  readonly onQuirk: ((quirk: Quirk) => void) | undefined;
  readonly strict: boolean;
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

/** A page with a status of success: a login form, a proxy's greeting. */
async function rejectPage(response: Response, settings: AnswerSettings): Promise<never> {
  const page = await readText(response, settings.watch, rawBodyLimit);
  throw invalid(response, settings, "the answer is a page (HTML) instead of data", page);
}

function streamOptions(settings: AnswerSettings): StreamOptions {
  const { framing, item, sentinel } = settings.operation.stream!;
  const { watch, firstEvent, onQuirk, strict, onClose } = settings;
  return {
    signal: watch.signal,
    timeouts: { firstEvent, idle: watch.idle },
    framing,
    item,
    sentinel,
    onQuirk,
    strict,
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
    if (gluedMarker.test(text) && !settings.strict) {
      const data = parseJSON(text.replace(gluedMarker, ""), response, settings);
      settings.onQuirk?.({
        id: "Q10",
        pointer: "",
        detail: "The end marker of streams stands behind a JSON answer",
      });
      return data;
    }
    throw invalid(response, settings, "the answer is not JSON", text, cause);
  }
}

/** Whether an empty answer can stand for success: the document says so, or the thing it would describe is gone. */
function mayBeEmpty({ method, outcomes }: Operation): boolean {
  return method === "DELETE" || outcomes.length === 0 || outcomes.some(({ kind }) => kind === "empty");
}

async function readJSON(response: Response, settings: AnswerSettings): Promise<unknown> {
  const text = await readText(response, settings.watch);
  const { operation } = settings;
  if (text.trim() === "") {
    if (mayBeEmpty(operation)) return undefined;
    throw invalid(response, settings, "the answer is empty", text);
  }
  if (isHTML(text)) throw invalid(response, settings, "the answer is a page (HTML) instead of data", text);
  if (operation.stream !== undefined && /^(data|event|id|retry)?:/.test(text)) {
    const { status, headers } = response;
    return readUnaskedStream(new Response(text, { status, headers }), settings, text);
  }
  const data = parseJSON(text, response, settings);
  if (!isErrorInDisguise(data)) return data;
  throw toAPIError(response, settings.hide(text), settings.watch.request, settings.watch.attempts);
}

/** A file, unless the server answered with an error as JSON where a file was promised. */
async function readBinary(response: Response, settings: AnswerSettings): Promise<BinaryResponse> {
  const { operation, watch, onClose } = settings;
  const mediaType = mediaTypeOf(response.headers);
  const promisesJSON = operation.outcomes.some((outcome) => isJSONType(outcome.mediaType ?? ""));
  if (!isJSONType(mediaType) || promisesJSON)
    return new BinaryResponse(watchResponse(response, watch, onClose));
  const text = await readText(response, watch);
  onClose();
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    data = undefined;
  }
  if (isErrorInDisguise(data)) throw toAPIError(response, settings.hide(text), watch.request, watch.attempts);
  const { status, statusText, headers } = response;
  return new BinaryResponse(new Response(text, { status, statusText, headers }));
}

/**
 * Reads a successful answer: JSON to its value, text to a string, a file to a BinaryResponse, a stream to the class the
 * operation names, nothing to undefined.
 *
 * @throws InvalidResponseError when it isn't what was promised; APIError when it is an error in spite of its status;
 *   ConnectionError, TimeoutError and AbortError from the reading.
 */
export async function readAnswer(response: Response, settings: AnswerSettings): Promise<unknown> {
  const { operation, streams, watch, onClose } = settings;
  const kind = classifyOutcome(operation, response, streams);
  const isPage = mediaTypeOf(response.headers) === "text/html";
  let isHandedOver = false;
  try {
    if (kind === "empty") {
      discardBody(response);
      return undefined;
    }
    if (isPage && (kind === "json" || kind === "stream")) return await rejectPage(response, settings);
    if (kind === "text") return await readText(response, watch);
    if (kind === "json") return await readJSON(response, settings);
    if (kind === "binary") {
      const binary = await readBinary(response, settings);
      isHandedOver = true;
      return binary;
    }
    requireUnread(response, watch);
    if (!streams) return await readUnaskedStream(response, settings, "");
    const stream = operation.stream!.type.fromResponse(response, streamOptions(settings));
    isHandedOver = true;
    return stream;
  } finally {
    if (!isHandedOver) onClose();
  }
}
