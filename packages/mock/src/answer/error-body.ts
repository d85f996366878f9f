import { isObject, type JsonObject } from "../json.ts";

/** One thing that is wrong with a request. */
export interface Fault {
  /** Where, without the leading `body` or `query`: `messages.0.role`; empty when it is the whole. */
  readonly path: readonly string[];
  readonly message: string;
}

const messageKeys = ["message", "detail", "error", "msg", "title"] as const;
const placeKeys = new Set(["path", "field", "loc", "location", "param", "name"]);

/**
 * An error body of the document, with its own words replaced by what is wrong with this request.
 *
 * Codes and types stay as they are. A `param` names the first place, or goes when there is none; a list of objects
 * with messages gets one object per fault. Gives `undefined` when the body has no place for a message.
 */
export function tellInBody(body: unknown, message: string, faults: readonly Fault[]): unknown {
  if (!isObject(body)) return undefined;
  const listed = faults.length > 0 ? faults : [{ path: [], message }];
  const told: JsonObject = Object.fromEntries(
    Object.entries(body).flatMap(([key, value]): [string, unknown][] => {
      if (key === "param") {
        const [first] = faults;
        return first === undefined || first.path.length === 0 ? [] : [[key, first.path.join(".")]];
      }
      return [[key, tellInLists(value, listed)]];
    }),
  );
  // The innermost error object holds the message; only its wrapper is called `error`.
  if (isObject(body.error)) {
    const inner = tellInBody(body.error, message, faults);
    return inner === undefined ? undefined : { ...told, error: inner };
  }
  for (const key of messageKeys) {
    if (typeof body[key] === "string") return { ...told, [key]: message };
  }
  return faultList(body) === undefined ? undefined : told;
}

/** Replaces the lists of faults in a value by the faults of this request. */
function tellInLists(value: unknown, faults: readonly Fault[]): unknown {
  if (Array.isArray(value)) {
    const [first] = value as unknown[];
    if (!isObject(first) || !hasMessage(first)) return value;
    return faults.map((fault) => tellInItem(first, fault));
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, tellInLists(member, faults)]));
}

function tellInItem(item: JsonObject, { path, message }: Fault): JsonObject {
  return Object.fromEntries(
    Object.entries(item).map(([key, value]) => {
      if (placeKeys.has(key)) return [key, Array.isArray(value) ? [...path] : path.join(".")];
      return [key, key === "message" || key === "msg" ? message : value];
    }),
  );
}

function hasMessage(item: JsonObject): boolean {
  return typeof item.message === "string" || typeof item.msg === "string";
}

function faultList(body: JsonObject): unknown {
  return Object.values(body).find(
    (value) => Array.isArray(value) && isObject(value[0]) && hasMessage(value[0]),
  );
}
