import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { applyOverlay, loadOverlaid } from "@hawser/codegen";
import { createMockServer } from "@hawser/mock";
import { expect, test } from "vitest";
import { harbour, inFolder } from "./folder.ts";

const config = `resources: { fleet: { methods: { all: get /ships } } }\n`;
const named = "fleet.all";

const verbs: readonly (readonly [string, readonly string[]])[] = [
  ["generate", ["generate", "api.yaml", "--out", "client"]],
  ["report", ["report", "api.yaml"]],
  ["normalize", ["normalize", "api.yaml", "--out", "n.yaml"]],
  ["lint", ["lint", "api.yaml", "--notes"]],
];

test.each(verbs)(
  "%s reads the configuration beside the document, and says so in a line",
  async (_verb, argv) => {
    await inFolder(async ({ write, hawser }) => {
      await write("api.yaml", harbour());
      await write("stainless.yml", config);
      const { code, out, error } = await hawser([...argv, "--json"]);
      expect(code).toBe(0);
      expect(error).toBe(
        "Reading stainless.yml with api.yaml, which it lies beside; --no-stainless leaves it out.",
      );
      expect(out).toContain("stainless.yml at #/resources/fleet/methods/all");
    });
  },
);

test.each(verbs)("%s --no-stainless leaves it out", async (_verb, argv) => {
  await inFolder(async ({ write, hawser }) => {
    await write("api.yaml", harbour());
    await write("stainless.yml", config);
    const { code, out, error } = await hawser([...argv, "--json", "--no-stainless"]);
    expect({ code, error }).toEqual({ code: 0, error: "" });
    expect(out).not.toContain("stainless");
  });
});

test.each(verbs)("%s --stainless takes another file, and says nothing of it", async (_verb, argv) => {
  await inFolder(async ({ write, hawser }) => {
    await write("api.yaml", harbour());
    await write("stainless.yml", "resources: {}");
    await write("names.yml", config);
    const { code, out, error } = await hawser([...argv, "--json", "--stainless", "names.yml"]);
    expect({ code, error }).toEqual({ code: 0, error: "" });
    expect(out).toContain("names.yml at #/resources/fleet/methods/all");
  });
});

test.each([...verbs, ["mock", ["mock", "api.yaml"]], ["diff", ["diff", "api.yaml", "api.yaml"]]] as const)(
  "%s tells what is wrong with the configuration, and fails",
  async (_verb, argv) => {
    await inFolder(async ({ write, hawser }) => {
      await write("api.yaml", harbour());
      await write("stainless.yml", config.replace("/ships", "/ship"));
      const { code, out, error } = await hawser(argv);
      expect(code).toBe(1);
      expect(`${out}\n${error}`).toContain("the document has no operation get /ship");
    });
  },
);

test("mock serves what the configuration leaves of a document", async () => {
  await inFolder(async ({ write, hawser }) => {
    await write(
      "api.yaml",
      harbour().replace(
        "components:",
        "  /docks: { get: { responses: { 204: { description: OK } } } }\ncomponents:",
      ),
    );
    await write("stainless.yml", `${config}unspecified_endpoints: [get /docks]\n`);
    const { code, out } = await hawser(["mock", "api.yaml"], { signal: AbortSignal.abort() });
    expect(code).toBe(0);
    expect(out).toContain("GET /ships");
    expect(out).not.toContain("/docks");
  });
});

test("normalize writes what the configuration says as keys of our own", async () => {
  await inFolder(async ({ write, read, hawser }) => {
    await write("api.yaml", harbour());
    await write("stainless.yml", config);
    await hawser(["normalize", "api.yaml", "--out", "n.yaml"]);
    expect(await read("n.yaml")).toContain(`x-hawser-method: ${named}`);
    expect((await hawser(["normalize", "api.yaml", "--out", "stainless.yml"])).error).toContain(
      "stainless.yml is what the document is made of",
    );
  });
});

test("diff reads the configuration of each document", async () => {
  await inFolder(async ({ path, write, hawser }) => {
    for (const folder of ["old", "new"]) await mkdir(join(path, folder));
    await write("old/api.yaml", harbour());
    await write("new/api.yaml", harbour());
    await write("new/stainless.yml", config);
    const { out } = await hawser(["diff", "old/api.yaml", "new/api.yaml"]);
    expect(out).toContain("fleet.all");
    expect((await hawser(["diff", "old/api.yaml", "new/api.yaml", "--no-stainless"])).out).toBe(
      "Nothing differs.",
    );
  });
});

