import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { MockServer } from "@hawser/mock";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startRuncrate } from "./mock.ts";

const run = promisify(execFile);
const packages = join(import.meta.dirname, "../..");

let folder: string;
let server: MockServer;

/** Installs the packed packages into an empty folder: what a user's npm would put there, from the files at hand. */
beforeAll(async () => {
  server = await startRuncrate();
  folder = await mkdtemp(join(tmpdir(), "hawser-packed-"));
  const modules = join(folder, "node_modules");
  for (const name of ["streaming", "runtime", "inference"]) {
    const source = join(packages, name);
    const packed = join(folder, "packed", name);
    await mkdir(packed, { recursive: true });
    const pnpm = join(packages, "../node_modules/pnpm/bin/pnpm.cjs");
    const { stdout } = await run(process.execPath, [pnpm, "pack", "--json", "--pack-destination", packed], {
      cwd: source,
    });
    const { filename } = JSON.parse(stdout.slice(stdout.indexOf("{"))) as { filename: string };
    await run("tar", ["-xzf", join(packed, filename.split("/").at(-1) ?? ""), "-C", packed]);
    await mkdir(join(modules, "@hawser"), { recursive: true });
    await cp(join(packed, "package"), join(modules, "@hawser", name), { recursive: true });
  }
  const fetchClient = await realpath(join(packages, "runtime/node_modules/openapi-fetch"));
  await symlink(fetchClient, join(modules, "openapi-fetch"));
  await symlink(
    join(dirname(fetchClient), "openapi-typescript-helpers"),
    join(modules, "openapi-typescript-helpers"),
  );
}, 60_000);

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const program = `
const runcrate = new Runcrate({ apiKey: "rc_live_test", baseURL: process.env.BASE_URL });
const stream = await runcrate.chat.completions.create({
  model: "meta-llama/Meta-Llama-3.1-8B-Instruct",
  messages: [{ role: "user", content: "Explain quantum computing in one sentence." }],
  stream: true,
});
for await (const chunk of stream) process.stdout.write(chunk.choices[0]?.delta.content ?? "");
console.log("\\n" + (await stream.end).reason);
`;

async function runProgram(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text);
  const { stdout } = await run(process.execPath, [name], {
    cwd: folder,
    env: { ...process.env, BASE_URL: server.url },
  });
  return stdout;
}

test("the packed package streams a chat as an ES module", async () => {
  const printed = await runProgram(
    "esm.mjs",
    `import { Runcrate } from "@hawser/inference/runcrate";\n${program}`,
  );
  expect(printed).toMatch(/\w+ \w+.*\ncomplete\n$/s);
});

test("the packed package streams a chat as CommonJS", async () => {
  const text = `const { Runcrate } = require("@hawser/inference/runcrate");\n(async () => {${program}})();`;
  expect(await runProgram("cjs.cjs", text)).toMatch(/\w+ \w+.*\ncomplete\n$/s);
});

test("errors of one entry point are recognised by another, as CommonJS and across module systems", async () => {
  const printed = await runProgram(
    "errors.cjs",
    `const { NotFoundError, APIError, Runcrate } = require("@hawser/inference/runcrate");
const runtime = require("@hawser/runtime");
(async () => {
  const esm = await import("@hawser/runtime");
  const client = new Runcrate({ apiKey: "rc_live_test", baseURL: process.env.BASE_URL });
  const error = await client.videos.retrieve("gone", { headers: { prefer: "code=404" } }).catch((reason) => reason);
  console.log(error instanceof NotFoundError, error instanceof runtime.NotFoundError, esm.APIError.is(error), APIError.is(error));
})();`,
  );
  expect(printed).toBe("true true true true\n");
});
