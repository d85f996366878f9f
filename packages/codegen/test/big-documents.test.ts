import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { DocumentError } from "../src/document-error.ts";
import { type Generated, generate, represent } from "../src/generate.ts";
import { createBigDocument } from "./big-document.ts";
import { programWith } from "./call-sites.ts";
import { withFolder } from "./documents.ts";
import { githubDocument, githubOverlay, uploadPath } from "./github.ts";
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

  test("has one place that a client could not do", async () => {
    const error = await represent({ document: githubDocument }).catch((reason: DocumentError) => reason);
    const problems = "problems" in error ? error.problems : [];
    expect(problems.map(({ pointer }) => pointer)).toEqual([
      `#/paths/${uploadPath.replaceAll("/", "~1")}/post`,
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
    "gives code without an error, of which 100 calls cost the type checker fewer than 5,000 instantiations",
    async () => {
      const { imports, calls, count } = programWith(100, made.ir);
      expect(count).toBe(100);
      const [baseline, program] = await checkNatively(made.files, [imports, calls]);
      expect(baseline?.errors).toEqual([]);
      expect(program?.errors).toEqual([]);
      expect((program?.instantiations ?? 0) - (baseline?.instantiations ?? 0)).toBeLessThan(5_000);
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
