import { DocumentError, type Problem } from "../document-error.ts";
import { isObject, type JsonObject, joinPointer } from "../json.ts";
import { type LoadOptions, openFile } from "../load/load-document.ts";

/** An OpenAPI Overlay document. */
export interface Overlay {
  /** The path or URL it was read from. */
  readonly source: string;
  /** The document it was written for, as written: a URI reference, relative to the overlay. */
  readonly extends?: string;
  /** The actions, in order, as written. */
  readonly actions: readonly unknown[];
}

/**
 * Reads an OpenAPI Overlay document (1.0 or 1.1; YAML or JSON).
 *
 * @param source a path or a URL
 * @throws {DocumentError} when it can't be read or parsed, or isn't an overlay
 */
export async function loadOverlay(source: string, options: LoadOptions = {}): Promise<Overlay> {
  const file = await openFile(source, options);
  return overlayFrom(file.parsed, file.source);
}

/**
 * Takes a parsed file for an overlay, once it has the members the specification asks for (Overlay Specification 1.1,
 * Overlay Object). Whether an action can be applied shows when it is.
 *
 * @throws {DocumentError} naming each member that is missing, of the wrong type, or not of an overlay
 */
export function overlayFrom(parsed: unknown, source: string): Overlay {
  const fail = (problems: readonly Omit<Problem, "source">[]): never => {
    throw new DocumentError(problems.map((problem) => ({ source, ...problem })));
  };
  if (!isObject(parsed) || !/^1\.[01]\.\d+$/.test(String(parsed.overlay))) {
    const message = 'this is not an overlay of version 1.0 or 1.1: it should begin with "overlay: 1.1.0".';
    return fail([{ pointer: "", message }]);
  }
  const problems = [...rootProblems(parsed), ...infoProblems(parsed.info)];
  if (problems.length > 0) fail(problems);
  return {
    source,
    ...(typeof parsed.extends === "string" && { extends: parsed.extends }),
    actions: parsed.actions as readonly unknown[],
  };
}

function* rootProblems(overlay: JsonObject): Generator<Omit<Problem, "source">> {
  yield* unknownMembers(overlay, ["overlay", "info", "extends", "actions"], "#");
  if (overlay.extends !== undefined && typeof overlay.extends !== "string")
    yield { pointer: "#/extends", message: "it should be the path or URL of a document." };
  if (!Array.isArray(overlay.actions) || overlay.actions.length === 0)
    yield { pointer: "#/actions", message: "an overlay needs a list of at least one action." };
}

function* infoProblems(info: unknown): Generator<Omit<Problem, "source">> {
  if (!isObject(info)) {
    yield { pointer: "#/info", message: 'an overlay needs an "info" with a "title" and a "version".' };
    return;
  }
  yield* unknownMembers(info, ["title", "version", "description"], "#/info");
  for (const name of ["title", "version", "description"]) {
    if (typeof info[name] === "string" || (name === "description" && info[name] === undefined)) continue;
    yield { pointer: joinPointer("#/info", name), message: `the ${name} of an overlay is a text.` };
  }
}

/** Members an object of an overlay has no use for: mistyped ones would be passed over in silence. */
export function* unknownMembers(
  object: JsonObject,
  known: readonly string[],
  pointer: string,
): Generator<Omit<Problem, "source">> {
  for (const name of Object.keys(object)) {
    if (known.includes(name) || name.startsWith("x-")) continue;
    const message = `it can't have a member "${name}", only ${known.join(", ")} and extensions that begin with x-.`;
    yield { pointer, message };
  }
}
