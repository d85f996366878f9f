import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parse } from "yaml";
import { DocumentError } from "../document-error.ts";
import { isObject } from "../json.ts";

/** An OpenAPI Overlay document. */
export interface Overlay {
  /** The path it was read from. */
  readonly source: string;
  /** The actions, in order, as written. */
  readonly actions: readonly unknown[];
}

/**
 * Reads an OpenAPI Overlay document (1.0 or 1.1; YAML or JSON).
 *
 * @throws {DocumentError} when it can't be read or parsed, or isn't an overlay
 */
export async function loadOverlay(path: string): Promise<Overlay> {
  const source = resolve(path);
  const fail = (message: string): never => {
    throw new DocumentError([{ source, pointer: "", message }]);
  };
  const text = await readFile(source, "utf8").catch(() => fail("there is no such overlay file."));
  let overlay: unknown;
  try {
    overlay = parse(text);
  } catch (error) {
    return fail(
      `this does not parse as YAML or JSON: ${String(error instanceof Error ? error.message : error).split("\n")[0]}`,
    );
  }
  if (!isObject(overlay) || !/^1\.[01]\./.test(String(overlay.overlay)) || !Array.isArray(overlay.actions)) {
    return fail(
      'this is not an overlay: it should begin with "overlay: 1.1.0" and hold a list of "actions".',
    );
  }
  return { source, actions: overlay.actions };
}
