import { createByteReader } from "../byte-reader.ts";
import { type Decoder, terminalMarker } from "../decoder.ts";
import { toReportedError, toWholeBodyError } from "../event-decoder.ts";
import type { Frame } from "../frame-parser.ts";
import { isMarker } from "../frame-reader.ts";
import { createFrames } from "../frames.ts";
import { createItemReader } from "../item-reader.ts";
import { defaultMaxEventBytes } from "../limits.ts";
import type { ReportQuirk } from "../quirk.ts";
import { createBodyParser, shownLimit } from "../response-parser.ts";
import { openBody } from "../response-reader.ts";
import type { StreamFraming } from "../stream-framing.ts";
import type { StreamOptions } from "../stream-options.ts";
import { isErrorPayload } from "../tolerance/server-error.ts";
import { createJsonSequenceParser, type SequenceText } from "./json-sequence-parser.ts";
import { createSequenceReader } from "./sequence-reader.ts";

function createDecoder<Item>(
  response: Response,
  report: ReportQuirk,
  { sentinel, onQuirk }: Omit<StreamOptions, "framing">,
): Decoder<Item, SequenceText | Frame> {
  const reader = createSequenceReader(report, (value, raw) => {
    if (isErrorPayload(value)) throw toReportedError(raw, value, onQuirk);
  });
  let lostLast = false;
  return {
    decode(frame) {
      if (!("isMarked" in frame)) throw toWholeBodyError(response, frame.data);
      if (isMarker(frame, sentinel)) return terminalMarker;
      const found = reader.read(frame);
      if (found === undefined) {
        lostLast = frame.origin === "unfinished";
        return undefined;
      }
      return found.value as Item;
    },
    finish(how) {
      reader.finish();
      return how === "marker" || (sentinel === undefined && !lostLast) ? "complete" : "truncated";
    },
    isWhole: () => false,
  };
}

/**
 * The framing of `application/json-seq`, and of types that end in `+json-seq` (RFC 7464, RFC 8091): an item is the value of a
 * text. Texts that are no JSON are passed over and reported (Q47); a body that ends within a text is `truncated`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7464
 */
export const jsonSequence: StreamFraming = {
  name: "json-sequence",
  mediaType: "application/json-seq",
  obstacleIn: () => undefined,
  createReader<Item>(response: Response, report: ReportQuirk, options: Omit<StreamOptions, "framing">) {
    const { maxEventBytes = defaultMaxEventBytes } = options;
    return createItemReader(
      createByteReader(openBody(response)),
      createFrames<SequenceText | Frame>((onFrame) =>
        response.ok ? createJsonSequenceParser(onFrame, maxEventBytes) : createBodyParser(shownLimit, true),
      ),
      createDecoder<Item>(response, report, options),
      options,
    );
  },
};
