import { InvalidRequestError } from "./errors.ts";

/** A parameter's value, told apart once so that the styles need not look again. Texts are not encoded yet. */
export type ParameterValue =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly string[] }
  | { readonly kind: "object"; readonly members: readonly (readonly [name: string, text: string])[] };

/** Names operation and parameter in messages, e.g. `listVideos: the query parameter "limit"`. */
export type Subject = string;

function scalar(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint")
    return String(value);
  // A date, a URL, a date of some library: what it is in JSON.
  const written = (value as { toJSON?(): unknown } | null | undefined)?.toJSON?.();
  return typeof written === "string" ? written : undefined;
}

/** Whether an object shows its members: a Map, a Set or a promise would be sent as nothing. */
function hasMembers(value: unknown): value is object {
  return Object.prototype.toString.call(value) === "[object Object]";
}

function requireScalar(value: unknown, subject: Subject): string {
  const text = scalar(value);
  if (text !== undefined) return text;
  const found =
    value === null ? "null" : value instanceof Date ? "an invalid Date" : `a value of type ${typeof value}`;
  throw new InvalidRequestError(`${subject} is ${found}, which can't be written into a URL or header.`);
}

/** `lt` makes `[lt]`, and `price[lt]` makes `[price][lt]`: what stands behind the name of what it is a member of. */
export function bracketed(key: string): string {
  return key.replace(/^[^[]+/, "[$&]");
}

/** Members of an object; those inside other objects and lists under names with brackets: `filter[price][lt]`. */
function* flatten(object: object, subject: Subject, nested: boolean): Generator<[string, string]> {
  for (const [name, value] of Object.entries(object)) {
    if (value === undefined || value === null) continue;
    const inside = `${subject}, member "${name}",`;
    if (!nested || scalar(value) !== undefined) {
      yield [name, requireScalar(value, inside)];
      continue;
    }
    const list = Array.isArray(value);
    const members: Iterable<[string, string]> = flatten(value, inside, true);
    for (const [key, text] of members) {
      // A list repeats its name; positions mean nothing to the servers that read this style.
      const rest = list ? key.replace(/^\d+/, "") : bracketed(key);
      yield [`${name}${rest}`, text];
    }
  }
}

/**
 * Tells a parameter's value apart.
 *
 * @param nested - whether members of an object may be objects and lists themselves (style `deepObject`).
 * @throws InvalidRequestError for what can't be written as text: functions, null in lists, objects in lists.
 */
export function readParameterValue(value: unknown, subject: Subject, nested = false): ParameterValue {
  if (Array.isArray(value)) {
    return {
      kind: "list",
      items: value.map((item, index) => requireScalar(item, `${subject}, item ${index},`)),
    };
  }
  if (scalar(value) === undefined && hasMembers(value))
    return { kind: "object", members: [...flatten(value, subject, nested)] };
  return { kind: "text", text: requireScalar(value, subject) };
}
