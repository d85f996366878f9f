import { globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { represent } from "@hawser/codegen";
import { listOperations } from "@hawser/mock";
import config from "../../../../hawser.config.ts";

const root = join(import.meta.dirname, "../../../..");

/** A document, and the client that is generated from it. */
export interface Target {
  /** Path of the document below the root. */
  readonly name: string;
  readonly document: string;
  readonly overlays: readonly string[];
  /** The folder of the generated client. */
  readonly out: string;
}

/** Every client of this repository. */
export const targets: readonly Target[] = config.clients.map(({ document, overlays = [], out }) => ({
  name: document,
  document: join(root, document),
  overlays: overlays.map((overlay) => join(root, overlay)),
  out: join(root, out),
}));

/** What a document says of its operations, and what a mock server of it can be asked for. */
export async function readTarget({ document, overlays }: Target) {
  const { ir } = await represent({ document, overlays });
  const summaries = await listOperations(document, overlays);
  return summaries.map((summary) => {
    const operation = ir.operations.find(({ id }) => id === summary.id);
    if (operation === undefined) throw new Error(`${summary.id} is not in the client of ${document}.`);
    return { operation, examples: summary.examples, schemas: ir.schemas };
  });
}

/** The documents under `openapi/` that have paths: files that only hold schemas have none. */
export async function documents(): Promise<string[]> {
  const paths = globSync("openapi/**/*.yaml", { cwd: root });
  const texts = await Promise.all(paths.map((path) => readFile(join(root, path), "utf8")));
  return paths.filter(
    (_, index) => /^openapi: /m.test(texts[index] ?? "") && /^paths:/m.test(texts[index] ?? ""),
  );
}
