import { mkdir, readdir, symlink } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { harbour, inFolder } from "./folder.ts";

test("generate takes several documents, and gives each a folder", async () => {
  await inFolder(async ({ path, write, hawser }) => {
    await write("harbour.openapi.yaml", harbour());
    await write("docks.yaml", harbour());
    const { code, out } = await hawser([
      "generate",
      "harbour.openapi.yaml",
      "docks.yaml",
      "--out",
      "clients",
    ]);
    expect(code).toBe(0);
    expect(out.split("\n")).toHaveLength(2);
    expect(await readdir(join(path, "clients"))).toEqual(["docks", "harbour"]);
  });
});

test("generate refuses two documents that would be written to one folder", async () => {
  await inFolder(async ({ path, write, hawser }) => {
    await mkdir(join(path, "old"));
    await write("api.yaml", harbour());
    await write("old/api.yaml", harbour());
    const { code, error } = await hawser(["generate", "api.yaml", "old/api.yaml", "--out", "clients"]);
    expect(code).toBe(2);
    expect(error).toMatch(/Two documents would be written to .*clients\/api: generate them one by one/);
  });
});

test("generate --json says what was written, and writes it once", async () => {
  await inFolder(async ({ write, hawser }) => {
    await write("api.yaml", harbour());
    const argv = ["generate", "api.yaml", "--out", "client", "--json", "--language", "python"];
    const files = ["__init__.py", "client.py", "models.py", "py.typed"];
    const first = JSON.parse((await hawser(argv)).out);
    expect(first.clients).toEqual([
      {
        document: "api.yaml",
        out: "client",
        language: "python",
        operations: 1,
        files,
        written: files,
        stale: [],
        removed: [],
        left: [],
        changes: [],
      },
    ]);
    expect(JSON.parse((await hawser(argv)).out).clients[0].written).toEqual([]);
    await write("client/client.py", "");
    const checked = await hawser([...argv, "--check"]);
    expect(checked.code).toBe(1);
    expect(JSON.parse(checked.out).clients[0].stale).toEqual(["client.py"]);
  });
});

test.each([
  ["generate", ["generate", "api.yaml", "--out", "client", "--json"]],
  ["report", ["report", "api.yaml", "--json"]],
  ["normalize", ["normalize", "api.yaml", "--out", "n.yaml", "--json"]],
  ["diff", ["diff", "api.yaml", "api.yaml", "--json"]],
])("%s --json gives the problems of a document as JSON, and fails", async (_command, argv) => {
  await inFolder(async ({ write, hawser }) => {
    await write("api.yaml", harbour().replace("schemas/Fleet", "schemas/Flotilla"));
    const { code, out, error } = await hawser(argv);
    expect(code).toBe(1);
    const { problems } = JSON.parse(out);
    expect(problems).toEqual([expect.objectContaining({ message: expect.stringContaining("Flotilla") })]);
    expect(error).toContain("Flotilla");
  });
});

