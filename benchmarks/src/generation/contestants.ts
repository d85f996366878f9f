import { pathToFileURL } from "node:url";
import { generate, represent } from "@hawser/codegen";
import openapiTS, { astToString } from "openapi-typescript";
import type { Contestant } from "../contestant.ts";

/** A document that clients are generated from. */
export interface Source {
  readonly document: string;
  readonly overlays: readonly string[];
  readonly operationIds: readonly string[];
}

/** All who read the document and write TypeScript of it, in memory; openapi-typescript, which writes types only, first. */
export function createContestants({ document, overlays, operationIds }: Source): Contestant[] {
  const writer = (name: string, write: () => Promise<string>): Contestant => ({
    name,
    run: async () => {
      const written = new Set((await write()).match(/\w+/g));
      return operationIds.filter((id) => written.has(id)).length;
    },
    expected: operationIds.length,
  });
  return [
    writer("openapi-typescript", async () =>
      astToString(await openapiTS(pathToFileURL(document), { silent: true })),
    ),
    writer("hawser represent", async () => {
      const { ir } = await represent({ document, overlays });
      return ir.operations.map(({ id }) => id).join(" ");
    }),
    writer("hawser generate", async () => {
      const { files } = await generate({ document, overlays });
      return files.map(({ content }) => content).join("\n");
    }),
  ];
}
