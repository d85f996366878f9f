import { dirname } from "node:path";
import type { OpenAPIDocument } from "../document.ts";
import { DocumentError } from "../document-error.ts";
import { isObject } from "../json.ts";
import { type ApplyOptions, applyOverlay } from "../overlay/apply-overlay.ts";
import { loadOverlay, type Overlay, overlayFrom } from "../overlay/load-overlay.ts";
import {
  absoluteSource,
  bundleDocument,
  type LoadedDocument,
  type LoadOptions,
  openFile,
} from "./load-document.ts";
import { isRemote } from "./remote-reader.ts";

/** A document, and what is laid over it. */
export interface SourceOptions extends LoadOptions, ApplyOptions {
  /** Path or URL of the OpenAPI document, or of an overlay that says with `extends` which document it is for. */
  readonly document: string;
  /** Paths or URLs of overlays, applied in this order. */
  readonly overlays?: readonly string[];
}

/**
 * Reads a document and its overlays, and applies them. When an overlay stands in the document's place, the document is
 * the one it extends (Overlay Specification 1.1, Overlay Object), and the overlay is applied first.
 *
 * @throws {DocumentError} for what can't be read, and for actions that can't be applied
 */
export async function loadOverlaid(options: SourceOptions): Promise<LoadedDocument> {
  const { base, extending } = await findDocument(options.document, options, []);
  const given = await Promise.all((options.overlays ?? []).map((source) => loadOverlay(source, options)));
  const overlays = [...extending, ...given];
  const document = overlays.reduce<OpenAPIDocument>(
    (overlaid, overlay) => applyOverlay(overlaid, overlay, options),
    base.document,
  );
  return { ...base, document, files: [...base.files, ...overlays.map(({ source }) => source)] };
}

/** The document at the end of a chain of overlays, and the overlays, the innermost first. */
async function findDocument(
  given: string,
  options: LoadOptions,
  seen: readonly string[],
): Promise<{ base: LoadedDocument; extending: readonly Overlay[] }> {
  const file = await openFile(given, options, seen[0] ?? given);
  const { source, parsed } = file;
  if (!isObject(parsed) || parsed.overlay === undefined) {
    return { base: await bundleDocument(file), extending: [] };
  }
  const overlay = overlayFrom(parsed, source);
  const fail = (message: string): never => {
    throw new DocumentError([{ source, pointer: "#/extends", message }]);
  };
  if (overlay.extends === undefined) {
    return fail(
      "this is an overlay that doesn't say which document it is for: name the document, and the overlay with it.",
    );
  }
  if (isRemote(source) && overlay.extends.startsWith("file:"))
    return fail("an overlay from the web may not extend a file of this machine.");
  const target = isRemote(source)
    ? new URL(overlay.extends, source).href
    : absoluteSource(overlay.extends, dirname(source));
  if ([...seen, source].includes(target)) return fail(`"${overlay.extends}" leads back to this overlay.`);
  const { base, extending } = await findDocument(target, options, [...seen, source]);
  return { base, extending: [...extending, overlay] };
}
