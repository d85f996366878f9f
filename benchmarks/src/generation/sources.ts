import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createBigDocument } from "../../../packages/codegen/test/big-document.ts";
import { githubDocument, githubOverlay } from "../../../packages/codegen/test/github.ts";
import type { Source } from "./contestants.ts";

function inRepository(path: string): string {
  return fileURLToPath(new URL(`../../../${path}`, import.meta.url));
}

/** The inference API of this repository: several YAML files and an overlay. */
export async function openInferenceDocument(output: string): Promise<Source> {
  const document = inRepository("openapi/runcrate/inference.yaml");
  const ids = (await readFile(document, "utf8")).matchAll(/^ +operationId: (\w+)$/gm);
  return {
    document,
    overlays: [inRepository("openapi/runcrate/inference.overlay.yaml")],
    operationIds: Array.from(ids, ([, id]) => id!),
    output,
  };
}

/** A document of so many resources, six operations each; 86 of them are 1 MB. */
export async function writeBigDocument(output: string, resources: number): Promise<Source> {
  const { text, operationIds } = createBigDocument(resources);
  const document = join(output, `big-${resources}.json`);
  await writeFile(document, text);
  return { document, overlays: [], operationIds, output };
}

/** GitHub's API as Octokit publishes it: 13 MB of JSON. */
export async function openGitHubDocument(output: string): Promise<Source> {
  const overlay = join(output, "github.overlay.yaml");
  await writeFile(overlay, githubOverlay);
  const { paths } = JSON.parse(await readFile(githubDocument, "utf8")) as {
    paths: Record<string, Record<string, { operationId?: string }>>;
  };
  const operationIds = Object.values(paths)
    .flatMap((item) => Object.values(item))
    .flatMap(({ operationId }) => operationId ?? []);
  return { document: githubDocument, overlays: [overlay], operationIds, output };
}
