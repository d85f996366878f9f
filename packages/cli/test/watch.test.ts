import { expect, test } from "vitest";
import { run } from "../src/run.ts";
import { harbour, inFolder } from "./folder.ts";

test("generate --watch follows documents, overlays and what they refer to, through broken states", async () => {
  await inFolder(async ({ path, write, read, hawser }) => {
    await write("api.yaml", harbour().replace('"#/components/schemas/Fleet"', '"fleet.yaml"'));
    await write("fleet.yaml", "type: object\nproperties: { size: { type: integer } }\n");
    await write(
      "names.yaml",
      "overlay: 1.1.0\ninfo: { title: N, version: 1.0.0 }\nactions: [{ target: $.info, update: { title: Port } }]\n",
    );
    const stop = new AbortController();
    const heard: string[] = [];
    const waiting: { text: string; heard: () => void }[] = [];
    const listen = (line: string) => {
      heard.push(line);
      for (const wait of waiting.splice(0))
        (line.includes(wait.text) ? wait.heard : () => waiting.push(wait))();
    };
    const line = (text: string) =>
      new Promise<void>((resolve) => void waiting.push({ text, heard: resolve }));

    const begun = line("Watching 3 files");
    const ended = run(["generate", "api.yaml", "--out", "client", "--overlay", "names.yaml", "--watch"], {
      out: listen,
      error: listen,
      cwd: path,
      signal: stop.signal,
    });
    await begun;
    expect(await read("client/client.ts")).toContain("PortClient");

    const referred = line("wrote schema.ts");
    await write("fleet.yaml", "type: object\nproperties: { length: { type: integer } }\n");
    await referred;
    expect(await read("client/schema.ts")).toContain("length");

    const broken = line("Waiting for the next change.");
    await write("api.yaml", "openapi: 3.1.0\ninfo: { title: Harbour\n");
    await broken;
    expect(heard.at(-1)).toMatch(/api\.yaml: this does not parse/);

    const mended = line("wrote");
    await write("api.yaml", harbour());
    await mended;
    expect(await read("client/schema.ts")).toContain("liner");

    const named = line("client.ts");
    await write("names.yaml", (await read("names.yaml")).replace("Port", "Quay"));
    await named;
    expect(await read("client/client.ts")).toContain("QuayClient");

    stop.abort();
    expect(await ended).toBe(0);
    expect(
      (await hawser(["generate", "api.yaml", "--out", "client", "--overlay", "names.yaml", "--check"])).code,
    ).toBe(0);
  });
});

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
