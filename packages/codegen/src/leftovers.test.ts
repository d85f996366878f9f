import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { document, representationOf, withFolder } from "../test/documents.ts";
import { writeFiles } from "./generate.ts";
import { findLeftovers, removeFiles } from "./leftovers.ts";
import type { FolderOptions } from "./print/package/package-options.ts";
import { printFolder } from "./print/package/print-folder.ts";
import { printPython } from "./print/python/print-python.ts";

const ir = representationOf(
  document("paths: { /ships: { get: { operationId: listShips, responses: { 204: { description: OK } } } } }"),
);

const print = (options: FolderOptions = {}) => printFolder(ir, options);

/** What is left of a client with the first options, when it is generated with the second. */
async function leftOf(before: FolderOptions, now: FolderOptions) {
  return withFolder({}, async (folder) => {
    await writeFiles(folder, await print(before));
    return findLeftovers(folder, await print(now));
  });
}

test("nothing is left of what is generated as before", async () => {
  const options = { validate: true, vendor: true, package: { name: "harbour" } };
  expect(await leftOf(options, options)).toEqual({ code: [], docs: [] });
});

test("what an option wrote is left when it is dropped", async () => {
  expect(await leftOf({ validate: true, docs: true }, {})).toEqual({
    code: ["validation.ts", "validate.ts"],
    docs: ["README.md", "api.md"],
  });
});

test("a client that was a package is left in src, but its manifest may be somebody's", async () => {
  const { code, docs } = await leftOf({ package: { name: "harbour" } }, {});
  expect(code).toEqual(["src/schema.ts", "src/operations.ts", "src/client.ts", "src/index.ts"]);
  expect(docs).toEqual(["README.md", "api.md"]);
});

test("a client that becomes a package is left beside it", async () => {
  const { code } = await leftOf({}, { package: { name: "harbour" } });
  expect(code).toEqual(["schema.ts", "operations.ts", "client.ts", "index.ts"]);
});

test("a copied runtime is removed with its licence and its folders, and with nothing else", async () => {
  await withFolder({}, async (folder) => {
    const now = await print();
    await writeFiles(folder, await print({ vendor: true }));
    await writeFile(join(folder, "runtime/streaming/mine.ts"), "// Written by hand.\n");
    await removeFiles(folder, (await findLeftovers(folder, now)).code);
    expect((await readdir(folder, { recursive: true })).sort()).toEqual([
      ...["client.ts", "index.ts", "operations.ts", "runtime", "runtime/streaming"],
      ...["runtime/streaming/mine.ts", "schema.ts"],
    ]);
    await writeFiles(folder, await print({ vendor: true }));
    await removeFiles(folder, ["runtime/streaming/mine.ts"]);
    await removeFiles(folder, (await findLeftovers(folder, now)).code);
    expect(await readdir(folder)).not.toContain("runtime");
  });
});

test("files that somebody wrote, or made their own, are none", async () => {
  await withFolder({}, async (folder) => {
    await writeFiles(folder, await print({ validate: true, docs: true }));
    const readme = await readFile(join(folder, "README.md"), "utf8");
    await writeFile(join(folder, "README.md"), readme.slice(readme.indexOf("\n") + 1));
    await writeFile(join(folder, "validate.ts"), "export {};\n");
    await writeFile(join(folder, "client-of-mine.ts"), await readFile(join(folder, "client.ts")));
    expect(await findLeftovers(folder, await print())).toEqual({ code: ["validation.ts"], docs: ["api.md"] });
  });
});

test("clients of other folders and of other languages are none", async () => {
  await withFolder({}, async (folder) => {
    await mkdir(join(folder, "src"));
    await writeFiles(join(folder, "src"), await print({ validate: true }));
    await writeFiles(folder, printPython(ir));
    expect(await findLeftovers(folder, await print())).toEqual({ code: [], docs: [] });
    expect(await findLeftovers(folder, await print(), "python")).toEqual({
      code: ["__init__.py", "client.py", "models.py"],
      docs: [],
    });
  });
});
