import { join } from "node:path";
import { expect, test } from "vitest";
import { document, fixtures, representationOf, textOf } from "../../../test/documents.ts";
import { generate } from "../../generate.ts";
import { version } from "../../version.ts";
import { type FolderOptions, isVersion, optionProblem } from "./package-options.ts";
import { printFolder } from "./print-folder.ts";

const paths = "paths: { /ships: { get: { responses: { 200: { description: OK } } } } }";
const manifestOf = async (
  info: string,
  options: Omit<FolderOptions, "package"> & { package: FolderOptions["package"] & object },
) => {
  const files = await printFolder(representationOf(document(`info: ${info}\n${paths}`)), options);
  return JSON.parse(textOf(files, "package.json"));
};

test("a package is an ES module with types that says what it needs", async () => {
  expect(await manifestOf("{ title: Harbour, version: 2.1.0 }", { package: { name: "harbour" } })).toEqual({
    name: "harbour",
    version: "2.1.0",
    description: "A client for the Harbour.",
    type: "module",
    sideEffects: false,
    engines: { node: ">=20" },
    exports: {
      ".": { types: "./dist/index.d.ts", default: "./dist/index.js" },
      "./operations": { types: "./dist/operations.d.ts", default: "./dist/operations.js" },
      "./package.json": "./package.json",
    },
    files: ["dist", "src"],
    scripts: { build: "tsc", prepack: "tsc" },
    dependencies: { "@hawser/runtime": `^${version}` },
    devDependencies: { typescript: expect.any(String) },
  });
});

test("a version npm doesn't take isn't written, one that is asked for is", async () => {
  const info = '{ title: Harbour, version: "2026-01" }';
  expect((await manifestOf(info, { package: { name: "harbour" } })).version).toBe("0.0.0");
  expect((await manifestOf(info, { package: { name: "harbour", version: "3.0.0-rc.1" } })).version).toBe(
    "3.0.0-rc.1",
  );
});

test("members of one's own are added to the manifest, and replace what stands there", async () => {
  const manifest = { license: "MIT", description: "Ships.", version: "9.9.9" };
  expect(
    await manifestOf("{ title: Harbour, version: 1.0.0 }", { package: { name: "harbour", manifest } }),
  ).toMatchObject(manifest);
});

test("a package with a runtime of one's own depends on none", async () => {
  const options = { package: { name: "harbour" }, runtime: "@acme/runtime" };
  expect((await manifestOf("{ title: Harbour, version: 1.0.0 }", options)).dependencies).toEqual({});
});

test("a title full of quotes and line ends is a description", async () => {
  const { description } = await manifestOf('{ title: "a\\"\\nb", version: 1.0.0 }', {
    package: { name: "harbour" },
  });
  expect(description).toBe('A client for the a" b.');
});

test("a library is told of options that contradict each other before anything is read", async () => {
  const options = { document: join(fixtures, "gone.yaml"), vendor: true, runtime: "./mine.js" };
  await expect(generate(options)).rejects.toThrow("choose one");
});

test.each(["harbour", "@acme/harbour", "a.b_c-1", "@a/b~c"])("%s is a name of a package", (name) => {
  expect(optionProblem({ package: { name } })).toBeUndefined();
});

test.each(["Harbour", "@acme", "a b", "../a", ".a", "", "a/b", "@A/b", "x".repeat(215)])(
  "%j is no name of a package",
  (name) => {
    expect(optionProblem({ package: { name } })).toContain("no name of a package");
  },
);

test.each([
  ["1.2.3", true],
  ["1.2.3-rc.1+5", true],
  ["1.2", false],
  ["01.2.3", false],
  ["v1.2.3", false],
  ["", false],
])("npm takes the version %j: %j", (text, taken) => {
  expect(isVersion(text)).toBe(taken);
});
