import type { ChatCompletionChunk } from "./chat-types.ts";
import { isJsonObject, type JsonObject, tryParseJson } from "./json.ts";
import { maxDepth } from "./limits.ts";
import { copyJson } from "./merge/accumulate.ts";
import { createJsonScanner } from "./tolerance/json-scanner.ts";

/** The member of a chunk whose text may be all that differs from the chunk before. */
export type GrowingMember = "content" | "reasoning_content" | "arguments";

interface Growing {
  readonly name: GrowingMember;
  readonly text: string;
}

/** A chunk that may come again with another text in it. */
export interface ChunkTemplate {
  /**
   * The chunk of data that is the template's but for its text, and its usage if it has one. `undefined` when it is not, or
   * when they are refused.
   */
  read(
    data: string,
    accept: (text: string, usage: JsonObject | undefined) => boolean,
  ): ChatCompletionChunk | undefined;
}

/** Random text that some servers add to every chunk, so that its length tells nothing. */
const padding = "obfuscation";

/** Whether the object has plain values only, but for these members. */
function isFlat(object: JsonObject, ...except: string[]): boolean {
  return Object.keys(object).every(
    (name) => object[name] === null || typeof object[name] !== "object" || except.includes(name),
  );
}

function hasOnly(value: unknown, ...names: string[]): value is JsonObject {
  return isJsonObject(value) && Object.keys(value).every((name) => names.includes(name));
}

/** The arguments of the one call a delta goes on with. */
function findArguments(calls: unknown): string | undefined {
  const call: unknown = Array.isArray(calls) && calls.length === 1 ? calls[0] : undefined;
  if (!hasOnly(call, "index", "function") || !hasOnly(call.function, "arguments")) return undefined;
  const { arguments: text } = call.function;
  return Number.isInteger(call.index) && typeof text === "string" ? text : undefined;
}

/**
 * The text that grows the answer, when the chunk, as the server sent it, needs no repair that depends on this text, and
 * when nothing else in it changes anything if it comes once more.
 */
export function findGrowingMember(chunk: JsonObject): Growing | undefined {
  const choice: unknown =
    Array.isArray(chunk.choices) && chunk.choices.length === 1 ? chunk.choices[0] : undefined;
  if (!isJsonObject(choice) || typeof choice.index !== "number" || choice.finish_reason !== null) {
    return undefined;
  }
  const { delta } = choice;
  if (!isJsonObject(delta) || !isFlat(chunk, "choices", "usage") || !isFlat(choice, "delta"))
    return undefined;
  if (Array.isArray(chunk.usage)) return undefined;
  let found: Growing | undefined;
  for (const name of Object.keys(delta)) {
    const value = delta[name];
    if (value === null || value === "" || (name === "role" && typeof value === "string")) continue;
    const text = name === "tool_calls" ? findArguments(value) : value;
    if (found !== undefined || typeof text !== "string" || text === "") return undefined;
    if (name === "tool_calls") found = { name: "arguments", text };
    else if (name === "content" || name === "reasoning_content") found = { name, text };
    else return undefined;
  }
  return found;
}

/** Where the value of the last member of that name begins and ends: a string, or an object. */
function findValue(data: string, name: string, isObject: boolean): [number, number] {
  const start = data.indexOf(isObject ? "{" : '"', data.lastIndexOf(`"${name}"`) + name.length + 2);
  let end = start + 1;
  if (isObject) {
    const scanner = createJsonScanner();
    for (scanner.push("{"); end < data.length && !scanner.isClosed(); end++) scanner.push(data.charAt(end));
    return [start, end];
  }
  while (end < data.length && data[end] !== '"') end += data[end] === "\\" ? 2 : 1;
  return [start, end + 1];
}

/** A text that is not this one. */
function unlike(text: unknown): string {
  return text === "1" ? "2" : "1";
}

/** The chunk with another text, sharing nothing with it. All but the places of its texts is flat. */
function withText(chunk: JsonObject, member: string, text: string): JsonObject {
  const [choice] = chunk.choices as [JsonObject];
  const delta = { ...(choice.delta as JsonObject) };
  if (member === "arguments") {
    const [call] = delta.tool_calls as [JsonObject];
    delta.tool_calls = [{ ...call, function: { arguments: text } }];
  } else delta[member] = text;
  return { ...chunk, choices: [{ ...choice, delta }] };
}

/**
 * A template of data and the chunk it is. Nearly all chunks of an answer are the same text but for a word, and for the
 * tokens counted or for padding: what was read once need not be read again. `undefined` when the data can't be one.
 *
 * Where a JSON text has a value, any other value makes a JSON text of the same structure: a match is as exact as parsing
 * is.
 */
export function createChunkTemplate(
  data: string,
  member: GrowingMember,
  chunk: ChatCompletionChunk,
): ChunkTemplate | undefined {
  const kept = copyJson(chunk) as unknown as JsonObject;
  const isCounted = isJsonObject(kept.usage);
  const extra = isCounted ? "usage" : typeof kept[padding] === "string" ? padding : undefined;
  const [start, end] = findValue(data, member, false);
  const [extraStart, extraEnd] = extra === undefined ? [end, end] : findValue(data, extra, isCounted);
  if (extraStart < end) return undefined;
  const head = data.slice(0, start);
  const middle = data.slice(end, extraStart);
  const tail = data.slice(extraEnd);

  // The values were found by their names, which may stand elsewhere too: other values must show in their places.
  const text = unlike(findGrowingMember(kept)?.text);
  const other = isCounted ? { "": unlike((kept.usage as JsonObject)[""]) } : unlike(kept[padding]);
  const written = extra === undefined ? "" : middle + JSON.stringify(other);
  const probe = tryParseJson(`${head}"${text}"${written}${tail}`)?.value;
  if (!isJsonObject(probe) || findGrowingMember(probe)?.text !== text) return undefined;
  if (extra !== undefined && JSON.stringify(probe[extra]) !== JSON.stringify(other)) return undefined;

  return {
    read(again, accept) {
      const from = head.length;
      const to = again.length - tail.length;
      if (from > to || again.slice(0, from) !== head || again.slice(to) !== tail) return undefined;
      const between = extra === undefined ? to : again.indexOf(middle, from);
      const after = between + middle.length;
      // Nothing short is nested too deeply.
      if (between === -1 || after > to || (isCounted && to - after > maxDepth)) return undefined;
      try {
        const grown: unknown = JSON.parse(again.slice(from, between));
        const added: unknown = extra === undefined ? undefined : JSON.parse(again.slice(after, to));
        if (
          typeof grown !== "string" ||
          (isCounted ? !isJsonObject(added) : typeof added !== typeof kept[padding])
        ) {
          return undefined;
        }
        if (!accept(grown, isCounted ? (added as JsonObject) : undefined)) return undefined;
        const filled = withText(kept, member, grown);
        if (extra !== undefined) filled[extra] = added;
        return filled as unknown as ChatCompletionChunk;
      } catch {
        return undefined;
      }
    },
  };
}
