import type { OpenAPIDocument, OperationEntry } from "../document.ts";
import { DocumentError, type Problem } from "../document-error.ts";
import { asArray, asObject } from "../json.ts";
import { uniqueName } from "../names.ts";
import type { HelperEntry } from "./build-helpers.ts";
import type { Resource } from "./ir.ts";
import { type ResourcePath, resourcePathOf } from "./resource-path.ts";

interface Node {
  readonly name: string;
  readonly methods: Map<string, { operation: string; pointer: string; declared: boolean }>;
  readonly helpers: Map<string, string>;
  readonly resources: Map<string, Node>;
}

/**
 * Hangs the operations into a tree of resources. A derived place that is taken gives way to the operation's own id;
 * two operations that were told to take one place are an error.
 *
 * @throws {DocumentError} naming both operations
 */
export function resourceTree(
  document: OpenAPIDocument,
  entries: readonly OperationEntry[],
  helpers: readonly HelperEntry[],
  source: string,
): Resource {
  const root: Node = newNode("");
  const problems: Problem[] = [];
  const placed = entries.map((entry) => ({ entry, place: resourcePathOf(document, entry) }));
  // What was declared goes first, so that a derived name never takes its place.
  for (const { entry, place } of placed.toSorted(
    (a, b) => Number(b.place.declared) - Number(a.place.declared),
  )) {
    hang(root, entry, place, problems, source);
  }
  const clashes = [...clashesIn(root, source)];
  for (const entry of helpers) hangHelper(root, entry, clashes, source);
  if (problems.length + clashes.length > 0) throw new DocumentError([...problems, ...clashes]);
  const order = new Map(entries.map((entry, index) => [String(entry.operation.operationId), index]));
  return finish(root, document, order);
}

function newNode(name: string): Node {
  return { name, methods: new Map(), helpers: new Map(), resources: new Map() };
}

function nodeAt(root: Node, path: readonly string[]): Node {
  let node = root;
  for (const name of path) {
    let next = node.resources.get(name);
    if (next === undefined) {
      next = newNode(name);
      node.resources.set(name, next);
    }
    node = next;
  }
  return node;
}

/** A helper stands beside the methods of its operation's resource; its name was declared, so it gives way to none. */
function hangHelper(
  root: Node,
  { helper, resources, pointer }: HelperEntry,
  problems: Problem[],
  source: string,
): void {
  const node = nodeAt(root, resources);
  const { name, id } = helper;
  if (node.methods.has(name) || node.helpers.has(name) || node.resources.has(name)) {
    const place = [...resources, name].join(".");
    problems.push({
      source,
      pointer,
      message: `it makes ${place}, which there is already: give it another name.`,
    });
  } else node.helpers.set(name, id);
}

function hang(
  root: Node,
  entry: OperationEntry,
  place: ResourcePath,
  problems: Problem[],
  source: string,
): void {
  const node = nodeAt(root, place.resources);
  const operation = String(entry.operation.operationId);
  const present = node.methods.get(place.method);
  if (present === undefined) {
    node.methods.set(place.method, { operation, pointer: entry.pointer, declared: place.declared });
  } else if (place.declared) {
    const name = [...place.resources, place.method].join(".");
    problems.push({
      source,
      pointer: entry.pointer,
      message: `x-hawser-method says ${name}, which is already the operation at ${present.pointer}.`,
    });
  } else giveWay(node, { operation, pointer: entry.pointer, declared: false });
}

/** A derived method whose place is taken is called by the operation's own id. */
function giveWay(node: Node, method: { operation: string; pointer: string; declared: boolean }): void {
  node.methods.set(
    uniqueName(method.operation, new Set([...node.methods.keys(), ...node.resources.keys()])),
    method,
  );
}

/** A method and a resource of one name: a derived method gives way, a declared one is a problem. */
function* clashesIn(node: Node, source: string): Generator<Problem> {
  for (const [name, method] of [...node.methods]) {
    if (!node.resources.has(name)) continue;
    if (!method.declared) {
      node.methods.delete(name);
      giveWay(node, method);
      continue;
    }
    yield {
      source,
      pointer: method.pointer,
      message: `its method would be called ${name}, as is a resource beside it: give it another name with x-hawser-method.`,
    };
  }
  for (const child of node.resources.values()) yield* clashesIn(child, source);
}

function finish(node: Node, document: OpenAPIDocument, order: Map<string, number>): Resource {
  const tag = asArray(document.tags)
    .map(asObject)
    .find(({ name }) => String(name).replaceAll(/[\s-]/g, "").toLowerCase() === node.name.toLowerCase());
  const rank = (operation: string) => order.get(operation) ?? 0;
  return {
    name: node.name,
    ...(typeof tag?.description === "string" && node.name !== "" && { description: tag.description }),
    methods: [...node.methods]
      .map(([name, { operation }]) => ({ name, operation }))
      .toSorted((a, b) => rank(a.operation) - rank(b.operation)),
    helpers: [...node.helpers].map(([name, helper]) => ({ name, helper })),
    resources: [...node.resources.values()].map((child) => finish(child, document, order)),
  };
}
