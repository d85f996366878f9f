import { dataOfAnswer, jsonAnswers } from "../answers.ts";
import { type OpenAPIDocument, type OperationEntry, operationsOf } from "../document.ts";
import { asArray, asObject, isObject, type Json, type JsonObject } from "../json.ts";
import { uniqueName } from "../names.ts";
import type { FinderExtension } from "../normalise/finders.ts";
import type { UploadExtension } from "../normalise/uploads.ts";
import { requiredParameters, type WaiterExtension } from "../normalise/waiters.ts";
import { operationId, operationNamed } from "../operation-named.ts";
import { schemasAt } from "../schema-at.ts";
import { helperId } from "./helper-names.ts";
import type { Acceptor, Creation, Finder, Helper, Outcome, Upload, Waiter } from "./ir.ts";
import { resourcePathOf } from "./resource-path.ts";

/** A helper, and where it is declared and hangs. */
export interface HelperEntry {
  readonly helper: Helper;
  /** The resources that lead to it: those of the operation it is about. */
  readonly resources: readonly string[];
  readonly pointer: string;
}

/** What the keys at operations declare to be made of several calls, in their order. */
export function buildHelpers(document: OpenAPIDocument): HelperEntry[] {
  const taken = new Set([...operationsOf(document)].map(({ operation }) => String(operation.operationId)));
  const name = (
    kind: Helper["kind"],
    method: string,
    { resources }: { resources: readonly string[] },
  ): string => {
    const short = helperId(kind, method, resources.slice(-1));
    // With all its resources before a number.
    return uniqueName(taken.has(short) ? helperId(kind, method, resources) : short, taken);
  };
  return [...operationsOf(document)].flatMap((entry) => [
    ...waitersAt(document, entry, name),
    ...findersAt(document, entry, name),
    ...uploadsAt(document, entry, name),
  ]);
}

type Name = (kind: Helper["kind"], method: string, place: { resources: readonly string[] }) => string;

function* waitersAt(document: OpenAPIDocument, entry: OperationEntry, nameOf: Name): Generator<HelperEntry> {
  const place = resourcePathOf(document, entry);
  for (const [name, value] of Object.entries(asObject(entry.operation["x-hawser-waiters"]))) {
    const { create, result, acceptors, ...waiter } = value as WaiterExtension;
    const helper: Waiter = {
      kind: "waiter",
      id: nameOf("waiter", name, place),
      name,
      operation: String(entry.operation.operationId),
      ...(result !== undefined && { result: operationId(document, result) }),
      ...waiter,
      acceptors: acceptors as readonly Acceptor[],
    };
    const pointer = `${entry.pointer}/x-hawser-waiters`;
    yield { helper, resources: place.resources, pointer };
    const creator = create && operationNamed(document, create.operation);
    if (create === undefined || creator === undefined) continue;
    const method = create.method ?? "createAndWait";
    const home = resourcePathOf(document, creator);
    const when = conditionOf(document, creator.operation, create.id);
    const creation: Creation = {
      kind: "creation",
      id: nameOf("creation", method, home),
      name: method,
      operation: String(creator.operation.operationId),
      waiter: helper.id,
      pointer: create.id,
      parameter: String(requiredParameters(document, entry.operation)[0]),
      ...(create.undo !== undefined && { undo: operationId(document, create.undo) }),
      ...(when !== undefined && { when }),
    };
    yield { helper: creation, resources: home.resources, pointer };
  }
}

/** What the body has to hold for the first of the answers that have an id. */
function conditionOf(
  document: OpenAPIDocument,
  operation: JsonObject,
  id: string,
): Outcome["when"] | undefined {
  const answer = jsonAnswers(document, operation).find(({ media }) =>
    dataOfAnswer(document, operation, media).some(({ schema }) => schemasAt(document, schema, id).length > 0),
  );
  const when = answer?.media["x-hawser-when"];
  return isObject(when)
    ? { property: String(when.property), values: asArray(when.values) as Json[] }
    : undefined;
}

function* findersAt(document: OpenAPIDocument, entry: OperationEntry, nameOf: Name): Generator<HelperEntry> {
  const place = resourcePathOf(document, entry);
  for (const [name, value] of Object.entries(asObject(entry.operation["x-hawser-finders"]))) {
    const helper: Finder = {
      kind: "finder",
      id: nameOf("finder", name, place),
      name,
      operation: String(entry.operation.operationId),
      ...(value as FinderExtension),
    };
    yield { helper, resources: place.resources, pointer: `${entry.pointer}/x-hawser-finders` };
  }
}

function* uploadsAt(document: OpenAPIDocument, entry: OperationEntry, nameOf: Name): Generator<HelperEntry> {
  if (!isObject(entry.operation["x-hawser-upload"])) return;
  const { method, ...upload } = entry.operation["x-hawser-upload"] as unknown as UploadExtension;
  const place = resourcePathOf(document, entry);
  const helper: Upload = {
    kind: "upload",
    id: nameOf("upload", method, place),
    name: method,
    operation: String(entry.operation.operationId),
    ...upload,
  };
  yield { helper, resources: place.resources, pointer: `${entry.pointer}/x-hawser-upload` };
}
