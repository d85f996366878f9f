import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { writeFiles } from "../src/generate.ts";
import { printTypeScript } from "../src/print/typescript/print-typescript.ts";
import { document, repository, representationOf } from "./documents.ts";

/** What a generated `index.ts` or `operations.ts` exports. */
type Exports = Readonly<Record<string, unknown>>;

/**
 * Calls `use` with what a client generated from a document exports, as a program imports it: `index.ts`, and the
 * functions of `operations.ts`. The folder lies where the runtime is found, and is removed.
 */
export async function opened<Result>(
  yaml: string,
  use: (index: Exports, operations: Exports) => Promise<Result>,
): Promise<Result> {
  const parent = join(repository, "packages/codegen/.results");
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, "opened-"));
  try {
    const files = await printTypeScript(representationOf(document(yaml)), { importExtension: ".ts" });
    await writeFiles(folder, files);
    const load = (path: string) => import(/* @vite-ignore */ pathToFileURL(join(folder, path)).href);
    return await use(await load("index.ts"), await load("operations.ts"));
  } finally {
    await rm(folder, { recursive: true });
  }
}
