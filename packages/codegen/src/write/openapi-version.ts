import type { OpenAPIDocument } from "../document.ts";
import { DocumentError, type Problem } from "../document-error.ts";
import { asObject, cloneJson, isObject, type JsonObject, joinPointer } from "../json.ts";
import type { NormalisedDocument } from "../normalise/normalise.ts";
import type { Change } from "../normalise/report.ts";
import type { StreamExtension } from "../normalise/streams.ts";
import { walkDocument } from "../walk-document.ts";

/** The versions of OpenAPI a normalised document can be written in. */
export type OpenAPIVersion = "3.1" | "3.2";

/**
 * A normalised document in the words of one version of OpenAPI. What 3.1 has no words for is written as near as it
 * can be, or left out where it only describes; every change is told.
 *
 * @param source what the document is called in problems
 * @throws {DocumentError} for operations that 3.1 can't hold
 */
export function inVersion(
  document: OpenAPIDocument,
  version: OpenAPIVersion,
  source: string,
): NormalisedDocument {
  const result = cloneJson(document);
  const changes: Change[] = [];
  const change = (given: Omit<Change, "rule">) =>
    void changes.push(cloneJson({ rule: "openapi-version", ...given }));
  describeStreams(result, version, change);
  if (version === "3.1") rewrite(result, source, change);
  const wanted = version === "3.1" ? "3.1.1" : "3.2.0";
  if (!result.openapi.startsWith(`${version}.`)) {
    change({
      pointer: "#/openapi",
      before: result.openapi,
      after: wanted,
      reason: "The version that was asked for.",
    });
    result.openapi = wanted;
  }
  return { document: result, changes };
}

type Note = (change: Omit<Change, "rule">) => void;

/** Says in the words of the version what an item of a stream is; `x-hawser-stream` says it in ours. */
function describeStreams(document: OpenAPIDocument, version: OpenAPIVersion, change: Note): void {
  walkDocument(document, (operation, pointer) => {
    const stream = operation["x-hawser-stream"] as StreamExtension | undefined;
    if (!Array.isArray(stream?.events)) return;
    const { status, mediaType } = stream;
    const media = asObject(asObject(asObject(asObject(operation.responses)[status]).content)[mediaType]);
    const place = joinPointer(pointer, "responses", status, "content", mediaType);
    const [word, other, after] =
      version === "3.2"
        ? (["itemSchema", "schema", itemSchema(stream)] as const)
        : (["schema", "itemSchema", { type: "string" }] as const);
    const before = media[other];
    delete media[other];
    media[word] = after;
    const reason =
      version === "3.2"
        ? "OpenAPI 3.2 describes an item of a stream."
        : "OpenAPI 3.1 has no words for an item of a stream.";
    change({ pointer: joinPointer(place, word), ...(before !== undefined && { before }), after, reason });
  });
}

/** OpenAPI 3.2, "Special Considerations for Server-Sent Events": an event is an object of its fields. */
function itemSchema({ framing, events }: StreamExtension): JsonObject {
  const items = events.map(({ name, schema }) => {
    if (framing !== "server-sent-events") return schema;
    const data = { type: "string", contentMediaType: "application/json", contentSchema: schema };
    return {
      type: "object",
      required: ["data"],
      properties: { ...(name !== undefined && { event: { const: name } }), data },
    };
  });
  const [only = {}] = items;
  return items.length === 1 ? only : { oneOf: items };
}

/** Members that OpenAPI 3.2 added and that only describe, by the object they stand in. */
const descriptive: Readonly<Record<string, readonly string[]>> = {
  tags: ["summary", "parent", "kind"],
  servers: ["name"],
  securitySchemes: ["oauth2MetadataUrl", "deprecated"],
  flows: ["deviceAuthorization"],
  content: ["itemEncoding", "prefixEncoding", "itemSchema"],
};

function rewrite(document: OpenAPIDocument, source: string, change: Note): void {
  const problems: Problem[] = [];
  const drop = (object: JsonObject, key: string, pointer: string) => {
    if (object[key] === undefined) return;
    const before = object[key];
    delete object[key];
    change({ pointer: joinPointer(pointer, key), before, reason: "OpenAPI 3.1 has no such member." });
  };
  drop(document, "$self", "#");
  walkDocument(document, (object, pointer, kind) => {
    const [holder, member] = [pointer.split("/").at(-2) ?? "", pointer.split("/").at(-1) ?? ""];
    if (kind === "schema") {
      if (isObject(object.discriminator))
        drop(object.discriminator, "defaultMapping", joinPointer(pointer, "discriminator"));
      return;
    }
    for (const key of [
      ...(descriptive[holder] ?? []),
      ...(member === "flows" ? (descriptive.flows ?? []) : []),
    ])
      drop(object, key, pointer);
    if (holder === "paths" && object.query !== undefined) {
      const message =
        "it has a QUERY operation, which OpenAPI 3.1 can't describe: write the document in 3.2.";
      problems.push({ source, pointer, message });
    }
    if (holder === "responses" && object.$ref === undefined && object.description === undefined) {
      object.description = "";
      change({
        pointer: joinPointer(pointer, "description"),
        after: "",
        reason: "OpenAPI 3.1 asks for a description.",
      });
    }
    // Examples are data, which is not walked through.
    for (const [name, example] of Object.entries(asObject(object.examples)))
      if (isObject(example)) plainExample(example, joinPointer(pointer, "examples", name), change);
    if (object.style === "cookie") {
      object.style = "form";
      change({
        pointer: joinPointer(pointer, "style"),
        before: "cookie",
        after: "form",
        reason: "OpenAPI 3.1 has no style of cookies.",
      });
    }
  });
  if (problems.length > 0) throw new DocumentError(problems);
  inlineMediaTypes(document, change);
}

function plainExample(example: JsonObject, pointer: string, change: Note): void {
  const { dataValue, serializedValue } = example;
  if (dataValue === undefined && serializedValue === undefined) return;
  delete example.dataValue;
  delete example.serializedValue;
  example.value = dataValue ?? serializedValue;
  const before = {
    ...(dataValue !== undefined && { dataValue }),
    ...(serializedValue !== undefined && { serializedValue }),
  };
  change({ pointer, before, after: { value: example.value }, reason: "OpenAPI 3.1 calls it the value." });
}

/** A media type of OpenAPI 3.2 can be a reference; in 3.1 it stands where it is used. */
function inlineMediaTypes(document: OpenAPIDocument, change: Note): void {
  const shared = asObject(asObject(document.components).mediaTypes);
  walkDocument(document, (object, pointer, kind) => {
    if (kind === "schema" || !isObject(object.content)) return;
    for (const [mediaType, media] of Object.entries(object.content)) {
      const name = isObject(media) ? String(media.$ref ?? "").replace("#/components/mediaTypes/", "") : "";
      if (name === "" || !Object.hasOwn(shared, name)) continue;
      object.content[mediaType] = cloneJson(shared[name]);
      change({
        pointer: joinPointer(pointer, "content", mediaType),
        before: media,
        reason: "OpenAPI 3.1 has no shared media types.",
      });
    }
  });
  if (isObject(document.components)) delete document.components.mediaTypes;
}
