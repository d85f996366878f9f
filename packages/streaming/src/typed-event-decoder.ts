import type { AnswerDecoder } from "./answer-decoder.ts";
import { LastItem, terminalMarker } from "./decoder.ts";
import { requireShallow } from "./depth.ts";
import { invalidData, type StreamError } from "./errors.ts";
import type { Frame } from "./frame-parser.ts";
import { createFrameReader, isMarker } from "./frame-reader.ts";
import { isJsonObject, type JsonObject, tryParseJson } from "./json.ts";
import type { ReportQuirk } from "./quirk.ts";
import type { StreamEnd, StreamOptions } from "./stream-options.ts";
import { isKeepAlive } from "./tolerance/keep-alive.ts";
import { isErrorChunk, toServerError, toStatusError } from "./tolerance/server-error.ts";
import { readBodyObject, toBodyError } from "./tolerance/whole-body.ts";

/** An event of a stream whose events carry their type in the data. */
export interface TypedEvent extends JsonObject {
  type: string;
}

/** What differs between two kinds of such streams: how their events make an answer. */
export interface EventDialect<Answer> {
  /** Adds an event to the answer, and repairs it in place. Throws a `StreamError` when it can't be read. */
  add(event: TypedEvent, raw: string): void;
  /** What the event makes of the stream when it is the last by its type. */
  endOf(event: TypedEvent, raw: string): StreamEnd | undefined;
  /** What a whole answer has when it comes as a body, and its envelope has not. */
  readonly bodyMember: string;
  /** The event that carries a whole answer, for one that came as a body; `undefined` when the body is none. */
  fromBody(body: JsonObject): TypedEvent | undefined;
  /** The answer has come to its end, in one way or another: says what only shows there. */
  finish(): void;
  /** Whether the answer has come to its end, although its last event did not come. */
  isWhole(): boolean;
  /** The answer so far. `isOver` tells that it came to its end. */
  build(isOver: boolean): Answer;
  createTextReader(): (event: TypedEvent) => string;
  readonly ending: string;
}

/** The decoder of one stream of typed events. */
export function createTypedEventDecoder<Answer>(
  response: Response,
  report: ReportQuirk,
  options: StreamOptions,
  dialect: EventDialect<Answer>,
): AnswerDecoder<TypedEvent, Answer> {
  const { sentinel = "[DONE]", framing, onQuirk } = options;
  const frames = createFrameReader(framing === "json-lines", report);
  let cameAsBody = false;

  function toError(raw: string, value: unknown): StreamError {
    if (isJsonObject(value) && value.type === "error") {
      // The event's own type says nothing of the error.
      return toServerError(raw, { ...value, type: undefined });
    }
    onQuirk?.({ id: "Q39", pointer: "", detail: "The server reports an error inside the stream" });
    return toServerError(raw, value);
  }

  /** Makes sure that an event has its type: the name beside the data will do (Q44). */
  function toEvent(frame: Frame, value: unknown): TypedEvent {
    if (!isJsonObject(value)) throw invalidData("An event is no object", frame.data);
    if (value.type === "error") throw toError(frame.data, value);
    if (typeof value.type === "string" && value.type !== "") return value as TypedEvent;
    if (isErrorChunk(value)) throw toError(frame.data, value);
    if (frame.event === undefined) throw invalidData("An event has no type", frame.data);
    report("Q44", "/type", "The event's data has no type, only its name");
    value.type = frame.event;
    return value as TypedEvent;
  }

  function take(event: TypedEvent, raw: string): TypedEvent | LastItem<TypedEvent> {
    requireShallow("An event", event, raw);
    dialect.add(event, raw);
    const end = dialect.endOf(event, raw);
    if (end === undefined) return event;
    if (end.reason === "complete") dialect.finish();
    return new LastItem(event, end);
  }

  function decodeBody(raw: string): TypedEvent | LastItem<TypedEvent> {
    if (!response.ok) throw toStatusError(response.status, raw);
    const body = readBodyObject(raw, dialect.bodyMember);
    const event = body === undefined ? undefined : dialect.fromBody(body);
    if (event === undefined) throw toBodyError(raw);
    report("Q10", "", "One JSON body came where a stream was asked for");
    cameAsBody = true;
    return take(event, raw);
  }

  return {
    decode(frame) {
      if (frame.origin === "body") return decodeBody(frame.data);
      if (isMarker(frame, sentinel)) return terminalMarker;
      if (frame.event === "error") throw toError(frame.data, tryParseJson(frame.data)?.value ?? frame.data);
      if (isKeepAlive(frame, report)) return undefined;
      const parsed = frames.parse(frame);
      return parsed === undefined ? undefined : take(toEvent(frame, parsed.value), frame.data);
    },

    finish() {
      if (!cameAsBody && !dialect.isWhole()) return "truncated";
      dialect.finish();
      if (!cameAsBody) report("Q7", "", "The body ended without the last event, after the answer did");
      return "complete";
    },

    isWhole: dialect.isWhole,
    build: dialect.build,
    createTextReader: dialect.createTextReader,
    ending: dialect.ending,
  };
}
