import { type JSONValue, query } from "json-p3";
import type { OpenAPIDocument } from "../document.ts";
import { DocumentError } from "../document-error.ts";
import { asObject, cloneJson, isObject, type JsonObject, joinPointer, resolvePointer } from "../json.ts";
import type { Overlay } from "./load-overlay.ts";

/**
 * Applies an overlay: each action in order, to a copy of the document.
 *
 * An object is merged into an object member by member, an array is appended to an array, a single value replaces a
 * single value (OpenAPI Overlay 1.1, Action Object). An action whose target matches nothing is a problem, which is
 * stricter than the specification: an overlay that silently stops fitting its document changes the client.
 *
 * @throws {DocumentError} naming the overlay and the action that can't be applied
 */
export function applyOverlay(document: OpenAPIDocument, overlay: Overlay): OpenAPIDocument {
  const result = cloneJson(document);
  for (const [index, action] of overlay.actions.entries()) {
    const fail = (message: string): never => {
      throw new DocumentError([{ source: overlay.source, pointer: `#/actions/${index}`, message }]);
    };
    if (!isObject(action) || typeof action.target !== "string")
      return fail('an action needs a "target", a JSONPath.');
    const targets = select(result, action.target, fail);
    if (targets.length === 0) return fail(`the target ${action.target} matches nothing in the document.`);
    if (action.remove === true) {
      removeAll(result, targets, fail);
      continue;
    }
    if ((action.update === undefined) === (action.copy === undefined)) {
      return fail('an action needs one of "update", "copy" or "remove: true".');
    }
    const update = action.copy === undefined ? action.update : copied(result, action.copy, fail);
    for (const location of targets) updateAt(result, location, update, fail);
  }
  return result;
}

type Location = readonly (string | number)[];
type Fail = (message: string) => never;

function select(document: JsonObject, path: string, fail: Fail): Location[] {
  try {
    const locations = query(path, document as JSONValue).nodes.map((node) => node.location);
    // One place may match twice, and is still one place.
    return [...new Map(locations.map((location) => [JSON.stringify(location), location])).values()];
  } catch (error) {
    return fail(
      `${path} is not a JSONPath (RFC 9535): ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}

function copied(document: JsonObject, path: unknown, fail: Fail): unknown {
  if (typeof path !== "string") return fail('"copy" takes a JSONPath.');
  const [source, ...others] = select(document, path, fail);
  if (source === undefined || others.length > 0)
    return fail(`"copy" needs exactly one match, ${path} has ${source ? others.length + 1 : 0}.`);
  return valueAt(document, source);
}

function valueAt(document: JsonObject, location: Location): unknown {
  return resolvePointer(
    document,
    joinPointer("#", ...location.map((key) => (typeof key === "string" ? encodeURIComponent(key) : key))),
  );
}

function updateAt(document: JsonObject, location: Location, update: unknown, fail: Fail): void {
  const target = valueAt(document, location);
  if (Array.isArray(target)) {
    target.push(...(Array.isArray(update) ? cloneJson(update) : [cloneJson(update)]));
    return;
  }
  if (kindOf(update) !== kindOf(target))
    fail(`the target is ${kindOf(target)}, so the update can't be ${kindOf(update)}.`);
  if (isObject(target)) {
    merge(target, asObject(update), fail);
    return;
  }
  // The root is an object, so a single value has a parent.
  const parent = valueAt(document, location.slice(0, -1)) as JsonObject;
  parent[String(location.at(-1))] = update;
}

function merge(target: JsonObject, update: JsonObject, fail: Fail): void {
  for (const [key, value] of Object.entries(update)) {
    const present = Object.hasOwn(target, key) ? target[key] : undefined;
    if (isObject(present) && isObject(value)) merge(present, value, fail);
    else if (Array.isArray(present) && Array.isArray(value)) present.push(...(cloneJson(value) as unknown[]));
    else if (present !== undefined && kindOf(present) !== kindOf(value)) {
      fail(`its member "${key}" is ${kindOf(present)} in the document and ${kindOf(value)} in the update.`);
    } else
      Object.defineProperty(target, key, {
        value: cloneJson(value),
        enumerable: true,
        writable: true,
        configurable: true,
      });
  }
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return isObject(value) ? "an object" : "a single value";
}

function removeAll(document: JsonObject, targets: readonly Location[], fail: Fail): void {
  // Inner places before outer ones and later items before earlier ones, so that a place still means what it meant when
  // it was matched.
  const ordered = targets.toSorted((a, b) => b.length - a.length || Number(b.at(-1)) - Number(a.at(-1)) || 0);
  for (const location of ordered) {
    const key = location.at(-1);
    if (key === undefined) fail("the whole document can't be removed.");
    const parent = valueAt(document, location.slice(0, -1));
    if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else if (isObject(parent)) delete parent[String(key)];
  }
}
