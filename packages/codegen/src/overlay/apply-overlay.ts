import { type JSONValue, query } from "json-p3";
import type { OpenAPIDocument } from "../document.ts";
import { DocumentError } from "../document-error.ts";
import { asObject, cloneJson, isObject, type JsonObject, joinPointer, resolvePointer } from "../json.ts";
import { type Overlay, unknownMembers } from "./load-overlay.ts";

/** How overlays are applied. */
export interface ApplyOptions {
  /**
   * True: an action whose target matches nothing changes nothing, as the Overlay Specification has it. Default: it is a
   * problem, since an overlay that silently stops fitting its document changes the client.
   */
  readonly allowUnmatchedActions?: boolean;
}

/**
 * Applies an overlay: each action in order, to a copy of the document.
 *
 * An object is merged into an object member by member, a list is joined to a list, anything else is appended to a list,
 * a single value replaces a single value (Overlay Specification 1.1, Action Object).
 *
 * @throws {DocumentError} naming the overlay and the action that can't be applied
 */
export function applyOverlay(
  document: OpenAPIDocument,
  overlay: Overlay,
  { allowUnmatchedActions = false }: ApplyOptions = {},
): OpenAPIDocument {
  const result = cloneJson(document);
  const earlier = new Map<string, number>();
  for (const [index, given] of overlay.actions.entries()) {
    const fail = (message: string): never => {
      throw new DocumentError([{ source: overlay.source, pointer: `#/actions/${index}`, message }]);
    };
    const text = JSON.stringify(given);
    const same = earlier.get(text);
    if (same !== undefined) fail(`it is the same as action ${same}: leave one of them out.`);
    earlier.set(text, index);

    const action = readAction(given, fail);
    const targets = select(result, action.target, fail);
    if (targets.length === 0) {
      if (allowUnmatchedActions) continue;
      return fail(`the target ${action.target} matches nothing in the document.`);
    }
    if (action.does === "remove") removeAll(result, targets, fail);
    else
      updateAll(
        result,
        targets,
        action.does === "copy" ? copied(result, action.path, fail) : action.value,
        fail,
      );
  }
  return result;
}

type Location = readonly (string | number)[];
type Fail = (message: string) => never;
type Action = { readonly target: string } & (
  | { readonly does: "remove" }
  | { readonly does: "update"; readonly value: unknown }
  | { readonly does: "copy"; readonly path: unknown }
);

function readAction(given: unknown, fail: Fail): Action {
  if (!isObject(given) || typeof given.target !== "string")
    return fail('an action needs a "target", a JSONPath.');
  const { target, update, copy, remove, description } = given;
  for (const { message } of unknownMembers(given, ["target", "description", "update", "copy", "remove"], ""))
    fail(message);
  if (description !== undefined && typeof description !== "string") fail("its description is a text.");
  if (remove !== undefined && typeof remove !== "boolean") fail('"remove" is true or false.');
  // That `update` counts for nothing beside `remove: true` is what the text of the specification says; its schema
  // forbids it from 1.1 on.
  if (remove === true && copy === undefined) return { target, does: "remove" };
  if (remove === true || (update === undefined) === (copy === undefined))
    return fail('an action needs one of "update", "copy" or "remove: true".');
  return copy === undefined
    ? { target, does: "update", value: update }
    : { target, does: "copy", path: copy };
}

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
  // What is copied may hold its own target.
  return cloneJson(valueAt(document, source));
}

function valueAt(document: JsonObject, location: Location): unknown {
  return resolvePointer(
    document,
    joinPointer("#", ...location.map((key) => (typeof key === "string" ? encodeURIComponent(key) : key))),
  );
}

function updateAll(document: JsonObject, targets: readonly Location[], update: unknown, fail: Fail): void {
  const [kind, ...others] = new Set(targets.map((location) => kindOf(valueAt(document, location))));
  if (others.length > 0)
    fail(`its target matches ${[kind, ...others].join(" and ")}, but it can be only one of them.`);
  for (const location of targets) updateAt(document, location, update, fail);
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
  setMember(parent, String(location.at(-1)), update);
}

function merge(target: JsonObject, update: JsonObject, fail: Fail): void {
  for (const [key, value] of Object.entries(update)) {
    const present = Object.hasOwn(target, key) ? target[key] : undefined;
    if (isObject(present) && isObject(value)) merge(present, value, fail);
    else if (Array.isArray(present) && Array.isArray(value)) present.push(...(cloneJson(value) as unknown[]));
    else if (present !== undefined && kindOf(present) !== kindOf(value)) {
      fail(`its member "${key}" is ${kindOf(present)} in the document and ${kindOf(value)} in the update.`);
    } else setMember(target, key, cloneJson(value));
  }
}

/** Sets a member whatever it is called: to assign `__proto__` would change what the object inherits from. */
function setMember(object: JsonObject, key: string, value: unknown): void {
  Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
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
