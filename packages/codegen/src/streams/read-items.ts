import { dereference, type OpenAPIDocument, variantsOf } from "../document.ts";
import { asArray, asObject, isObject, type JsonObject } from "../json.ts";
import { encodingOf, type StreamFraming } from "../media-types.ts";

/** What a stream's schema says of its items, whichever way it says it. */
export interface StreamItems {
  /**
   * `payload`: an item is the JSON an event carries. `envelope`: items differ by event name, so an item is
   * `{ event, data }`. `text`: nothing is said of the data, or that it is text. `part`: an item is the JSON of a part, or
   * `{ headers, data }` of a part that is none.
   */
  readonly item: "payload" | "envelope" | "text" | "part";
  /** The kinds of event, in the document's order; the schema is that of the data. */
  readonly events: readonly { readonly name?: string; readonly schema: unknown }[];
  /** The data of the event that ends the stream. */
  readonly sentinel?: string;
  /** The schema of the data of an `error` event. */
  readonly error?: unknown;
}

/** The members of a parsed server-sent event (WHATWG HTML, 9.2.6; OpenAPI 3.2, Special Considerations for SSE). */
const eventMembers = new Set(["data", "event", "id", "retry"]);

/**
 * Reads the `itemSchema` or `schema` of a sequential media type.
 *
 * For server-sent events, an object schema whose members are all members of a parsed event, `data` among them,
 * describes the event itself; any other describes the data the event carries. A variant whose `data` is a constant is
 * the terminal marker. A JSON line has no envelope, nor has a text of a sequence.
 */
export function readItems(document: OpenAPIDocument, schema: unknown, framing: StreamFraming): StreamItems {
  const target = asObject(dereference(document, schema));
  // A bare string says how the bytes look, not what they mean.
  const says = Object.keys(target).length > 0 && !isText(target);
  if (framing !== "server-sent-events") return { item: "payload", events: says ? [{ schema }] : [] };
  if (!says) return { item: "text", events: [] };
  return readEvents(document, isUnionOfEvents(document, target) ? variantsOf(target) : [schema]);
}

function readEvents(document: OpenAPIDocument, variants: readonly unknown[]): StreamItems {
  const events: { name?: string; schema: unknown }[] = [];
  let sentinel: string | undefined;
  let error: unknown;
  for (const variant of variants) {
    const members = membersOf(document, asObject(dereference(document, variant)));
    if (!isEnvelope(members)) {
      events.push({ schema: variant });
      continue;
    }
    const [marker, ...others] = constantsOf(document, members.data);
    const names = constantsOf(document, members.event);
    const schema = payloadOf(document, members.data);
    if (marker !== undefined && others.length === 0) {
      sentinel = marker;
      continue;
    }
    if (names.length === 0) events.push({ schema });
    for (const name of names) {
      if (name === "error") error = schema;
      else events.push({ name, schema });
    }
  }
  const named = events.some((event) => event.name !== undefined);
  const onlyText =
    !named &&
    events.length > 0 &&
    events.every((event) => isText(asObject(dereference(document, event.schema))));
  return {
    item: named ? "envelope" : onlyText ? "text" : "payload",
    events: onlyText ? [] : events,
    ...(sentinel !== undefined && { sentinel }),
    ...(error !== undefined && { error }),
  };
}

function isUnionOfEvents(document: OpenAPIDocument, schema: JsonObject): boolean {
  return variantsOf(schema).some((variant) =>
    isEnvelope(membersOf(document, asObject(dereference(document, variant)))),
  );
}

function isEnvelope(members: JsonObject): boolean {
  const names = Object.keys(members);
  return names.includes("data") && names.every((name) => eventMembers.has(name));
}

function membersOf(document: OpenAPIDocument, schema: JsonObject): JsonObject {
  const parts = asArray(schema.allOf).map((part) =>
    membersOf(document, asObject(dereference(document, part))),
  );
  return Object.assign({}, ...parts, asObject(schema.properties));
}

/** A string of which nothing more is said: not what JSON it holds, not which values it can have. */
function isText(schema: JsonObject): boolean {
  return (
    schema.type === "string" &&
    schema.contentSchema === undefined &&
    schema.const === undefined &&
    !schema.enum
  );
}

/** The values of a `const` or an `enum` of strings. */
function constantsOf(document: OpenAPIDocument, schema: unknown): string[] {
  const target = asObject(dereference(document, schema));
  const values = target.const === undefined ? asArray(target.enum) : [target.const];
  return values.filter((value) => typeof value === "string");
}

/** The schema of what the data holds: of the JSON in it when the document says that there is some. */
function payloadOf(document: OpenAPIDocument, data: unknown): unknown {
  const target = asObject(dereference(document, data));
  if (isObject(target) && target.contentSchema !== undefined) return target.contentSchema;
  const { contentMediaType } = target;
  return typeof contentMediaType === "string" && encodingOf(contentMediaType) === "json" ? {} : data;
}
