import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hawserIn } from "../test/folder.ts";
import { run } from "./run.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hawser-cli-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Runs the command in the test's folder and gives all it said. */
function hawser(...argv: string[]) {
  return hawserIn(folder, argv);
}

const harbour = `openapi: 3.1.0
info: { title: Harbour, version: 1.0.0 }
servers: [{ url: https://harbour.example/v1 }]
paths:
  /ships:
    get:
      operationId: listShips
      responses:
        "200":
          description: All ships.
          content: { application/json: { schema: { $ref: "#/components/schemas/Fleet" } } }
components:
  schemas:
    Fleet: { type: object, required: [ships], properties: { ships: { type: array, items: { type: string } } } }
`;

test("generates a client from a document", async () => {
  await writeFile(join(folder, "harbour.yaml"), harbour);
  const { code, out } = await hawser("generate", "harbour.yaml", "--out", "client");
  expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining("1 operations") });
  expect(await readFile(join(folder, "client/client.ts"), "utf8")).toContain("export class HarbourClient");
});

test("says so when there is nothing new to write", async () => {
  await writeFile(join(folder, "harbour.yaml"), harbour);
  await hawser("generate", "harbour.yaml", "--out", "client");
  expect((await hawser("generate", "harbour.yaml", "--out", "client")).out).toContain("already up to date");
});

test("--check fails on one changed description, and names the files", async () => {
  await writeFile(join(folder, "harbour.yaml"), harbour);
  await hawser("generate", "harbour.yaml", "--out", "client");
  expect((await hawser("generate", "harbour.yaml", "--out", "client", "--check")).code).toBe(0);
  await writeFile(
    join(folder, "harbour.yaml"),
    harbour.replace("operationId: listShips", "operationId: listShips\n      summary: Ships in port"),
  );
  const { code, error } = await hawser("generate", "harbour.yaml", "--out", "client", "--check");
  expect(code).toBe(1);
  expect(error).toContain("client/client.ts is not what harbour.yaml says.");
});

test("what options wrote that are dropped is told by --check, and removed, but for words a person may have changed", async () => {
  await writeFile(join(folder, "harbour.yaml"), harbour);
  const plain = ["generate", "harbour.yaml", "--out", "client"];
  await hawser(...plain, "--validate", "--docs");
  const checked = await hawser(...plain, "--check");
  expect(checked.code).toBe(1);
  expect(checked.error).toContain("client still has validation.ts, validate.ts, generated before");
  const { code, out, error } = await hawser(...plain);
  expect({ code, out }).toMatchObject({
    code: 0,
    out: expect.stringContaining("removed validation.ts, validate.ts"),
  });
  expect(error).toContain("client/README.md was generated before and no longer is");
  expect((await readdir(join(folder, "client"))).sort()).toEqual([
    "README.md",
    "api.md",
    "client.ts",
    "index.ts",
    "operations.ts",
    "schema.ts",
  ]);
  for (const name of ["README.md", "api.md"]) await rm(join(folder, "client", name));
  expect((await hawser(...plain, "--check")).code).toBe(0);
});

test("applies overlays and writes the report", async () => {
  await writeFile(join(folder, "harbour.yaml"), harbour.replace("      operationId: listShips\n", ""));
  await writeFile(
    join(folder, "names.yaml"),
    `overlay: 1.1.0\ninfo: { title: Names, version: 1.0.0 }\nactions:\n  - target: $\n    update: { x-hawser-client: { name: Harbour } }\n`,
  );
  const flags = ["--out", "client", "--overlay", "names.yaml", "--report", "report.json"];
  expect((await hawser("generate", "harbour.yaml", ...flags)).code).toBe(0);
  expect(await readFile(join(folder, "client/client.ts"), "utf8")).toContain("export class Harbour {");
  const [{ changes }] = JSON.parse(await readFile(join(folder, "report.json"), "utf8"));
  expect(changes).toContainEqual(
    expect.objectContaining({ rule: "operation-ids", pointer: "#/paths/~1ships/get/operationId" }),
  );
});

test("reads hawser.config.mjs when no document is named", async () => {
  await writeFile(join(folder, "harbour.yaml"), harbour);
  await writeFile(
    join(folder, "hawser.config.mjs"),
    `export default { clients: [{ document: "harbour.yaml", out: "client" }] };`,
  );
  expect((await hawser("generate")).code).toBe(0);
  expect(await readFile(join(folder, "client/index.ts"), "utf8")).toContain("HarbourClient");
});

test.each([
  [
    "a document that isn't there",
    ["generate", "missing.yaml", "--out", "client"],
    1,
    /missing\.yaml: there is no such file\./,
  ],
  ["no --out", ["generate", "harbour.yaml"], 2, /--out/],
  ["no document and no configuration", ["generate"], 2, /hawser\.config\.ts/],
  ["an unknown option", ["generate", "--colour"], 2, /unknown option '--colour'/],
  ["an unknown command", ["moor"], 2, /unknown command 'moor'/],
  ["a port that is no number", ["mock", "harbour.yaml", "--port", "abc"], 2, /whole number/],
  ["a port that is none", ["mock", "harbour.yaml", "--port", "99999"], 2, /from 0 to 65535/],
  ["pieces of no size", ["mock", "harbour.yaml", "--chunk-size", "0"], 2, /at least 1/],
  ["nothing to serve", ["mock"], 2, /Nothing to serve: name a document/],
  ["a configuration that isn't there", ["generate", "--config", "other.mjs"], 1, /other\.mjs/],
])("ends with one clear sentence and no stack trace for %s", async (_what, argv, wanted, message) => {
  const { code, error } = await hawser(...argv);
  expect(code).toBe(wanted);
  expect(error).toMatch(message);
  expect(error).not.toMatch(/^\s+at /m);
});

