import { invalidData, type StreamError } from "../errors.ts";
import { isJsonObject, type JsonObject, tryParseJson } from "../json.ts";
import type { ReportQuirk } from "../quirk.ts";
import { isErrorChunk, toServerError } from "./server-error.ts";

/** A terminal marker that a proxy glued to a JSON body (Q10). */
const gluedMarker = /data:\s*\[DONE\]\s*$/;

/** The error for one body that came where a stream was asked for, and is nothing that can be made one. */
export function toBodyError(raw: string): StreamError {
  const parsed = tryParseJson(raw);
  if (isJsonObject(parsed?.value) && isErrorChunk(parsed.value)) return toServerError(raw, parsed.value);
  return invalidData("One body came where a stream was asked for", raw);
}

/** A choice of a completion, as the choice of a chunk. */
function toChunkChoice(choice: unknown): unknown {
  if (!isJsonObject(choice) || !isJsonObject(choice.message)) return choice;
  const { message, ...rest } = choice;
  const { tool_calls: calls, ...delta } = message;
  if (!Array.isArray(calls)) return { ...rest, delta };
  const indexed = calls.map((call: unknown, index) => (isJsonObject(call) ? { index, ...call } : call));
  return { ...rest, delta: { ...delta, tool_calls: indexed } };
}

/** A completion, as one chunk that has it all. */
export function toWholeChunk(completion: JsonObject): JsonObject {
  const { choices } = completion;
  return {
    ...completion,
    object: "chat.completion.chunk",
    choices: Array.isArray(choices) ? choices.map(toChunkChoice) : choices,
  };
}

/**
 * The object of a body that is one JSON text, out of the envelope (`data`) some servers put it into: `member` is what
 * it has and the envelope has not. `undefined` when the body is none.
 */
export function readBodyObject(raw: string, member: string): JsonObject | undefined {
  const value = (tryParseJson(raw) ?? tryParseJson(raw.replace(gluedMarker, "")))?.value;
  if (!isJsonObject(value)) return undefined;
  return !(member in value) && isJsonObject(value.data) ? value.data : value;
}

/**
 * The one chunk of a body that is a whole chat completion although a stream was asked for (Q10). Throws a
 * `StreamError`: the server's when the body reports an error, `invalid-data` when it is something else.
 */
export function readWholeBody(raw: string, report: ReportQuirk): JsonObject {
  const completion = readBodyObject(raw, "choices");
  if (completion === undefined || isErrorChunk(completion) || !Array.isArray(completion.choices)) {
    throw toBodyError(raw);
  }
  report("Q10", "", "One JSON body came where a stream was asked for");
  return toWholeChunk(completion);
}
