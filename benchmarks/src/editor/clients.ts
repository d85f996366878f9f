import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { generate, writeFiles } from "@hawser/codegen";
import openapiTS, { astToString } from "openapi-typescript";
import type { Source } from "../generation/contestants.ts";

/** Writes both clients of a document below a folder: `hawser/` and `openapi-fetch/`. */
export async function writeClients(
  folder: string,
  { document, overlays }: Pick<Source, "document" | "overlays">,
): Promise<void> {
  const { files } = await generate({ document, overlays });
  await writeFiles(join(folder, "hawser"), files);
  const types = astToString(await openapiTS(pathToFileURL(document), { silent: true }));
  await mkdir(join(folder, "openapi-fetch"));
  await writeFile(join(folder, "openapi-fetch", "schema.d.ts"), types);
}
