import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { loadDocument } from "@hawser/codegen";
import { afterAll, beforeAll, expect, test } from "vitest";
import { turnDown } from "../src/index.ts";
import { question, runcrate, send } from "./helpers.ts";

// The stock command has to be able to serve the document too, for people who have no use for this package.

let prism: ChildProcess | undefined;
let folder: string | undefined;
const server = { url: "" };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hawser-prism-"));
  const { document } = await loadDocument(runcrate.document);
  await writeFile(join(folder, "openapi.json"), JSON.stringify(turnDown(document)));
  const port = await freePort();
  const manifest = createRequire(import.meta.url).resolve("@stoplight/prism-cli/package.json");
  const command = join(dirname(manifest), "dist", "index.js");
  const args = [command, "mock", "--host", "127.0.0.1", "--port", String(port), join(folder, "openapi.json")];
  prism = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  await listening(prism);
  server.url = `http://127.0.0.1:${port}`;
}, 60_000);

afterAll(async () => {
  if (prism !== undefined && prism.exitCode === null) {
    prism.kill();
    await once(prism, "exit");
  }
  if (folder !== undefined) await rm(folder, { recursive: true });
});

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Resolves once Prism says that it listens; rejects with what it said when it ends instead. */
async function listening(child: ChildProcess): Promise<void> {
  let said = "";
  await new Promise<void>((resolve, reject) => {
    const hear = (piece: Buffer) => {
      said += piece.toString();
      if (said.includes("Prism is listening")) resolve();
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.once("error", reject);
    child.once("exit", () => reject(new Error(`Prism ended: ${said}`)));
  });
}

test("prism mock lists the models", async () => {
  const response = await send(server, "GET", "/models");
  expect([response.status, await response.json()]).toMatchObject([200, { object: "list" }]);
});

test("prism mock answers a chat", async () => {
  const response = await send(server, "POST", "/chat/completions", {
    body: question,
    headers: { accept: "application/json" },
  });
  expect([response.status, await response.json()]).toMatchObject([200, { object: "chat.completion" }]);
});

test("prism mock sends the transcript of a chat", async () => {
  const response = await send(server, "POST", "/chat/completions", {
    body: { ...question, stream: true },
    prefer: "example=usage",
    headers: { accept: "text/event-stream" },
  });
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  expect(await response.text()).toMatch(/^data: \{[\s\S]*"usage":\{[\s\S]*data: \[DONE\]\n\n$/);
});

test("prism mock asks for a key", async () => {
  const response = await fetch(`${server.url}/models`);
  expect([response.status, await response.json()]).toMatchObject([401, { error: { code: "unauthorized" } }]);
});

test("prism mock turns down a body that is wrong", async () => {
  const response = await send(server, "POST", "/chat/completions", { body: { model: "m" } });
  expect([response.status, await response.json()]).toMatchObject([
    422,
    { error: { code: "validation_error" } },
  ]);
});

test("prism mock gives the status asked for", async () => {
  const response = await send(server, "POST", "/chat/completions", {
    body: question,
    prefer: "code=429",
    headers: { accept: "application/json" },
  });
  expect([response.status, response.headers.get("retry-after")]).toEqual([429, "2"]);
});
