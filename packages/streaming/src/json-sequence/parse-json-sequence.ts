import { type ByteBody, createByteReader } from "../byte-reader.ts";
import { StreamError } from "../errors.ts";
import { createFrameIterator } from "../frame-iterator.ts";
import { createFrames } from "../frames.ts";
import { defaultMaxEventBytes } from "../limits.ts";
import { createQuirkReporter, type Quirk } from "../quirk.ts";
import { quote } from "../quote.ts";
import { createJsonSequenceParser, type SequenceText } from "./json-sequence-parser.ts";
import { createSequenceReader } from "./sequence-reader.ts";

/** How a JSON text sequence is read. */
export interface ParseJsonSequenceOptions {
  /** How large one text may be, in bytes. Default 16 MiB. */
  readonly maxEventBytes?: number | undefined;
  /** Is told of texts without a record separator before them (Q46), and of those that are passed over (Q47). */
  readonly onQuirk?: ((quirk: Quirk) => void) | undefined;
  /** Turns these departures into a `StreamError`. Default `false`. */
  readonly strict?: boolean | undefined;
}

interface ReadText extends SequenceText {
  readonly value?: unknown;
}

/**
 * The values of a JSON text sequence (`application/json-seq`, and types that end in `+json-seq`), one by one. A text that is
 * no JSON or was cut off is passed over and reported, and the rest is read (RFC 7464, sections 2.3 and 2.4).
 *
 * The body is read only as the consumer asks, and given up as soon as the consumer leaves. Throws a `StreamError`:
 * `truncated` when the body ends within a text, `invalid-data` when there is no sequence in it, `too-large` when a text is
 * over `maxEventBytes`, `quirk` for a departure when `strict` is set.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7464
 */
export function parseJsonSequence<Item = unknown>(
  body: ByteBody,
  options: ParseJsonSequenceOptions = {},
): AsyncGenerator<Item, undefined, undefined> {
  const { maxEventBytes = defaultMaxEventBytes, onQuirk, strict = false } = options;
  const reader = createSequenceReader(createQuirkReporter(onQuirk, strict));
  let count = 0;

  function toResult(text: ReadText | undefined): IteratorResult<Item, undefined> {
    if (text === undefined || text.origin === "unfinished") {
      const last = text && reader.read(text);
      reader.finish();
      if (last !== undefined) return { done: false, value: last.value as Item };
      if (text === undefined) return { done: true, value: undefined };
      throw new StreamError(`The body ends within a text, after ${count} of them: ${quote(text.data)}`, {
        reason: "truncated",
        raw: text.data,
      });
    }
    count += 1;
    return { done: false, value: text.value as Item };
  }

  return createFrameIterator(
    createByteReader(body),
    createFrames<ReadText>((onText) =>
      createJsonSequenceParser((text) => {
        const found = reader.read(text);
        if (found !== undefined) onText({ ...text, value: found.value });
      }, maxEventBytes),
    ),
    toResult,
  );
}
