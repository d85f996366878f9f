import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import type { OpenAPIDocument } from "../src/document.ts";
import { DocumentError } from "../src/document-error.ts";
import { buildIR } from "../src/ir/build-ir.ts";
import type { IR } from "../src/ir/ir.ts";
import { normalise } from "../src/normalise/normalise.ts";
import { type Change, type Pass, Report } from "../src/normalise/report.ts";
import { type GeneratedFile, printTypeScript } from "../src/print/typescript/print-typescript.ts";

/** The folder of documents that need files beside them. */
export const fixtures = fileURLToPath(new URL("./fixtures/", import.meta.url));

/** The root of the repository, whose own documents are tests too. */
export const repository = fileURLToPath(new URL("../../../", import.meta.url));

/** A document from YAML; what it leaves out is `openapi: 3.2.0`, a title and a version. */
export function document(yaml: string): OpenAPIDocument {
  return { openapi: "3.2.0", info: { title: "Test", version: "1.0.0" }, paths: {}, ...parse(yaml) };
}

/** A document with one operation, `POST /things` with the id `run`, from YAML; components are given apart. */
export function operation(yaml: string, components = "{}"): OpenAPIDocument {
  const post = { operationId: "run", responses: { 204: { description: "Done." } }, ...parse(yaml) };
  return { ...document(""), paths: { "/things": { post } }, components: parse(components) };
}

/** Lets one pass change the document: what it reported, and the problems it found as `pointer: message`. */
export function runPass(
  pass: Pass,
  given: OpenAPIDocument,
): { changes: readonly Change[]; problems: string[] } {
  const report = new Report("test.yaml");
  pass(given, report);
  return { changes: report.changes, problems: problemsIn(() => report.throwProblems()) };
}

/** The problems of the `DocumentError` that `action` throws, as `pointer: message`. */
export function problemsIn(action: () => unknown): string[] {
  try {
    action();
    return [];
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    return error.problems.map(({ pointer, message }) => `${pointer}: ${message}`);
  }
}

/** From a document to its representation. */
export function representationOf(given: OpenAPIDocument): IR {
  return buildIR(normalise(given, "test.yaml").document, "test.yaml");
}

/** From a document to its client. */
export function clientOf(given: OpenAPIDocument): Promise<GeneratedFile[]> {
  return printTypeScript(representationOf(given));
}

/** The text of one generated file. */
export function textOf(files: readonly GeneratedFile[], path: string): string {
  return files.find((file) => file.path === path)?.content ?? "";
}

/** Calls `use` with a folder of its own that holds the given files, and removes it. */
export async function withFolder<Result>(
  files: Record<string, string>,
  use: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "hawser-codegen-"));
  try {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    }
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
