import { dirname } from "node:path";
import type { OpenAPIDocument } from "../document.ts";
import { DocumentError } from "../document-error.ts";
import { isObject } from "../json.ts";
import type { Language } from "../language.ts";
import type { Change } from "../normalise/report.ts";
import { type ApplyOptions, applyOverlay } from "../overlay/apply-overlay.ts";
import { loadOverlay, type Overlay, overlayFrom } from "../overlay/load-overlay.ts";
import { applyStainless } from "../stainless/apply-stainless.ts";
import { loadStainless } from "../stainless/load-stainless.ts";
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
  /**
   * Path or URL of a Stainless configuration (`stainless.yml`), which is written into the document as keys of our own.
   * Default: none; `false` is none too, for commands that would take the one beside the document.
   */
  readonly stainless?: string | false;
  /** The language that is written, for what a Stainless configuration says of single ones. Default: `typescript`. */
  readonly language?: Language;
}

/** A document with everything that is said about it beside it. */
export interface OverlaidDocument extends LoadedDocument {
  /** What a Stainless configuration changed, and what of it has no counterpart. */
  readonly changes: readonly Change[];
}

/**
 * Reads a document, its overlays and its Stainless configuration, and applies them; what overlays say goes before the
 * configuration. When an overlay stands in the document's place, the document is
 * the one it extends (Overlay Specification 1.1, Overlay Object), and the overlay is applied first.
 *
 * @throws {DocumentError} for what can't be read, and for actions that can't be applied
 */
export async function loadOverlaid(options: SourceOptions): Promise<OverlaidDocument> {
  const { base, extending } = await findDocument(options.document, options, []);
  const given = await Promise.all((options.overlays ?? []).map((source) => loadOverlay(source, options)));
  const overlays = [...extending, ...given];
  const document = overlays.reduce<OpenAPIDocument>(
    (overlaid, overlay) => applyOverlay(overlaid, overlay, options),
    base.document,
  );
  const files = [...base.files, ...overlays.map(({ source }) => source)];
  const { stainless, language } = options;
  if (stainless === undefined || stainless === false) return { ...base, document, files, changes: [] };
  const config = await loadStainless(stainless, options);
  const { changes, ...applied } = applyStainless(document, base.document, config, language);
  return { ...base, ...applied, files: [...files, config.source], changes };
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