test("a client of hawser.config.mjs names its configuration, or has none", async () => {
  await inFolder(async ({ write, read, hawser }) => {
    const clients = (more: string) =>
      `export default { clients: [{ document: "api.yaml", out: "client", ${more} }] };\n`;
    await write("api.yaml", harbour());
    await write("stainless.yml", config.replace("all:", "every:"));
    await write("names.yml", config);
    await write("a.config.mjs", clients('stainless: "names.yml"'));
    await write("b.config.mjs", clients("stainless: false"));
    await write("c.config.mjs", clients(""));
    const written = async (file: string) => {
      const { code, error } = await hawser(["generate", "--config", file]);
      expect(code).toBe(0);
      return { error, client: await read("client/client.ts") };
    };
    const [a, b, c] = [
      await written("a.config.mjs"),
      await written("b.config.mjs"),
      await written("c.config.mjs"),
    ];
    expect(a.client).toMatch(/\ball\(/);
    expect(b.client).toMatch(/\blist\(/);
    expect(c.client).toMatch(/\bevery\(/);
    expect([a.error, b.error, c.error.split(" ")[0]]).toEqual(["", "", "Reading"]);
  });
});

test("what is wrong with a configuration names its file, the line, the place and what to write", async () => {
  await inFolder(async ({ path, write, hawser }) => {
    await write("api.yaml", harbour());
    await write("stainless.yml", "resources:\n  fleet:\n    methods:\n      all: get /ship\n");
    const { code, out } = await hawser(["generate", "api.yaml", "--out", "client", "--json"]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual({
      problems: [
        {
          source: join(path, "stainless.yml"),
          pointer: "#/resources/fleet/methods/all",
          message: 'line 4: the document has no operation get /ship. The nearest is "get /ships".',
        },
      ],
    });
    const missing = await hawser(["lint", "api.yaml", "--stainless", "none.yml"]);
    expect(missing.error).toContain("none.yml: there is no such file.");
  });
});

test("generate --watch generates again when the configuration changes", async () => {
  await inFolder(async ({ path, write, hawser }) => {
    await write("api.yaml", harbour());
    await write("stainless.yml", config);
    const stop = new AbortController();
    let said = "";
    const heard = new Map<string, () => void>();
    const hear = (line: string) => {
      said += `${line}\n`;
      for (const [words, resolve] of heard) if (said.includes(words)) resolve();
    };
    const until = (words: string) =>
      new Promise<void>((resolve) => {
        if (said.includes(words)) resolve();
        else heard.set(words, resolve);
      });
    const run = hawser(["generate", "api.yaml", "--out", "client", "--watch"], {
      out: hear,
      error: hear,
      signal: stop.signal,
    });
    try {
      await until("Watching");
      said = "";
      await write("stainless.yml", config.replace("all:", "every:"));
      await until("wrote");
      expect(await readFile(join(path, "client/client.ts"), "utf8")).toMatch(/\bevery\(/);
    } finally {
      stop.abort();
      await run;
    }
  });
});

test("a generated client goes through pages and reads streams as the configuration says", async () => {
  const fixtures = join(import.meta.dirname, "../../codegen/test/fixtures/stainless");
  const source = { document: join(fixtures, "openapi.yaml"), stainless: join(fixtures, "stainless.yml") };
  // Inside of the package, where its runtime is found.
  const out = join(import.meta.dirname, "../.results/stainless");
  const runtime = "../../../runtime/src/index.ts";
  await inFolder(async ({ hawser }) => {
    const argv = [
      "generate",
      source.document,
      "--out",
      out,
      "--import-extension",
      ".ts",
      "--runtime",
      runtime,
    ];
    expect(await hawser(argv)).toMatchObject({ code: 0 });
  });
  const { document } = await loadOverlaid(source);
  const transcript = 'data: {"delta":"A"}\n\ndata: {"delta":"hoy."}\n\ndata: [DONE]\n\n';
  const overlaid = applyOverlay(document, {
    source: "transcript.overlay.yaml",
    actions: [
      {
        target: "$.paths['/v1/chat'].post.responses['200'].content['text/event-stream']",
        update: { examples: { ahoy: { value: transcript } } },
      },
    ],
  });
  await using server = await createMockServer({
    document: overlaid,
    scene: "pages",
    scenes: { pages: { shipsListV1: ["first", "last"] } },
  });
  const { HarbourWorks } = await import(/* @vite-ignore */ pathToFileURL(join(out, "index.ts")).href);
  const client = new HarbourWorks({ apiKey: "key", baseURL: server.url, fleetId: "f1" });
  const ships: string[] = [];
  for await (const { id } of client.ships.list({ limit: 2 })) ships.push(id);
  expect(ships).toEqual(["a", "b", "c"]);
  const parts: unknown[] = [];
  const stream = await client.chat.create({ text: "Ahoy.", stream: true });
  for await (const part of stream) parts.push(part);
  expect(parts).toEqual([{ delta: "A" }, { delta: "hoy." }]);
  expect(await stream.end).toMatchObject({ reason: "complete" });
  expect((await client.ships.retrieve("a")).id).toEqual(expect.any(String));
  const [first, second, asked] = server.requests;
  expect([first, second].map((request) => request?.query.get("cursor"))).toEqual([null, "c1"]);
  expect(asked?.headers).toMatchObject({ "x-fleet": "f1", authorization: "Bearer key" });
});
