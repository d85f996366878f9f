import { mkdir, readFile, realpath, symlink } from "node:fs/promises";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { fixtures, repository, textOf, withFolder } from "../../test/documents.ts";
import { generate } from "../generate.ts";
import { version } from "../version.ts";
import { vendorRuntime } from "./vendor-runtime.ts";

const cloud = join(fixtures, "cloud/openapi.yaml");

/** What a user who turned on everything has a compiler say. */
async function strictErrors(
  importExtension: ".js" | ".ts" | "",
  options: ts.CompilerOptions,
): Promise<string[]> {
  const { files } = await generate({ document: cloud, vendor: true, importExtension });
  const given = Object.fromEntries(files.map(({ path, content }) => [`client/${path}`, content]));
  return withFolder({ "package.json": '{ "type": "module" }', ...given }, async (folder) => {
    const installed = join(repository, "packages/runtime/node_modules/openapi-fetch");
    await mkdir(join(folder, "node_modules"));
    await symlink(await realpath(installed), join(folder, "node_modules/openapi-fetch"));
    const program = ts.createProgram([join(folder, "client/index.ts")], {
      target: ts.ScriptTarget.ES2022,
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      isolatedModules: true,
      verbatimModuleSyntax: true,
      noUnusedLocals: true,
      noUnusedParameters: true,
      noImplicitOverride: true,
      noImplicitReturns: true,
      noFallthroughCasesInSwitch: true,
      noEmit: true,
      skipLibCheck: false,
      ...options,
    });
    return ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
      const message = ts.flattenDiagnosticMessageText(messageText, " ");
      return `${file?.fileName.slice(folder.length)}: ${message}`;
    });
  });
}

const bundler = { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler };

test.each([
  [".js", { module: ts.ModuleKind.NodeNext }],
  [".ts", { ...bundler, allowImportingTsExtensions: true }],
  ["", bundler],
] as const)(
  "a client with a copied runtime compiles under the strictest settings, imports ending in %j",
  { timeout: 60_000 },
  async (extension, options) => {
    expect(await strictErrors(extension, options)).toEqual([]);
  },
);

test("what is copied is the source of the packages, but for the ends of imports and the version", async () => {
  const { files } = await vendorRuntime(".ts");
  for (const { path, content } of files) {
    if (path === "LICENSE") continue;
    const [folder, file] = path.startsWith("streaming/")
      ? ["streaming", path.slice("streaming/".length)]
      : ["runtime", path];
    const source = await readFile(join(repository, "packages", folder ?? "", "src", file ?? ""), "utf8");
    const [notice, ...lines] = content.split("\n");
    expect(notice).toBe(
      `// Copied by Hawser from @hawser/${folder} ${version}, under the licence beside it. Do not edit: generate again.`,
    );
    const plain = (text: string) =>
      text
        .replaceAll(/^\/\/\/ <reference lib=.*\n/gm, "")
        .replaceAll(/"(?:@hawser\/streaming|(?:\.\.?\/)+streaming\/index\.ts)"/g, "STREAMING")
        .replace(/^import manifest .*\n/m, "")
        .replace(/manifest\.version/, JSON.stringify(version));
    expect(plain(lines.join("\n"))).toBe(plain(source));
  }
});

test("all that the entry point leads to is copied, and nothing that only Node has or that tests", async () => {
  const { files, dependencies } = await vendorRuntime(".js");
  const paths = new Set(files.map(({ path }) => path));
  for (const { path, content } of files) {
    for (const [, specifier = ""] of content.matchAll(/^(?:import|export) [^;]*? from "([^"]+)";$/gms)) {
      if (!specifier.startsWith(".")) {
        expect(Object.keys(dependencies)).toContain(specifier);
        continue;
      }
      const target = new URL(specifier.replace(/\.js$/, ".ts"), `file:///${path}`).pathname.slice(1);
      expect(paths).toContain(target);
    }
  }
  expect([...paths].filter((path) => /\.test\.ts$|\.node\.ts$|no-node/.test(path))).toEqual([]);
  expect(paths).toContain("streaming/index.ts");
});

test("the licence comes with the sources", async () => {
  const { files } = await vendorRuntime(".js");
  expect(textOf(files, "LICENSE")).toBe(await readFile(join(repository, "LICENSE"), "utf8"));
});
