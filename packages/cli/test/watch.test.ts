import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { run } from "../src/run.ts";
import { harbour, inFolder } from "./folder.ts";

/** Puts a whole file in the place of another at once: half of one that is being written would be a change of its own. */
async function put(path: string, file: string, text: string): Promise<void> {
  await writeFile(join(path, `${file}.new`), text);
  await rename(join(path, `${file}.new`), join(path, file));
}

/** Runs the command until the test stops it, and waits for lines it says. */
function watching(path: string, argv: readonly string[]) {
  const stop = new AbortController();
  const heard: string[] = [];
  const waiting: { text: string; heard: () => void }[] = [];
  const listen = (line: string) => {
    heard.push(line);
    for (const wait of waiting.splice(0))
      (line.includes(wait.text) ? wait.heard : () => waiting.push(wait))();
  };
  const line = (text: string) => new Promise<void>((resolve) => void waiting.push({ text, heard: resolve }));
  const begun = line("Watching");
  const ended = run(["generate", ...argv, "--watch"], {
    out: listen,
    error: listen,
    cwd: path,
    signal: stop.signal,
  });
  return {
    begun,
    heard,
    line,
    /** Does something, and waits for a line that tells of it. */
    async after(text: string, change: () => Promise<unknown>): Promise<void> {
      const told = line(text);
      await change();
      await told;
    },
    end() {
      stop.abort();
      return ended;
    },
  };
}

test("generate --watch follows documents, overlays and what they refer to, through broken states", async () => {
  await inFolder(async ({ path, read, hawser }) => {
    const write = (file: string, text: string) => put(path, file, text);
    await write("api.yaml", harbour().replace('"#/components/schemas/Fleet"', '"fleet.yaml"'));
    await write("fleet.yaml", "type: object\nproperties: { size: { type: integer } }\n");
    await write(
      "names.yaml",
      "overlay: 1.1.0\ninfo: { title: N, version: 1.0.0 }\nactions: [{ target: $.info, update: { title: Port } }]\n",
    );
    const { begun, heard, after, end } = watching(path, [
      "api.yaml",
      "--out",
      "client",
      "--overlay",
      "names.yaml",
    ]);
    await begun;
    expect(heard.at(-1)).toContain("Watching 3 files");
    expect(await read("client/client.ts")).toContain("PortClient");

    await after("wrote schema.ts", () =>
      write("fleet.yaml", "type: object\nproperties: { length: { type: integer } }\n"),
    );
    expect(await read("client/schema.ts")).toContain("length");

    await after("Waiting for the next change.", () =>
      write("api.yaml", "openapi: 3.1.0\ninfo: { title: Harbour\n"),
    );
    expect(heard.at(-1)).toMatch(/api\.yaml: this does not parse/);

    await after("wrote", () => write("api.yaml", harbour()));
    expect(await read("client/schema.ts")).toContain("liner");

    await after("client.ts", async () =>
      write("names.yaml", (await read("names.yaml")).replace("Port", "Quay")),
    );
    expect(await read("client/client.ts")).toContain("QuayClient");

    expect(await end()).toBe(0);
    expect(
      (await hawser(["generate", "api.yaml", "--out", "client", "--overlay", "names.yaml", "--check"])).code,
    ).toBe(0);
  });
});

test("generate --watch notices files that appear, also in folders that weren't there", async () => {
  await inFolder(async ({ path, read }) => {
    const write = (file: string, text: string) => put(path, file, text);
    await write("api.yaml", harbour().replace('"#/components/schemas/Fleet"', '"parts/fleet.yaml"'));
    const { begun, heard, after, end } = watching(path, ["api.yaml", "--out", "client"]);
    await begun;
    expect(heard[0]).toMatch(/parts\/fleet\.yaml" names a file that does not exist/);
    await after("wrote", async () => {
      await mkdir(join(path, "parts"));
      await write("parts/fleet.yaml", "type: object\nproperties: { size: { type: integer } }\n");
    });
    expect(await read("client/schema.ts")).toContain("size");
    await after("wrote", () =>
      write("parts/fleet.yaml", "type: object\nproperties: { crew: { type: integer } }\n"),
    );
    expect(await read("client/schema.ts")).toContain("crew");
    expect(await end()).toBe(0);
  });
});

test.each(["hawser.config.mjs", "hawser.config.js"])(
  "generate --watch follows %s: other options, other clients, and what is broken in it",
  async (name) => {
    await inFolder(async ({ path, read }) => {
      const write = (file: string, text: string) => put(path, file, text);
      const begin = name.endsWith(".js") ? "module.exports =" : "export default";
      const configure = (...clients: object[]) => write(name, `${begin} ${JSON.stringify({ clients })};`);
      const first = { document: "api.yaml", out: "one" };
      await write("api.yaml", harbour());
      await configure(first);
      const { begun, heard, after, end } = watching(path, []);
      await begun;
      expect(heard).toEqual([expect.stringContaining("✓ one: wrote"), expect.stringContaining("2 files")]);

      await after("validation.ts", () => configure({ ...first, validate: true }));
      await after("✓ two", () =>
        configure({ ...first, validate: true }, { document: "api.yaml", out: "two" }),
      );
      expect(heard.filter((line) => line.includes("✓ one"))).toHaveLength(2);

      await after(`${name} can't be run`, () => write(name, `${begin} {`));
      expect(heard.at(-1)).toContain("Waiting for the next change.");
      await after('clients[0] needs a "document" and an "out"', () => configure({ document: "api.yaml" }));
      await after("Nothing to generate", () => rm(join(path, name)));

      await after("one is no longer in the configuration", () =>
        configure({ document: "api.yaml", out: "two" }),
      );
      await after("✓ two: wrote", () => write("api.yaml", harbour({ values: "ferry" })));
      expect(await read("two/schema.ts")).toContain("ferry");
      expect(await read("one/schema.ts")).not.toContain("ferry");
      expect(await end()).toBe(0);
    });
  },
);

test("what is on the web can't be watched", async () => {
  await inFolder(async ({ hawser }) => {
    const { code, error } = await hawser([
      "generate",
      "http://127.0.0.1:9/api.yaml",
      "--out",
      "a",
      "--watch",
    ]);
    expect({ code, error }).toMatchObject({
      code: 1,
      error: expect.stringContaining("There is nothing to watch"),
    });
  });
});
