import {
  dereference,
  type OpenAPIDocument,
  operationsOf,
  schemaNameOf,
  schemaReference,
  schemasOf,
  successesOf,
} from "../document.ts";
import { asObject, isObject, type JsonObject } from "../json.ts";
import { encodingOf, type StreamFraming } from "../media-types.ts";
import { pascalCase, uniqueName } from "../names.ts";
import { choiceOf, type StreamChoice } from "../streams/choice-of.ts";
import { dialectOf, misfitOf, type StreamDialect } from "../streams/dialect-of.ts";
import { readItems, type StreamItems } from "../streams/read-items.ts";
import { itemSchemaFrom, readParts } from "../streams/sequence-items.ts";
import { streamFramingOf } from "../streams/stream-framing-of.ts";
import type { Pass } from "./report.ts";

/** What `x-hawser-stream` holds at an operation once this pass is done. */
export interface StreamExtension extends StreamChoice {
  /** The flag is always sent, since the server streams when it isn't told. */
  readonly explicit?: boolean;
  readonly status: string;
  readonly mediaType: string;
  readonly framing: StreamFraming;
  readonly item: StreamItems["item"];
  readonly events: readonly { readonly name?: string; readonly schema: JsonObject }[];
  readonly sentinel?: string;
  readonly error?: JsonObject;
  /** The protocol whose items add up to one answer. */
  readonly dialect?: StreamDialect;
}

/**
 * Every operation that can answer with a stream says so in one form, `x-hawser-stream`, whichever of the ways documents
 * describe a stream its own is. What an overlay wrote there goes before what the schemas say.
 */
export const streams: Pass = (document, report) => {
  const schemas = schemasOf(document);
  const taken = new Set(Object.keys(schemas));
  const named = (schema: unknown, name: string): JsonObject => {
    if (isObject(schema) && schemaNameOf(schema.$ref) !== undefined) return schema;
    const unique = uniqueName(name, taken);
    schemas[unique] = schema;
    return { $ref: schemaReference(unique) };
  };

  for (const { operation, pointer } of operationsOf(document)) {
    const found = streamAnswer(document, operation);
    const given = asObject(operation["x-hawser-stream"]);
    // Already in this form.
    if (Array.isArray(given.events)) continue;
    if (found === undefined) {
      if (operation["x-hawser-stream"] !== undefined) {
        report.problem(
          pointer,
          "x-hawser-stream is set, but no 2xx answer has a sequential media type such as text/event-stream.",
        );
      }
      continue;
    }
    const chosen = choiceOf(document, operation, found, given.flag);
    if (typeof chosen === "string") {
      report.problem(
        pointer,
        `it answers ${found.mediaType} or JSON, and nothing says which request asks for which: ${chosen}`,
      );
      continue;
    }
    const items = itemsOf(document, found, given.itemSchema);
    const base = pascalCase(String(operation.operationId));
    const sentinel = given.sentinel ?? found.media["x-speakeasy-sse-sentinel"] ?? items.sentinel;
    const events = items.events.map(({ name, schema }) => ({
      ...(name !== undefined && { name }),
      schema: named(
        schema,
        name === undefined ? `${base}Event` : `${base}${pascalCase(name).replace(/^_/, "")}Event`,
      ),
    }));
    const schemasOfEvents = events.map(({ schema }) => schema);
    const isPlain = found.framing === "json-sequence" || found.framing === "multipart-mixed";
    for (const key of ["dialect", "item"] as const) {
      if (!isPlain || given[key] === undefined) continue;
      const message = `a stream of ${found.mediaType} has no ${key} to choose: its items are values of their own.`;
      report.problem(`${pointer}/x-hawser-stream/${key}`, message);
    }
    const dialect = isPlain
      ? undefined
      : ((given.dialect as StreamDialect | undefined) ?? dialectOf(document, schemasOfEvents));
    const misfit = dialect && misfitOf(document, dialect, schemasOfEvents);
    if (misfit !== undefined) {
      report.problem(
        `${pointer}/x-hawser-stream/dialect`,
        `the stream can't be of the dialect "${dialect}": ${misfit}.`,
      );
    }
    if (given.explicit === true && chosen.mode !== "flag") {
      const why =
        chosen.mode === "always" ? "the operation only streams" : "the Accept header asks for the stream";
      report.problem(`${pointer}/x-hawser-stream/explicit`, `${why}, so that there is no flag to send.`);
    }
    // Events of these dialects name themselves, so that the name beside the data says nothing more.
    const isTyped = dialect === "responses" || dialect === "messages";
    const item = isTyped ? "payload" : ((given.item as StreamExtension["item"] | undefined) ?? items.item);
    const stream: StreamExtension = {
      ...chosen,
      ...(given.explicit === true && { explicit: true }),
      status: found.status,
      mediaType: found.mediaType,
      framing: found.framing,
      item,
      events,
      ...(typeof sentinel === "string" && { sentinel }),
      ...(items.error !== undefined && { error: named(items.error, `${base}StreamError`) }),
      ...(dialect !== undefined && { dialect }),
    };
    operation["x-hawser-stream"] = stream;
    report.change({
      rule: "streams",
      pointer: `${pointer}/x-hawser-stream`,
      ...(Object.keys(given).length > 0 && { before: given }),
      after: stream,
      reason: "A stream is described in one form, whichever form the document has.",
    });
  }
};

/** What the document, or an overlay before it, says of the items of a stream. */
function itemsOf(document: OpenAPIDocument, { framing, media }: StreamAnswer, given: unknown): StreamItems {
  const said = given ?? media.itemSchema;
  if (framing === "multipart-mixed") return readParts(document, media, said);
  const whole = framing === "server-sent-events" ? media.schema : itemSchemaFrom(document, media.schema);
  return readItems(document, said ?? whole, framing);
}

interface StreamAnswer {
  readonly status: string;
  readonly mediaType: string;
  readonly framing: StreamFraming;
  readonly media: JsonObject;
  /** The statuses under which the operation can also answer with JSON. */
  readonly alternatives: readonly string[];
}

function streamAnswer(document: OpenAPIDocument, operation: JsonObject): StreamAnswer | undefined {
  let answer: Omit<StreamAnswer, "alternatives"> | undefined;
  const alternatives: string[] = [];
  for (const [status, value] of successesOf(operation)) {
    for (const [mediaType, media] of Object.entries(
      asObject(asObject(dereference(document, value)).content),
    )) {
      const framing = streamFramingOf(document, mediaType, media);
      if (framing !== undefined)
        answer ??= { status, mediaType, framing, media: asObject(dereference(document, media)) };
      else if (encodingOf(mediaType) === "json") alternatives.push(status);
    }
  }
  return answer && { ...answer, alternatives };
}
