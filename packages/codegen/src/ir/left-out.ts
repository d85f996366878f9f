import { dereference, type OpenAPIDocument, operationsOf } from "../document.ts";
import { asObject } from "../json.ts";
import type { Change } from "../normalise/report.ts";
import type { IR, Resource } from "./ir.ts";
import { resourcePathOf } from "./resource-path.ts";

/**
 * What the representation does not have although the document does: other encodings of a body than the one that is
 * sent, and the places of operations that gave way to others.
 */
export function leftOut(document: OpenAPIDocument, ir: IR): Change[] {
  const places = placesIn(ir.resources);
  return [...operationsOf(document)].flatMap((entry) => {
    const { operation, pointer } = entry;
    const changes: Change[] = [];
    const id = String(operation.operationId);
    const body = asObject(dereference(document, operation.requestBody));
    const mediaTypes = Object.keys(asObject(body.content));
    const sent = ir.operations.find((candidate) => candidate.id === id)?.body?.mediaType;
    if (mediaTypes.length > 1 && sent !== undefined) {
      changes.push({
        rule: "body-encodings",
        pointer: `${pointer}/requestBody/content`,
        before: mediaTypes,
        after: sent,
        reason: "A body is sent in one encoding: that of JSON goes first, then forms, text and bytes.",
      });
    }
    const { resources, method, declared } = resourcePathOf(document, entry);
    const before = [...resources, method].join(".");
    const after = places.get(id);
    if (!declared && after !== undefined && after !== before) {
      changes.push({
        rule: "method-names",
        pointer,
        before,
        after,
        reason: "The name is taken beside it: say with x-hawser-method what it is to be called.",
      });
    }
    return changes;
  });
}

function placesIn(resource: Resource, path: readonly string[] = []): Map<string, string> {
  const places = new Map(
    resource.methods.map(({ name, operation }) => [operation, [...path, name].join(".")]),
  );
  for (const child of resource.resources) {
    for (const [id, place] of placesIn(child, [...path, child.name])) places.set(id, place);
  }
  return places;
}