test("generate reads a document from the web, and more only from addresses that are allowed", async () => {
  const files: Record<string, string> = { "/api.yaml": harbour() };
  const server = createServer((request, response) => void response.end(files[request.url ?? ""]));
  await new Promise<void>((listening) => void server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  try {
    await inFolder(async ({ write, hawser, read }) => {
      expect((await hawser(["generate", `${url}api.yaml`, "--out", "client"])).code).toBe(0);
      await write("api.yaml", harbour().replace('"#/components', `"${url}api.yaml#/components`));
      const refused = await hawser(["generate", "api.yaml", "--out", "other"]);
      expect(refused.code).toBe(1);
      expect(refused.error).toContain(`allow it with --allow-remote ${url}`);
      expect((await hawser(["generate", "api.yaml", "--out", "other", "--allow-remote", url])).code).toBe(0);
      expect(await read("other/schema.ts")).toContain("Fleet");
      await write(
        "hawser.config.mjs",
        `export default { remoteReferences: ["${url}"], clients: [{ document: "api.yaml", out: "third" }] };`,
      );
      expect((await hawser(["generate"])).code).toBe(0);
    });
  } finally {
    server.close();
  }
});

test("an address that is none is a mistake of the command line, or of the configuration", async () => {
  await inFolder(async ({ write, hawser }) => {
    await write("api.yaml", harbour());
    const flag = await hawser(["lint", "api.yaml", "--allow-remote", "example.com"]);
    expect(flag).toMatchObject({ code: 2, error: expect.stringContaining("is no address to allow") });
    await write(
      "hawser.config.mjs",
      'export default { clients: [{ document: "api.yaml", out: "a", remoteReferences: ["example.com"] }] };',
    );
    const config = await hawser(["generate"]);
    expect(config).toMatchObject({ code: 1, error: expect.stringContaining("is no address to allow") });
  });
});

test("report tells rule, place, reason, and what stood there", async () => {
  await inFolder(async ({ write, hawser }) => {
    await write("api.yaml", harbour().replace("operationId: listShips", "x-a: 1"));
    const { code, out } = await hawser(["report", "api.yaml"]);
    expect(code).toBe(0);
    expect(out).toBe(`api.yaml: 1 change

operation-ids (1)
  #/paths/~1ships/get/operationId
    The operation had no id.
    + "getShips"`);
    const [{ changes }] = JSON.parse((await hawser(["report", "api.yaml", "--json"])).out);
    expect(changes).toEqual([
      {
        rule: "operation-ids",
        pointer: "#/paths/~1ships/get/operationId",
        after: "getShips",
        reason: "The operation had no id.",
      },
    ]);
  });
});

test.each([
  ["normal.yaml", "normal.report.json", []],
  ["deep/normal.json", "r.json", ["--report", "r.json"]],
])("normalize writes %s and the report %s, and the client stays the same", async (out, report, flags) => {
  await inFolder(async ({ write, hawser, read }) => {
    await write("api.yaml", harbour().replace("operationId: listShips", "x-a: 1").replace("3.1.0", "3.0.3"));
    const said = await hawser(["normalize", "api.yaml", "--out", out, "--openapi", "3.2", ...flags]);
    expect(said.code).toBe(0);
    expect(await read(out)).toMatch(/"?openapi"?: "?3\.2\.0/);
    expect(JSON.parse(await read(report)).map(({ rule }: { rule: string }) => rule)).toContain(
      "operation-ids",
    );
    await hawser(["generate", "api.yaml", "--out", "one"]);
    await hawser(["generate", out, "--out", "two"]);
    expect(await read("two/operations.ts")).toBe(await read("one/operations.ts"));
  });
});

test("normalize doesn't write over what it reads", async () => {
  await inFolder(async ({ path, write, read, hawser }) => {
    await write("api.yaml", harbour());
    await write(
      "names.yaml",
      "overlay: 1.1.0\ninfo: { title: N, version: 1.0.0 }\nactions:\n  - { target: $.info, update: { description: A harbour. } }\n",
    );
    await symlink(join(path, "api.yaml"), join(path, "link.yaml"));
    const overlay = ["--overlay", "names.yaml"];
    for (const flags of [
      ["--out", "api.yaml"],
      ["--out", "./link.yaml"],
      ["--out", "names.yaml", ...overlay],
      ["--out", "n.yaml", "--report", "api.yaml"],
    ]) {
      const { code, error } = await hawser(["normalize", "api.yaml", ...flags]);
      expect(code).toBe(2);
      expect(error).toMatch(/is what the document is made of: choose another file with --(out|report)\./);
    }
    const both = await hawser(["normalize", "api.yaml", "--out", "n.json", "--report", "n.json"]);
    expect(both).toMatchObject({ code: 2, error: expect.stringContaining("name one file") });
    expect(await read("api.yaml")).toBe(harbour());
  });
});

test("lint tells errors and warnings, and fails as it is told to", async () => {
  await inFolder(async ({ write, hawser }) => {
    await write("good.yaml", harbour());
    await write("meagre.yaml", harbour().replace("      summary: Lists ships.\n", ""));
    await write("bad.yaml", harbour().replace("schemas/Fleet", "schemas/Flotilla"));
    expect(await hawser(["lint", "good.yaml"])).toMatchObject({ code: 0, out: "Nothing to be told." });
    expect(await hawser(["lint", "meagre.yaml"])).toMatchObject({
      code: 0,
      out: expect.stringContaining("warning listShips has neither summary nor description"),
    });
    expect((await hawser(["lint", "meagre.yaml", "--fail-on", "warning"])).code).toBe(1);
    expect(await hawser(["lint", "bad.yaml"])).toMatchObject({
      code: 1,
      out: expect.stringContaining("representable, bad.yaml at #/paths"),
    });
    const gone = await hawser(["lint", "gone.yaml"]);
    expect(gone).toMatchObject({ code: 1, out: "" });
    expect(gone.error).toMatch(/gone\.yaml: there is no such file\.$/);
    const problems = JSON.parse((await hawser(["lint", "gone.yaml", "--json"])).out);
    expect(problems).toEqual({ problems: [expect.objectContaining({ message: "there is no such file." })] });
    const findings = JSON.parse((await hawser(["lint", "bad.yaml", "good.yaml", "--json"])).out);
    expect(findings).toEqual([expect.objectContaining({ severity: "error", rule: "representable" })]);
  });
});

test("diff tells what breaks whom, and fails from the level it is told", async () => {
  await inFolder(async ({ write, hawser }) => {
    await write("old.yaml", harbour());
    await write("new.yaml", harbour({ values: "tug, barge", summary: "All ships." }));
    const { code, out } = await hawser(["diff", "old.yaml", "new.yaml"]);
    expect(code).toBe(0);
    expect(out.split("\n")).toEqual([
      'major `Fleet.ships[]` can be "barge" now. (breaks who reads answers)',
      'minor `Fleet.ships[]` can\'t be "liner" any more.',
      "patch `ships.list` is described in other words.",
      "The next version is a major one.",
    ]);
    expect((await hawser(["diff", "old.yaml", "new.yaml", "--fail-on", "major"])).code).toBe(1);
    expect((await hawser(["diff", "new.yaml", "new.yaml", "--fail-on", "patch"])).out).toBe(
      "Nothing differs.",
    );
    await write("words.yaml", harbour({ summary: "All ships." }));
    expect((await hawser(["diff", "old.yaml", "words.yaml", "--fail-on", "minor"])).code).toBe(0);
    const json = JSON.parse((await hawser(["diff", "old.yaml", "new.yaml", "--json"])).out);
    expect(json).toMatchObject({
      level: "major",
      differences: [{ rule: "enum-widened", breaks: ["readers"] }, {}, {}],
    });
  });
});

test("diff --changeset writes a changeset for this package, or for those it is told", async () => {
  await inFolder(async ({ path, write, read, hawser }) => {
    await write("old.yaml", harbour());
    await write("new.yaml", harbour({ values: "tug" }));
    const argv = ["diff", "old.yaml", "new.yaml", "--changeset"];
    expect(await hawser(argv)).toMatchObject({ code: 2, error: expect.stringContaining("--package NAME") });
    await write("package.json", '{ "name": "@acme/harbour" }');
    expect(await hawser(argv)).toMatchObject({ code: 1, error: expect.stringContaining("changeset init") });
    await mkdir(join(path, ".changeset"));
    expect((await hawser(argv)).code).toBe(0);
    const [file = ""] = await readdir(join(path, ".changeset"));
    expect(await read(`.changeset/${file}`)).toBe(
      '---\n"@acme/harbour": minor\n---\n\nFollows Harbour 1.0.0. `Fleet.ships[]` can\'t be "liner" any more.\n',
    );
    await hawser([...argv, "--package", "a", "b"]);
    const files = await readdir(join(path, ".changeset"));
    expect(files).toHaveLength(2);
  });
});

test("names of a document can't move the cursor or colour the terminal", async () => {
  await inFolder(async ({ write, hawser }) => {
    const name = '"a\\e[31m\\rb"';
    await write("old.yaml", harbour().replace("ships: {", `${name}: { type: string }, ships: {`));
    await write("new.yaml", harbour());
    await write(
      "bad.yaml",
      harbour().replace('"#/components/schemas/Fleet"', '"#/components/schemas/a\\e[31mb"'),
    );
    const commands = [
      ["diff", "old.yaml", "new.yaml"],
      ["lint", "bad.yaml"],
      ["generate", "bad.yaml", "--out", "a"],
    ];
    for (const argv of commands) {
      const { out, error } = await hawser(argv);
      expect(out + error).toContain("a [31m");
      for (const control of ["\u001b", "\r"]) expect(out + error).not.toContain(control);
    }
  });
});

test("mock --json tells where a server answers", async () => {
  await inFolder(async ({ write, hawser }) => {
    await write("api.yaml", harbour());
    const stop = new AbortController();
    const lines: string[] = [];
    const out = (line: string) => {
      lines.push(line);
      stop.abort();
    };
    expect((await hawser(["mock", "api.yaml", "--json"], { out, signal: stop.signal })).code).toBe(0);
    expect(JSON.parse(String(lines))).toMatchObject({
      document: "api.yaml",
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/v1$/),
      operations: [expect.objectContaining({ method: "GET", path: "/ships" })],
    });
  });
});

test("generate, report and normalize tell the same number of changes, whichever stage they come from", async () => {
  await inFolder(async ({ write, hawser }) => {
    // An id is invented, and TypeScript needs the name of a schema itself.
    const document = harbour()
      .replace("      operationId: listShips\n", "")
      .replaceAll("Fleet", "Promise")
      .replace(
        "      responses:",
        "      requestBody: { content: { application/json: { schema: {} }, text/plain: { schema: { type: string } } } }\n      responses:",
      );
    await write("api.yaml", document);
    const said = async (...argv: string[]) => (await hawser(argv)).out;
    const { changes } = JSON.parse(await said("report", "api.yaml", "--json"))[0];
    const rules = changes.map(({ rule }: { rule: string }) => rule);
    expect(rules).toEqual(expect.arrayContaining(["operation-ids", "body-encodings", "typescript-names"]));
    const count = `${changes.length} changes`;
    expect(await said("generate", "api.yaml", "--out", "client")).toContain(`${count} by normalisation`);
    expect(await said("report", "api.yaml")).toContain(`api.yaml: ${count}`);
    expect(await said("normalize", "api.yaml", "--out", "normal.yaml")).toContain(`with ${count}, told in`);
  });
});
