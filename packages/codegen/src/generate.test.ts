import { execFile } from "node:child_process";
import { mkdir, readFile, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { typeErrors } from "../test/check-types.ts";
import { fixtures, repository, textOf, withFolder } from "../test/documents.ts";
import { defineConfig } from "./config.ts";
import type { DocumentError } from "./document-error.ts";
import { generate, represent, staleFiles, writeFiles } from "./generate.ts";

const runcrate = {
  document: join(repository, "openapi/runcrate/inference.yaml"),
  overlays: [join(repository, "openapi/runcrate/inference.overlay.yaml")],
};
const harbour = { document: join(fixtures, "harbour", "openapi.yaml") };

test("the client of Runcrate has the names people know", async () => {
  const { files } = await generate(runcrate);
  const use = `import { Runcrate } from "./index.js";
const client = new Runcrate();
export const methods = [
  client.chat.completions.create,
  client.models.list,
  client.embeddings.create,
  client.images.generate,
  client.videos.create,
  client.videos.retrieve,
  client.videos.download,
  client.audio.speech.create,
  client.audio.transcriptions.create,
] satisfies ((...given: never[]) => unknown)[];
`;
  expect(typeErrors(files, use)).toEqual([]);
});

test("the client of Runcrate is typed as its document says", async () => {
  const { files } = await generate(runcrate);
  const use = `import { type BinaryResponse, type ChatCompletion, Runcrate, type Transcription, type Video } from "./index.js";
const client = new Runcrate({ apiKey: "k" });
const messages = [{ role: "user", content: "Hi." }] as const;
const stream = await client.chat.completions.create({ model: "m", messages: [...messages], stream: true });
for await (const chunk of stream) chunk.choices[0]?.delta.content?.at(0);
const completion: ChatCompletion = await client.chat.completions.create({ model: "m", messages: [...messages] });
const video: Video = await client.videos.retrieve("v1");
const download: BinaryResponse = await client.videos.download("v1");
const file = new Blob(["x"]);
const json: Transcription = await client.audio.transcriptions.create({ model: "m", file });
const text: string = await client.audio.transcriptions.create({ model: "m", file, response_format: "srt" });
// @ts-expect-error a conversation is needed
await client.chat.completions.create({ model: "m" });
export const all = [completion, video, download, json, text];
`;
  expect(typeErrors(files, use)).toEqual([]);
});

test("no schema is left that only the envelope of Runcrate's stream needs", async () => {
  const { ir, changes } = await represent(runcrate);
  const gone = [
    "ChatCompletionChunkEvent",
    "ChatCompletionStreamEvent",
    "StreamDoneEvent",
    "StreamErrorEvent",
  ];
  expect(Object.keys(ir.schemas).filter((name) => gone.includes(name))).toEqual([]);
  const reported = changes
    .filter(({ rule }) => rule === "stream-schemas")
    .map(({ pointer }) => pointer.split("/").at(-1));
  expect(reported).toEqual(expect.arrayContaining(gone));
  expect(Object.keys(ir.schemas)).toContain("ChatCompletionChunk");
});

test.each([
  ["runcrate", runcrate],
  ["harbour", harbour],
])("the document %s gives the same bytes each time", async (_name, options) => {
  const [first, second] = await Promise.all([generate(options), generate(options)]);
  expect(second).toEqual(first);
});

test("what is generated does not depend on the folder one works in", async () => {
  const script = `import { generate } from ${JSON.stringify(new URL("./index.ts", import.meta.url).href)};
const { files } = await generate(${JSON.stringify(harbour)});
process.stdout.write(JSON.stringify(files));`;
  await withFolder({ "a b#c/run.mjs": script }, async (folder) => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--conditions=hawser-source", "run.mjs"],
      {
        cwd: join(folder, "a b#c"),
      },
    );
    expect(JSON.parse(stdout)).toEqual((await generate(harbour)).files);
  });
});

