import { type Decoder, terminalMarker } from "./decoder.ts";
import type { StreamError } from "./errors.ts";
import type { Frame } from "./frame-parser.ts";
import { createFrameReader, isMarker } from "./frame-reader.ts";
import { tryParseJson } from "./json.ts";
import type { ReportQuirk } from "./quirk.ts";
import type { StreamOptions } from "./stream-options.ts";
import { isKeepAlive } from "./tolerance/keep-alive.ts";
import { isErrorPayload, toServerError, toStatusError } from "./tolerance/server-error.ts";
import { toBodyError } from "./tolerance/whole-body.ts";

/** An item of a stream that is read with `item: "envelope"`. */
export interface EventEnvelope<Data = unknown> {
  event?: string;
  /** The data: its value when it is JSON, the text itself when it is not. */
  data: Data;
  id?: string;
  retry?: number;
}

function toEnvelope(frame: Frame, data: unknown): EventEnvelope {
  const { event, id, retry } = frame;
  return {
    ...(event === undefined ? {} : { event }),
    data,
    ...(id === undefined ? {} : { id }),
    ...(retry === undefined ? {} : { retry }),
  };
}

/** The error for an item that is one the server reports (Q39). */
export function toReportedError(raw: string, value: unknown, onQuirk: StreamOptions["onQuirk"]): StreamError {
  onQuirk?.({ id: "Q39", pointer: "", detail: "The server reports an error inside the stream" });
  return toServerError(raw, value);
}

/** The error for a body that is no stream: that of a status that is no success, or one that came instead of items. */
export function toWholeBodyError(response: Response, raw: string): StreamError {
  return response.ok ? toBodyError(raw) : toStatusError(response.status, raw);
}

/** The decoder of a stream whose items are what the server sent, with or without their envelope. */
export function createEventDecoder<Item>(
  response: Response,
  report: ReportQuirk,
  options: StreamOptions,
): Decoder<Item> {
  const { sentinel, item = "payload", framing, onQuirk } = options;
  const frames = createFrameReader(framing === "json-lines", report);

  function failOnError(frame: Frame, value: unknown): void {
    if (frame.event === "error" || isErrorPayload(value)) throw toReportedError(frame.data, value, onQuirk);
  }

  function decodeEnvelope(frame: Frame): Item {
    const parsed = tryParseJson(frame.data);
    const data = parsed === undefined ? frame.data : parsed.value;
    failOnError(frame, data);
    if (frame.origin === "unfinished")
      report("Q7", "", "The last event is not ended by a blank line, and used");
    return toEnvelope(frame, data) as Item;
  }

  function decodePayload(frame: Frame): Item | undefined {
    if (frame.event === "error") failOnError(frame, tryParseJson(frame.data)?.value ?? frame.data);
    if (isKeepAlive(frame, report)) return undefined;
    const parsed = frames.parse(frame);
    if (parsed === undefined) return undefined;
    failOnError(frame, parsed.value);
    return parsed.value as Item;
  }

  return {
    decode(frame) {
      if (frame.origin === "body") throw toWholeBodyError(response, frame.data);
      if (isMarker(frame, sentinel)) return terminalMarker;
      return item === "envelope" ? decodeEnvelope(frame) : decodePayload(frame);
    },
    finish(how) {
      return how === "marker" || (sentinel === undefined && !frames.lostLast) ? "complete" : "truncated";
    },
    isWhole: () => false,
  };
}