test.each([
  [["help", "mock"], 0, /^Usage: hawser mock /],
  [["help", "instances", "list"], 0, /^Usage: hawser instances list /],
  [["help"], 0, /OpenAPI documents:[\s\S]*generate[\s\S]*Runcrate:[\s\S]*instances/],
  [["help", "genrate"], 2, /unknown command 'genrate'[\s\S]*Did you mean generate\?/],
  [["help", "instances", "lst"], 2, /Did you mean list\?/],
  [["genrate"], 2, /Did you mean generate\?/],
  [["generate", "--wach"], 2, /Did you mean --watch\?/],
] as const)("%j tells what there is, or what may have been meant", async (argv, wanted, message) => {
  const { code, out, error } = await hawser(...argv);
  expect(code).toBe(wanted);
  expect(wanted === 0 ? out : error).toMatch(message);
});

test("tells when the folder to write to is a file", async () => {
  await writeFile(join(folder, "harbour.yaml"), harbour);
  const { code, error } = await hawser("generate", "harbour.yaml", "--out", "harbour.yaml");
  expect(code).toBe(1);
  expect(error).toMatch(/harbour\.yaml is a file, but --out takes a folder\./);
});

test("names file and pointer of a reference that leads nowhere", async () => {
  await writeFile(join(folder, "harbour.yaml"), harbour.replace("schemas/Fleet", "schemas/Flotilla"));
  const { code, error } = await hawser("generate", "harbour.yaml", "--out", "client");
  expect(code).toBe(1);
  expect(error).toContain("harbour.yaml");
  expect(error).toContain("Flotilla");
});

test("names the line of a document that doesn't parse", async () => {
  await writeFile(join(folder, "harbour.yaml"), "openapi: 3.1.0\ninfo: { title: Harbour\n");
  const { code, error } = await hawser("generate", "harbour.yaml", "--out", "client");
  expect(code).toBe(1);
  expect(error).toMatch(/harbour\.yaml.*does not parse/);
});

test("tells which port is in use, and what to do", async () => {
  await writeFile(join(folder, "harbour.yaml"), harbour);
  const taken = createServer();
  await new Promise<void>((listening) => taken.listen(0, "127.0.0.1", listening));
  const address = taken.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  try {
    const { code, error } = await hawser("mock", "harbour.yaml", "--port", String(port));
    expect(code).toBe(1);
    expect(error).toContain(`Port ${port} of 127.0.0.1 is in use: choose another with --port`);
  } finally {
    taken.close();
  }
});

/** Serves a document until it is ready, and gives what was printed. */
async function serveOnce(text: string) {
  await writeFile(join(folder, "harbour.yaml"), text);
  const stop = new AbortController();
  const lines: string[] = [];
  const errors: string[] = [];
  const code = await run(["mock", "harbour.yaml"], {
    out: (line) => {
      lines.push(line);
      if (line.includes("Ctrl-C")) stop.abort();
    },
    error: (line) => errors.push(line),
    cwd: folder,
    signal: stop.signal,
  });
  expect(code).toBe(0);
  return { lines, errors };
}

test("a document without operations is served with a word about it", async () => {
  const { errors } = await serveOnce("openapi: 3.1.0\ninfo: { title: Harbour, version: 1.0.0 }\npaths: {}\n");
  expect(errors).toEqual(['harbour.yaml describes no operation below "paths", so nothing is served.']);
});

test("the address of a long list of operations stands below it too", async () => {
  const paths = Array.from(
    { length: 41 },
    (_, index) => `  /ships/${index}: { get: { responses: { 204: { description: none } } } }`,
  );
  const { lines } = await serveOnce(
    `openapi: 3.1.0\ninfo: { title: Harbour, version: 1.0.0 }\npaths:\n${paths.join("\n")}\n`,
  );
  expect(lines.at(-2)).toMatch(/^41 operations of harbour\.yaml, at http:/);
});

test("serves a document until it is told to stop", async () => {
  const { lines } = await serveOnce(harbour);
  expect(lines[1]).toBe("  GET /ships");
  expect(lines[0]).toMatch(/^harbour\.yaml answers at http:\/\/127\.0\.0\.1:\d+\/v1$/);
});

test("the bin prints its help and its version", async () => {
  const bin = join(import.meta.dirname, "bin.ts");
  const hawserBin = (flag: string) =>
    promisify(execFile)(process.execPath, ["--conditions=hawser-source", bin, flag]);
  expect((await hawserBin("--help")).stdout).toContain("generate");
  expect((await hawserBin("--version")).stdout.trim()).toMatch(/^\d+\.\d+\.\d+$/);
});
