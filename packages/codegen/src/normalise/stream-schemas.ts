import {
  dereference,
  type OpenAPIDocument,
  operationsOf,
  schemaNameOf,
  schemaReference,
  schemasOf,
} from "../document.ts";
import { asObject, isObject, type JsonObject, joinPointer } from "../json.ts";
import { walkDocument, walkSchema } from "../walk-document.ts";
import type { Pass } from "./report.ts";
import type { StreamExtension } from "./streams.ts";

/**
 * What `x-hawser-stream` says is no longer said by the media type, and schemas that only described the envelope of its
 * events (`{ data: Chunk }`, the terminal marker) are left out: callers never hold a value of them. A schema that
 * anything else refers to, or that nothing refers to, stays.
 */
export const streamSchemas: Pass = (document, report) => {
  const envelopes: unknown[] = [];
  for (const { operation, pointer } of operationsOf(document)) {
    const stream = operation["x-hawser-stream"] as StreamExtension | undefined;
    if (stream === undefined) continue;
    const response = asObject(dereference(document, asObject(operation.responses)[stream.status]));
    const media = asObject(dereference(document, asObject(response.content)[stream.mediaType]));
    for (const key of ["schema", "itemSchema"] as const) {
      if (media[key] === undefined) continue;
      envelopes.push(media[key]);
      report.change({
        rule: "stream-schemas",
        pointer: joinPointer(pointer, "responses", stream.status, "content", stream.mediaType, key),
        before: media[key],
        reason: "x-hawser-stream says it.",
      });
      delete media[key];
    }
  }

  const schemas = schemasOf(document);
  const suspects = reachable(schemas, envelopes.flatMap(namesIn));
  const roots = Object.keys(schemas).filter((name) => !suspects.has(name));
  const kept = reachable(schemas, [...roots, ...namesOutsideSchemas(document)]);
  for (const name of suspects) {
    if (kept.has(name)) continue;
    const before = schemas[name];
    delete schemas[name];
    report.change({
      rule: "stream-schemas",
      pointer: schemaReference(name),
      before,
      reason: "Only the envelope of a stream's events referred to it.",
    });
  }
};

/** The named schemas and all they refer to, directly or not. */
function reachable(schemas: JsonObject, names: readonly string[]): Set<string> {
  const found = new Set<string>();
  const open = [...names];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name) || schemas[name] === undefined) continue;
    found.add(name);
    open.push(...namesIn(schemas[name]));
  }
  return found;
}

function namesIn(schema: unknown): string[] {
  const names: string[] = [];
  walkSchema(schema, (object) => collect(object, names));
  return names;
}

function namesOutsideSchemas({ components, ...document }: OpenAPIDocument): string[] {
  const names: string[] = [];
  const { schemas: _schemas, ...others } = asObject(components);
  walkDocument({ ...document, components: others }, (object) => collect(object, names));
  return names;
}

function collect(object: JsonObject, names: string[]): void {
  const mapping = isObject(object.discriminator) ? Object.values(asObject(object.discriminator.mapping)) : [];
  for (const reference of [object.$ref, ...mapping]) {
    const name = schemaNameOf(reference);
    if (name !== undefined) names.push(name);
  }
}
