import { getMember, isJsonObject, type JsonObject, setMember } from "../json.ts";

/** Members whose text is said once or repeated, never continued. */
const identifiers = new Set([
  "id",
  "type",
  "name",
  "role",
  "format",
  "object",
  "status",
  "model",
  "provider",
]);

/** A copy that shares nothing with what it is made of, so that merging never changes what the consumer holds. */
export function copyJson<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((entry) => copyJson<unknown>(entry)) as Value;
  const result = { ...value } as JsonObject;
  for (const name in result) {
    if (typeof result[name] === "object") setMember(result, name, copyJson(result[name]));
  }
  return result as Value;
}

/** How many entries of a list at most may come in pieces at the same time. */
const maxInterleaved = 64;

/** The entry of a list that the next one continues: text with the same type, index and id. */
function findContinued(list: readonly unknown[], next: unknown): JsonObject | undefined {
  if (!isJsonObject(next) || typeof next.index !== "number") return undefined;
  const member = typeof next.text === "string" ? "text" : "summary";
  if (typeof next[member] !== "string") return undefined;
  // Of the last ones only: looking through all of a list that grows would cost the square of its length.
  const last = list
    .slice(-maxInterleaved)
    .findLast(
      (entry): entry is JsonObject =>
        isJsonObject(entry) && entry.index === next.index && entry.type === next.type,
    );
  if (last === undefined || typeof last[member] !== "string") return undefined;
  const sameId = next.id === undefined || next.id === null || last.id === undefined || last.id === null;
  return sameId || next.id === last.id ? last : undefined;
}

function appendAll(list: unknown[], next: readonly unknown[]): void {
  for (const entry of next) {
    const continued = findContinued(list, entry);
    if (continued === undefined) list.push(copyJson(entry));
    else accumulate(continued, entry as JsonObject);
  }
}

/**
 * Adds a member of a delta that this package does not know to what came before under its name: text is joined, lists
 * are appended to (entries with a text and the same `index` and `type` are continued), objects are merged member by
 * member, of anything else the last one holds. `null` adds nothing.
 */
export function accumulateMember(target: JsonObject, name: string, next: unknown): void {
  if (next === null || next === undefined) return;
  const previous = getMember(target, name);
  if (typeof previous === "string" && typeof next === "string") {
    setMember(target, name, identifiers.has(name) ? next : previous + next);
  } else if (Array.isArray(next)) {
    const list: unknown[] = Array.isArray(previous) ? previous : [];
    appendAll(list, next);
    setMember(target, name, list);
  } else if (isJsonObject(previous) && isJsonObject(next)) accumulate(previous, next);
  else setMember(target, name, copyJson(next));
}

/** Adds every member of an object to another, as `accumulateMember` does. */
export function accumulate(target: JsonObject, next: JsonObject): void {
  for (const name of Object.keys(next)) accumulateMember(target, name, next[name]);
}

/** Lets a member that is not `null` replace what came before under its name. */
export function replaceMember(target: JsonObject, name: string, next: unknown): void {
  if (next !== null && next !== undefined) setMember(target, name, copyJson(next));
}
