import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { generate, writeFiles } from "@hawser/codegen";
import { createMockServer, type MockServer } from "@hawser/mock";

/** A client that was generated from a document, and the mock server of the same document that it talks to. */
export interface GeneratedClient<Client> {
  readonly client: Client;
  readonly server: MockServer;
  close(): Promise<void>;
}

/** Generates the client of a document whose `x-hawser-client` calls it `Harbour`, and starts its mock server. */
export async function openHarbour<Client>(document: object): Promise<GeneratedClient<Client>> {
  // The folder lies where generated code finds the runtime.
  const parent = join(import.meta.dirname, "../.results");
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, "harbour-"));
  const path = join(folder, "harbour.json");
  await writeFile(path, JSON.stringify(document));
  const { files } = await generate({ document: path, importExtension: ".ts" });
  await writeFiles(folder, files);
  const module = (await import(/* @vite-ignore */ pathToFileURL(join(folder, "index.ts")).href)) as {
    Harbour: new (options: object) => Client;
  };
  const server = await createMockServer({ document: path });
  return {
    client: new module.Harbour({ baseURL: server.url, maxRetries: 0 }),
    server,
    async close() {
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}
