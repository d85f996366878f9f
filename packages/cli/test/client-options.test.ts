import { expect, test } from "vitest";
import { harbour, inFolder } from "./folder.ts";

test.each([
  [["--package", "Not A Name"], /is no name of a package/],
  [["--package", "harbour", "--package-version", "one"], /is no version of a package/],
  [["--package-version", "1.0.0"], /name it with --package/],
  [["--package", "harbour", "--import-extension", ""], /imports end in something/],
  [["--vendor", "--runtime", "./mine.js"], /choose one/],
  [["--vendor", "--language", "python"], /TypeScript alone/],
  [["--validate", "--language", "python"], /TypeScript alone/],
  [["--package", "harbour", "--check", "--watch"], /choose one/],
])("%j is a wrong command line", async (flags, sentence) => {
  await inFolder(async ({ write, hawser }) => {
    await write("openapi.yaml", harbour());
    const { code, error } = await hawser(["generate", "openapi.yaml", "--out", "out", ...flags]);
    expect(error).toMatch(sentence);
    expect(code).toBe(2);
  });
});

test("one package can't hold two clients", async () => {
  await inFolder(async ({ write, hawser }) => {
    await write("a.yaml", harbour());
    await write("b.yaml", harbour());
    const { code, error } = await hawser([
      "generate",
      "a.yaml",
      "b.yaml",
      "--out",
      "out",
      "--package",
      "harbour",
    ]);
    expect(error).toContain("--package names one client");
    expect(code).toBe(2);
  });
});

test("a package has documentation unless it is told not to, a client has it when asked", async () => {
  await inFolder(async ({ write, hawser }) => {
    await write("openapi.yaml", harbour());
    const files = async (...flags: string[]): Promise<string[]> => {
      const { out } = await hawser([
        "generate",
        "openapi.yaml",
        "--out",
        "out",
        "--json",
        "--check",
        ...flags,
      ]);
      return JSON.parse(out).clients[0].files;
    };
    expect(await files()).toEqual(["schema.ts", "operations.ts", "client.ts", "index.ts"]);
    expect(await files("--docs")).toEqual(expect.arrayContaining(["client.ts", "README.md", "api.md"]));
    const packaged = ["src/client.ts", "README.md", "api.md", "package.json", "tsconfig.json"];
    expect(await files("--package", "harbour")).toEqual(expect.arrayContaining(packaged));
    expect(await files("--package", "harbour", "--no-docs")).not.toContain("README.md");
  });
});

test("a configuration says all of it, and the command line over it", async () => {
  await inFolder(async ({ write, hawser, read }) => {
    await write("openapi.yaml", harbour());
    const client = `{ document: "openapi.yaml", out: "out", vendor: true, package: { name: "harbour", version: "2.0.0", manifest: { license: "MIT" } } }`;
    await write("hawser.config.mjs", `export default { clients: [${client}] };\n`);
    const { out } = await hawser(["generate", "--package", "@acme/harbour"]);
    expect(out).toMatch(
      /wrote src\/schema\.ts, .*package\.json, tsconfig\.json, \d+ files of the runtime \(/,
    );
    expect(JSON.parse(await read("out/package.json"))).toMatchObject({
      name: "@acme/harbour",
      version: "2.0.0",
      license: "MIT",
    });
    expect(await read("out/src/operations.ts")).toContain('from "./runtime/index.js"');
    expect(await read("out/src/runtime/LICENSE")).toContain("MIT License");
    expect((await hawser(["generate", "--check", "--package", "@acme/harbour"])).code).toBe(0);
  });
});
