import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { generate, represent } from "@hawser/codegen";
import openapiTS, { astToString } from "openapi-typescript";
import type { Contestant } from "../contestant.ts";
import { writeWithHeyApi, writeWithOrval } from "./write-files.js";

/** A document that clients are generated from. */
export interface Source {
  readonly document: string;
  readonly overlays: readonly string[];
  readonly operationIds: readonly string[];
  /** For those that can only write files: a folder in which each has one of its own. */
  readonly output: string;
}

/** The names of all contestants, openapi-typescript first. */
export const generators = [
  "openapi-typescript",
  "hawser represent",
  "hawser generate",
  "hey-api",
  "orval",
] as const;

/** A name without what generators change of it. */
function plain(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, "").toLowerCase();
}

/** All who read the document and write TypeScript of it; openapi-typescript, which writes types only, first. */
export function createContestants({ document, overlays, operationIds, output }: Source): Contestant[] {
  const writer = (
    name: (typeof generators)[number],
    write: () => Promise<() => Promise<string>>,
  ): Contestant => {
    let found: number | undefined;
    return {
      name,
      run: async () => {
        const read = await write();
        // Looked through once: the looking is none of the work.
        if (found === undefined) {
          const words = new Set(Array.from((await read()).matchAll(/[\w/-]+/g), ([word]) => plain(word)));
          found = operationIds.filter((id) => words.has(plain(id))).length;
        }
        return found;
      },
      expected: operationIds.length,
    };
  };
  const heyFolder = join(output, "hey-api");
  const orvalFolder = join(output, "orval");
  return [
    writer("openapi-typescript", async () => {
      const text = astToString(await openapiTS(pathToFileURL(document), { silent: true }));
      return async () => text;
    }),
    writer("hawser represent", async () => {
      const { ir } = await represent({ document, overlays });
      return async () => ir.operations.map(({ id }) => id).join(" ");
    }),
    writer("hawser generate", async () => {
      const { files } = await generate({ document, overlays });
      return async () => files.map(({ content }) => content).join("\n");
    }),
    writer("hey-api", async () => {
      await writeWithHeyApi(document, heyFolder);
      return () => textIn(heyFolder);
    }),
    writer("orval", async () => {
      await rm(orvalFolder, { recursive: true, force: true });
      await writeWithOrval(document, join(orvalFolder, "client.ts"));
      return () => textIn(orvalFolder);
    }),
  ];
}

async function textIn(folder: string): Promise<string> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = files
    .filter((entry) => entry.isFile())
    .map((entry) => readFile(join(entry.parentPath, entry.name), "utf8"));
  return (await Promise.all(texts)).join("\n");
}
