import { dereference, type OpenAPIDocument, variantsOf } from "../document.ts";
import { asArray, asObject, type JsonObject } from "../json.ts";

/** A protocol whose items add up to one answer. */
export type StreamDialect = "chat.completions" | "responses" | "messages";

/** Types of events that together no other protocol has. */
const telling: readonly (readonly [StreamDialect, readonly string[]])[] = [
  ["responses", ["response.created", "response.output_text.delta", "response.completed"]],
  ["messages", ["message_start", "content_block_delta", "message_stop"]],
];

/**
 * The protocol a stream speaks, when its schemas leave no doubt: chunks whose choices hold a delta are those of chat
 * completions, events of the types the Responses or the Messages API begins, goes on and ends with are theirs.
 */
export function dialectOf(
  document: OpenAPIDocument,
  schemas: readonly JsonObject[],
): StreamDialect | undefined {
  if (schemas.length === 0) return undefined;
  if (schemas.every((schema) => isChunk(document, schema))) return "chat.completions";
  const kinds = schemas.flatMap((schema) => kindsOf(document, schema, new Set()));
  if (!kinds.every(({ typed }) => typed)) return undefined;
  const types = kinds.flatMap(({ constants }) => constants);
  return telling.find(([, needed]) => needed.every((type) => types.includes(type)))?.[0];
}

/** Why the items of a stream can't be those of a protocol that was declared; `undefined` when they can. */
export function misfitOf(
  document: OpenAPIDocument,
  dialect: StreamDialect,
  schemas: readonly JsonObject[],
): string | undefined {
  if (dialect === "chat.completions") {
    const fits = schemas.every((schema) => isChunk(document, schema));
    return fits ? undefined : 'its items need "choices", each with a "delta"';
  }
  const fits = schemas.flatMap((schema) => kindsOf(document, schema, new Set())).every(({ typed }) => typed);
  return fits ? undefined : 'each of its events needs "type", a required string';
}

function isChunk(document: OpenAPIDocument, schema: JsonObject): boolean {
  const choices = asObject(dereference(document, membersOf(document, schema).choices));
  return "delta" in membersOf(document, choices.items);
}

interface Kind {
  /** Whether an item of this kind always says of which type it is. */
  readonly typed: boolean;
  readonly constants: readonly string[];
}

/** The variants an item can be, down to those that are no unions themselves. */
function kindsOf(document: OpenAPIDocument, schema: unknown, seen: Set<unknown>): Kind[] {
  const target = asObject(dereference(document, schema));
  if (seen.has(target)) return [];
  seen.add(target);
  const members = membersOf(document, target);
  const variants = variantsOf(target);
  if (variants.length > 0 && members.type === undefined)
    return variants.flatMap((variant) => kindsOf(document, variant, seen));
  const type = asObject(dereference(document, members.type));
  const given = type.const === undefined ? asArray(type.enum) : [type.const];
  const constants = given.filter((value) => typeof value === "string");
  const text = constants.length > 0 ? constants.length === given.length : type.type === "string";
  return [{ typed: text && requires(document, target, "type"), constants }];
}

function requires(document: OpenAPIDocument, schema: unknown, member: string): boolean {
  const target = asObject(dereference(document, schema));
  return (
    asArray(target.required).includes(member) ||
    asArray(target.allOf).some((part) => requires(document, part, member))
  );
}

function membersOf(document: OpenAPIDocument, schema: unknown): JsonObject {
  const target = asObject(dereference(document, schema));
  return Object.assign(
    {},
    ...asArray(target.allOf).map((part) => membersOf(document, part)),
    asObject(target.properties),
  );
}
