import type { AnswerDecoder } from "./answer-decoder.ts";
import { readCarriedError } from "./carry/carried-error.ts";
import { type ChatAnswer, createChatAnswer } from "./chat-answer.ts";
import type { ChatCompletion, ChatCompletionChunk } from "./chat-types.ts";
import { createChunkReader } from "./chunk-reader.ts";
import { terminalMarker } from "./decoder.ts";
import type { Frame } from "./frame-parser.ts";
import { createFrameReader, isMarker } from "./frame-reader.ts";
import { isJsonObject, tryParseJson } from "./json.ts";
import type { ReportQuirk } from "./quirk.ts";
import type { StreamOptions } from "./stream-options.ts";
import { isChatKeepAlive } from "./tolerance/keep-alive.ts";
import { createChunkRepair } from "./tolerance/repair-chunk.ts";
import { isErrorChunk, toServerError, toStatusError } from "./tolerance/server-error.ts";
import { readWholeBody } from "./tolerance/whole-body.ts";

/** The decoder of a chat stream, and the completion it keeps. */
export type ChatDecoder = ChatAnswer & AnswerDecoder<ChatCompletionChunk, ChatCompletion>;

/** The decoder of one chat stream. */
export function createChatDecoder(
  response: Response,
  report: ReportQuirk,
  options: StreamOptions,
): ChatDecoder {
  const { sentinel = "[DONE]", framing, onQuirk } = options;
  const frames = createFrameReader(framing === "json-lines", report);
  const tolerance = createChunkRepair(report, options);
  const answer = createChatAnswer();
  const chunks = createChunkReader(tolerance, answer, options.splitThinking);
  let cameAsBody = false;

  function toError(frame: Frame, value: unknown): Error {
    const carried = readCarriedError(value);
    if (carried !== undefined) return carried;
    onQuirk?.({ id: "Q39", pointer: "", detail: "The server reports an error inside the stream" });
    return toServerError(frame.data, value);
  }

  function decodeBody(raw: string): ChatCompletionChunk {
    if (!response.ok) throw toStatusError(response.status, raw);
    const chunk = chunks.take(readWholeBody(raw, report), raw);
    cameAsBody = true;
    return chunk;
  }

  return {
    ...answer,

    decode(frame) {
      if (frame.origin === "body") return decodeBody(frame.data);
      if (isMarker(frame, sentinel)) return terminalMarker;
      const again = chunks.readAgain(frame);
      if (again !== undefined) {
        frames.passOver();
        return again;
      }
      if (frame.event === "error") throw toError(frame, tryParseJson(frame.data)?.value ?? frame.data);
      if (isChatKeepAlive(frame, report)) return undefined;
      const parsed = frames.parse(frame);
      if (parsed === undefined) return undefined;
      const { value } = parsed;
      if (isJsonObject(value) && isErrorChunk(value)) throw toError(frame, value);
      return chunks.take(value, frame.data);
    },

    flush: chunks.flush,

    finish(how) {
      tolerance.finish();
      if (cameAsBody) return "complete";
      const isWhole = tolerance.isWhole();
      if (how === "marker") {
        if (!isWhole) report("Q7", "", "The terminal marker came before a finish reason");
        return "complete";
      }
      if (!isWhole) return "truncated";
      report("Q7", "", "The body ended without the terminal marker, after a finish reason");
      return "complete";
    },

    isWhole: tolerance.isWhole,
  };
}
