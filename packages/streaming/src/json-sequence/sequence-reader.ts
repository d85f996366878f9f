import { invalidData } from "../errors.ts";
import { tryParseJson } from "../json.ts";
import type { ReportQuirk } from "../quirk.ts";
import type { SequenceText } from "./json-sequence-parser.ts";

/** Reads the texts of one sequence. */
export interface SequenceReader {
  /**
   * The value of a text; `undefined` when it is none or may have been cut off. Such a text is passed over and reported
   * (Q47), unless it is the last one of a body that ended within it.
   */
  read(text: SequenceText): { readonly value: unknown } | undefined;
  /** The body is over. Throws a `StreamError` (`invalid-data`) when there was no sequence in it. */
  finish(): void;
}

/**
 * The value of a text, unless it may have been cut off: numbers, `true`, `false` and `null` don't show their end, so that
 * white space has to (RFC 7464, section 2.4).
 */
function readValue(text: string): { readonly value: unknown } | undefined {
  const parsed = tryParseJson(text);
  if (parsed === undefined) return undefined;
  const { value } = parsed;
  const showsEnd = typeof value === "string" || (typeof value === "object" && value !== null);
  return showsEnd || /\s$/.test(text) ? parsed : undefined;
}

/**
 * A reader at the start of a sequence. It goes on after texts it can't read (RFC 7464, section 2.3).
 *
 * @param check - is given each value before anything is said of its form; what it throws, `read` throws.
 */
export function createSequenceReader(
  report: ReportQuirk,
  check: (value: unknown, raw: string) => void = () => {},
): SequenceReader {
  let isSequence = false;
  let unread: string | undefined;
  return {
    read(text) {
      const found = readValue(text.data);
      if (text.isMarked || found !== undefined) isSequence = true;
      if (found !== undefined) {
        check(found.value, text.data);
        if (!text.isMarked) report("Q46", "", "A JSON text has no record separator before it");
        return found;
      }
      if (!isSequence) unread ??= text.data;
      if (text.origin === undefined)
        report("Q47", "", "A text of the sequence is no JSON or was cut off, and passed over");
      return undefined;
    },
    finish() {
      if (!isSequence && unread !== undefined)
        throw invalidData("The body is no sequence of JSON texts", unread);
    },
  };
}
