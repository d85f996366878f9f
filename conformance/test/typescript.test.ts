import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readKnownFailures } from "../src/known-failures.ts";
import { runVector } from "../src/run-vector.ts";
import { startTestee, type Testee } from "../src/testee.ts";
import { readVectorFiles, type Vector } from "../src/vector.ts";

const root = join(import.meta.dirname, "..");
const known = readKnownFailures(join(root, "known-failures/typescript.json"));
const files = readVectorFiles();

let testee: Testee;
beforeAll(() => {
  testee = startTestee(process.execPath, ["--conditions=hawser-source", "testees/typescript/main.ts"], root);
});
afterAll(() => testee.close());

describe.each(files)("%s", (_file, { vectors }) => {
  const right = vectors.filter(({ id }) => !Object.hasOwn(known, id));
  const failing = vectors.filter(({ id }) => Object.hasOwn(known, id));
  const named = (list: readonly Vector[]): [string, string, Vector][] =>
    list.map((vector) => [vector.id, vector.title, vector]);

  it.each(named(right))("%s: %s", async (_id, _title, vector) => {
    expect(await runVector(testee, vector)).toEqual([]);
  });

  if (failing.length > 0) {
    it.each(named(failing))("%s still fails, as is known: %s", async (_id, _title, vector) => {
      expect(await runVector(testee, vector)).not.toEqual([]);
    });
  }
});

it("every known failure is a vector, and has a reason", () => {
  const ids = new Set(files.flatMap(([, { vectors }]) => vectors.map(({ id }) => id)));
  for (const [id, reason] of Object.entries(known)) {
    expect(ids).toContain(id);
    expect(reason).not.toBe("");
  }
});