test("a document that moves gives the same bytes", async () => {
  const yaml = (await readFile(harbour.document, "utf8")).replaceAll(
    /\$ref: (?!["#])/g,
    `$ref: ${join(fixtures, "harbour")}/`,
  );
  await withFolder({ "openapi.yaml": yaml }, async (folder) => {
    const { files } = await generate({ document: join(folder, "openapi.yaml") });
    expect(files).toEqual((await generate(harbour)).files);
  });
});

test("overlays are applied in their order, and belong to the sources", async () => {
  const overlay = (name: string) =>
    `overlay: 1.1.0\ninfo: { title: O, version: 1.0.0 }\nactions: [{ target: $, update: { x-hawser-client: { name: ${name} } } }]\n`;
  await withFolder({ "a.yaml": overlay("First"), "b.yaml": overlay("Second") }, async (folder) => {
    const overlays = [join(folder, "a.yaml"), join(folder, "b.yaml")];
    const { files, sources, ir } = await generate({ ...harbour, overlays });
    expect(ir.client.name).toBe("Second");
    expect(textOf(files, "index.ts")).toContain("export { Second, type SecondOptions }");
    expect(sources.slice(-2)).toEqual(overlays);
  });
});

test("problems of a document name the document", async () => {
  const yaml = "openapi: 3.2.0\ninfo: { title: T, version: 1.0.0 }\npaths: { '/a/{id}': { get: {} } }\n";
  await withFolder({ "openapi.yaml": yaml }, async (folder) => {
    const document = join(folder, "openapi.yaml");
    const message = await generate({ document }).catch((error: DocumentError) => error.message);
    expect(message).toBe(
      `${document} at #/paths/~1a~1{id}/get: the path has a place for {id}, but no path parameter of that name is described.`,
    );
  });
});

const files = [
  { path: "a.ts", content: "a\n" },
  { path: "deep/b.ts", content: "b\n" },
];

test("files that are missing are written, with their folders", async () => {
  await withFolder({}, async (folder) => {
    expect(await staleFiles(folder, files)).toEqual(["a.ts", "deep/b.ts"]);
    expect(await writeFiles(join(folder, "out"), files)).toEqual(["a.ts", "deep/b.ts"]);
    expect(await readFile(join(folder, "out/deep/b.ts"), "utf8")).toBe("b\n");
    expect(await staleFiles(join(folder, "out"), files)).toEqual([]);
  });
});

test("one byte makes a file stale, and only that file is written again", async () => {
  await withFolder({}, async (folder) => {
    await writeFiles(folder, files);
    await writeFile(join(folder, "deep/b.ts"), "b \n");
    const long = new Date("2020-01-01T00:00:00Z");
    for (const { path } of files) await utimes(join(folder, path), long, long);
    expect(await staleFiles(folder, files)).toEqual(["deep/b.ts"]);
    expect(await writeFiles(folder, files)).toEqual(["deep/b.ts"]);
    expect((await stat(join(folder, "a.ts"))).mtime).toEqual(long);
    expect((await stat(join(folder, "deep/b.ts"))).mtime).not.toEqual(long);
    expect(await readFile(join(folder, "deep/b.ts"), "utf8")).toBe("b\n");
  });
});

test("files that are right are left alone, and other files too", async () => {
  await withFolder({ "own.ts": "mine" }, async (folder) => {
    await mkdir(join(folder, "empty"));
    await writeFiles(folder, files);
    expect(await writeFiles(folder, files)).toEqual([]);
    expect(await readFile(join(folder, "own.ts"), "utf8")).toBe("mine");
  });
});

test("a configuration is what it is given", () => {
  const config = { clients: [{ document: "openapi.yaml", out: "src/client" }] };
  expect(defineConfig(config)).toBe(config);
});

test("a document without operations is an error, not an empty client", async () => {
  const yaml = "openapi: 3.1.0\ninfo: { title: Harbour, version: 1.0.0 }\npath: { /ships: {} }\n";
  await withFolder({ "openapi.yaml": yaml }, async (folder) => {
    await expect(generate({ document: join(folder, "openapi.yaml") })).rejects.toThrow(
      /openapi\.yaml at #\/paths: it describes no operation/,
    );
  });
});

test("a document with webhooks alone is told that nobody calls those", async () => {
  const yaml =
    "openapi: 3.1.0\ninfo: { title: Harbour, version: 1.0.0 }\nwebhooks: { docked: { post: { responses: { 200: { description: ok } } } } }\n";
  await withFolder({ "openapi.yaml": yaml }, async (folder) => {
    await expect(generate({ document: join(folder, "openapi.yaml") })).rejects.toThrow(
      /at #\/paths: it describes webhooks alone/,
    );
  });
});
