import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { writeClients } from "../src/editor/clients.ts";
import { createContestants } from "../src/editor/contestants.ts";
import { writeBigDocument } from "../src/generation/sources.ts";

it("offers the same parameters with every client, letter after letter", async () => {
  const results = join(import.meta.dirname, "../.results");
  await mkdir(results, { recursive: true });
  const folder = await mkdtemp(join(results, "editor-"));
  try {
    await writeClients(folder, await writeBigDocument(folder, 3));
    const offers = ["limit", "after", "order"];
    const contestants = createContestants({
      folder,
      client: "BigClient",
      hawser: { call: "client.thing2.list({ | })", offers },
      openapiFetch: { call: 'client.GET("/thing2", { params: { query: { | } } })', offers },
    });
    expect(contestants.map(({ name }) => name)).toEqual(["hawser", "openapi-fetch"]);
    for (const { name, run, expected } of contestants) {
      expect(await run(), name).toBe(expected);
      expect(await run(), name).toBe(expected);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});
