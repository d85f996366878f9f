import type { MockServer } from "@hawser/mock";
import { afterAll, beforeAll, expect, test } from "vitest";
import { installPacked, type PackedProject } from "../../../scripts/testing/install-packed.ts";
import { startRuncrate } from "./mock.ts";

let project: PackedProject;
let server: MockServer;

beforeAll(async () => {
  server = await startRuncrate();
  project = await installPacked(["streaming", "runtime", "inference"]);
}, 60_000);

afterAll(async () => {
  await server.close();
  await project[Symbol.asyncDispose]();
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

const runProgram = (name: string, text: string) => project.runProgram(name, text, { BASE_URL: server.url });

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
