import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type Generated, generate } from "../src/generate.ts";
import { createBigDocument } from "./big-document.ts";
import { asResult, programWith } from "./call-sites.ts";
import { withFolder } from "./documents.ts";
import { githubDocument, githubOverlay } from "./github.ts";
import { checkNatively } from "./native-check.ts";

/** What it takes on a machine that is busy with other things. */
const patience = 180_000;

describe("the document of GitHub, 13 MB,", () => {
  let made: Generated;
  let again: Generated;

  beforeAll(async () => {
    await withFolder({ "github.overlay.yaml": githubOverlay }, async (folder) => {
      const options = { document: githubDocument, overlays: [join(folder, "github.overlay.yaml")] };
      made = await generate(options);
      again = await generate(options);
    });
  }, patience);

  test("has one operation with a server of its own", () => {
    const own = made.ir.operations.filter(({ servers }) => servers !== undefined);
    expect(own.map(({ id, servers }) => [id, servers?.map(({ url }) => url)])).toEqual([
      ["reposUploadReleaseAsset", ["https://uploads.github.com"]],
    ]);
  });

  test("makes a client of all operations, with a page in the report for each change", () => {
    expect(made.ir.operations.length).toBeGreaterThan(1_200);
    expect(made.ir.client.name).toBe("GitHub");
    expect(made.files.map(({ path }) => path)).toEqual([
      "schema.ts",
      "operations.ts",
      "client.ts",
      "index.ts",
    ]);
    expect(made.changes.filter(({ reason, pointer }) => reason === "" || pointer === "")).toEqual([]);
  });

  test("gives the same bytes twice", () => {
    expect(made.files.map(({ content }, at) => content === again.files[at]?.content)).toEqual(
      made.files.map(() => true),
    );
    expect(again.changes).toEqual(made.changes);
  });

  test(
    "gives code without an error, of which 100 calls cost the type checker few instantiations",
    async () => {
      const { imports, calls, count } = programWith(100, made.ir);
      const results = programWith(100, made.ir, () => asResult);
      expect([count, results.count]).toEqual([100, 100]);
      const checks = await checkNatively(made.files, [imports, calls, results.calls]);
      expect(checks.map(({ errors }) => errors)).toEqual([[], [], []]);
      const [baseline = 0, mixed = 0, narrowed = 0] = checks.map(({ instantiations }) => instantiations);
      expect(mixed - baseline).toBeLessThan(1_500);
      expect(narrowed - baseline).toBeLessThan(5_000);
    },
    patience,
  );
});

test(
  "a document of 3 MB with compositions, events and chains of references makes a client without an error, the same twice",
  async () => {
    const { text, operationIds } = createBigDocument(254);
    expect(text.length).toBeGreaterThan(3_000_000);
    await withFolder({ "big.json": text, "copy/big.json": text }, async (folder) => {
      const made = await generate({ document: join(folder, "big.json") });
      const again = await generate({ document: join(folder, "copy/big.json") });
      expect(made.ir.operations.map(({ id }) => id)).toEqual(operationIds);
      expect(again.files).toEqual(made.files);
      const [check] = await checkNatively(made.files);
      expect(check?.errors).toEqual([]);
    });
  },
  patience,
);
