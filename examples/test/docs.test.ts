import { execFile } from "node:child_process";
import { globSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import { createMockServer, type MockServer } from "@hawser/mock";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codeBlocks } from "./code-blocks.ts";

const run = promisify(execFile);
const config = join(import.meta.dirname, "docs.vitest.config.ts");
const root = join(import.meta.dirname, "../..");
const here = join(import.meta.dirname, "..");
const extracted = join(here, ".results/docs");
const pages = ["README.md", ...globSync("packages/*/README.md", { cwd: root }).sort()];
const programs = globSync("*.ts", { cwd: here }).filter((name) => name !== "vitest.config.ts");

interface Example {
  readonly name: string;
  readonly file: string;
  readonly text: string;
}

const examples: Example[] = [];
for (const page of pages) {
  const blocks = codeBlocks(await readFile(join(root, page), "utf8"), "ts");
  for (const { text, line } of blocks) {
    const isTest = text.includes('from "vitest"');
    const stem = page.replaceAll("/", "-").replace(".md", "");
    examples.push({
      name: `${page}, line ${line}`,
      file: join(extracted, `${stem}-${line}${isTest ? ".test" : ""}.ts`),
      text,
    });
  }
}
for (const name of programs)
  examples.push({
    name: `examples/${name}`,
    file: join(here, name),
    text: await readFile(join(here, name), "utf8"),
  });

let server: MockServer;
let infrastructure: MockServer;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hawser-docs-"));
  server = await createMockServer({
    document: join(root, "openapi/runcrate/inference.yaml"),
    overlays: [join(root, "openapi/runcrate/inference.overlay.yaml")],
    scenes: { video: { retrieveVideo: ["queued", "processing", "completed"] } },
  });
  server.useScene("video");
  infrastructure = await createMockServer({
    document: join(root, "openapi/runcrate/infrastructure.yaml"),
    overlays: [join(root, "openapi/runcrate/infrastructure.overlay.yaml")],
    scenes: {
      // An instance's life in as few looks as there can be.
      instance: {
        retrieveInstanceStatus: ["deploying", "running", "terminated"],
        listTransactions: ["firstPage", "secondPage", "lastPage"],
        retrieveVolume: ["creating", "available"],
      },
    },
  });
  // Files the examples read.
  await writeFile(
    join(folder, "speech.mp3"),
    await readFile(join(root, "openapi/runcrate/examples/speech.mp3")),
  );
  await writeFile(
    join(folder, "openapi.yaml"),
    await readFile(join(import.meta.dirname, "fixtures/openapi.yaml")),
  );
  await symlink(join(root, "openapi"), join(folder, "openapi"));
  await rm(extracted, { recursive: true, force: true });
  await mkdir(extracted, { recursive: true });
  for (const { file, text } of examples)
    if (file.startsWith(extracted)) await writeFile(file, `${text}\nexport {};\n`);
});

afterAll(async () => {
  await server.close();
  await infrastructure.close();
  await rm(folder, { recursive: true, force: true });
});

test("every example in the docs passes the type checker", async () => {
  const settings = {
    extends: relative(extracted, join(root, "tsconfig.base.json")),
    compilerOptions: { types: ["node"] },
    include: ["*.ts", relative(extracted, join(here, "*.ts"))],
  };
  await writeFile(join(extracted, "tsconfig.json"), JSON.stringify(settings));
  const tsc = join(root, "node_modules/typescript-native/bin/tsc");
  const { stdout } = await run(process.execPath, [tsc, "--noEmit", "-p", extracted]).catch(
    (error: { stdout: string }) => error,
  );
  expect(stdout).toBe("");
}, 60_000);

describe("every example in the docs runs", () => {
  test.each(examples)(
    "$name",
    async ({ file, text }) => {
      infrastructure.useScene("instance");
      const vitest = join(root, "node_modules/vitest/vitest.mjs");
      const words = text.includes('from "vitest"')
        ? [vitest, "run", "--root", here, "--config", config, relative(here, file)]
        : ["--conditions=hawser-source", file];
      const options = {
        cwd: folder,
        env: {
          ...process.env,
          RUNCRATE_API_KEY: "rc_live_docs",
          RUNCRATE_BASE_URL: server.url,
          RUNCRATE_INFRASTRUCTURE_BASE_URL: infrastructure.url,
          OPENAI_API_KEY: "sk-docs",
          OPENAI_BASE_URL: server.url,
          NO_COLOR: "1",
        },
      };
      await run(process.execPath, words, options);
    },
    30_000,
  );
});
