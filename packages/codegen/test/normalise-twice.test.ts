import { join } from "node:path";
import { expect, test } from "vitest";
import { loadOverlaid } from "../src/load/load-overlaid.ts";
import { normalise } from "../src/normalise/normalise.ts";
import { formatDocument } from "../src/write/format-document.ts";
import { inVersion } from "../src/write/openapi-version.ts";
import { createBigDocument } from "./big-document.ts";
import { fixtures, repository, withFolder } from "./documents.ts";
import { githubDocument } from "./github.ts";

const own = [
  "runcrate/inference",
  "runcrate/infrastructure",
  "crun/inference",
  "vcita/ai",
  "common/openai-compatible",
];

const sources = [
  ...own.map((name) => ({
    document: join(repository, `openapi/${name}.yaml`),
    overlays: [join(repository, `openapi/${name}.overlay.yaml`)],
  })),
  { document: join(fixtures, "cloud/openapi.yaml") },
  { document: join(fixtures, "harbour/openapi.yaml") },
  { document: githubDocument },
];

test.each(sources.flatMap((source) => (["3.1", "3.2"] as const).map((version) => ({ ...source, version }))))(
  "$document, normalised and written in $version, is normal when it is read, but for the words streams were given again",
  async ({ version, ...source }) => {
    const { document, source: name } = await loadOverlaid(source);
    const written = inVersion(normalise(document, name).document, version, name);
    await withFolder({ "normal.json": formatDocument(written.document, "normal.json") }, async (folder) => {
      const read = await loadOverlaid({ document: join(folder, "normal.json") });
      const { changes } = normalise(read.document, name);
      expect(changes.filter(({ rule }) => rule !== "stream-schemas")).toEqual([]);
    });
  },
);

test("a large document full of compositions is normal once it was normalised", () => {
  const once = normalise(JSON.parse(createBigDocument(20).text), "big.json");
  expect(normalise(once.document, "big.json").changes).toEqual([]);
});

test.each(sources)("what was normalised of $document is normal already", async (source) => {
  const { document, source: name } = await loadOverlaid(source);
  const once = normalise(document, name);
  const again = normalise(once.document, name);
  expect(again.changes).toEqual([]);
  expect(again.document).toEqual(once.document);
});
