import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { OpenAPIDocument } from "./document.ts";
import { DocumentError } from "./document-error.ts";
import { buildIR } from "./ir/build-ir.ts";
import type { IR } from "./ir/ir.ts";
import { leftOut } from "./ir/left-out.ts";
import { asObject } from "./json.ts";
import type { Language } from "./language.ts";
import { loadOverlaid, type SourceOptions } from "./load/load-overlaid.ts";
import { normalise } from "./normalise/normalise.ts";
import type { Change } from "./normalise/report.ts";
import { type FolderOptions, optionProblem } from "./print/package/package-options.ts";
import { printFolder } from "./print/package/print-folder.ts";
import { printPython } from "./print/python/print-python.ts";
import type { GeneratedFile } from "./print/typescript/print-typescript.ts";
import { renamings } from "./print/typescript/renamings.ts";

/** What to generate, and from what. */
export interface GenerateOptions extends FolderOptions, SourceOptions {
  /** Default: `typescript`. `python` writes models and typed stubs of the methods, without a runtime. */
  readonly language?: Language;
  /** Called when a stage begins. */
  readonly onStage?: (stage: Stage) => void;
}

export type { Language } from "./language.ts";

/** What generation is at. */
export type Stage = "read" | "normalise" | "print";

/** A generated client that has not been written yet. */
export interface Generated {
  readonly files: readonly GeneratedFile[];
  readonly ir: IR;
  /** What normalisation changed, what the representation leaves out, and what TypeScript needs to be called otherwise. */
  readonly changes: readonly Change[];
  /** All files it was made from. */
  readonly sources: readonly string[];
}

/**
 * The whole way from a document to a client: load, overlay, normalise, intermediate representation, print.
 *
 * @throws {DocumentError} for a document or an overlay that can't be read or represented
 * @throws {TypeError} for options that contradict each other
 */
export async function generate(options: GenerateOptions): Promise<Generated> {
  const problem = optionProblem(options);
  if (problem !== undefined) throw new TypeError(problem);
  const { document, ...represented } = await represent(options);
  const { ir } = represented;
  if (ir.operations.length === 0) {
    const message =
      Object.keys(asObject(document.webhooks)).length > 0
        ? 'it describes webhooks alone, which an API sends and no client calls: there is no operation below "paths".'
        : 'it describes no operation, so there is no client to generate: is its "paths" where it should be?';
    throw new DocumentError([{ source: options.document, pointer: "#/paths", message }]);
  }
  options.onStage?.("print");
  const files = options.language === "python" ? printPython(ir) : await printFolder(ir, options);
  return { files, ...represented };
}

/** A document that was understood, without a client. */
export interface Represented extends Omit<Generated, "files"> {
  /** The document as it was normalised. */
  readonly document: OpenAPIDocument;
}

/**
 * The first half of the way, for other printers: from a document to its intermediate representation.
 *
 * @throws {DocumentError} for a document or an overlay that can't be read or represented
 */
export async function represent(
  options: SourceOptions & Pick<GenerateOptions, "onStage">,
): Promise<Represented> {
  options.onStage?.("read");
  const loaded = await loadOverlaid(options);
  options.onStage?.("normalise");
  const { document, changes } = normalise(loaded.document, loaded.source);
  const ir = buildIR(document, loaded.source);
  const renamed = options.language === "python" ? [] : renamings(ir);
  const all = [...loaded.changes, ...changes, ...leftOut(document, ir), ...renamed];
  return { document, ir, changes: all, sources: loaded.files };
}

/** Writes the files into `folder`; a file that is already right is left as it is. Returns the paths it wrote. */
export async function writeFiles(folder: string, files: readonly GeneratedFile[]): Promise<string[]> {
  const stale = await staleFiles(folder, files);
  for (const { path, content } of files) {
    if (!stale.includes(path)) continue;
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
  }
  return stale;
}

/** The paths of those files that are missing in `folder` or differ there by a byte. */
export async function staleFiles(folder: string, files: readonly GeneratedFile[]): Promise<string[]> {
  const stale: string[] = [];
  for (const { path, content } of files) {
    const present = await readFile(join(folder, path), "utf8").catch(() => undefined);
    if (present !== content) stale.push(path);
  }
  return stale;
}
