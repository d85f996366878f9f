import { createReadStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { prepareBody } from "./body.ts";
import { binaryBody, multipartBody, textBody, urlencodedBody } from "./body-writers.ts";
import { InvalidRequestError } from "./errors.ts";
import type { BodySettings, Operation, OperationBody } from "./operation.ts";
import { toFile } from "./to-file.ts";

const bytes = new TextEncoder().encode("bytes");

async function* pieces() {
  yield "by";
  yield new TextEncoder().encode("tes");
}

function operationWith(body: Partial<BodySettings> & Pick<OperationBody, "encoding">): Operation {
  const settings = { mediaType: `application/${body.encoding}`, required: true, ...body } as OperationBody;
  return { id: "send", method: "POST", path: "/", retry: "costly", body: settings, outcomes: [] };
}

const prepare = (
  body: Parameters<typeof operationWith>[0],
  value: unknown,
  extra?: Record<string, unknown>,
) => prepareBody(operationWith(body), value, extra);

describe("a JSON body", () => {
  const json = { encoding: "json" } as const;
  test("is sent with what the caller set and nothing else", async () => {
    expect(await prepare(json, { a: 1, b: undefined, c: null })).toEqual({
      value: '{"a":1,"c":null}',
      contentType: "application/json",
      repeatable: true,
    });
  });
  test("can be null, false and empty text", async () => {
    for (const value of [null, false, "", 0]) {
      expect((await prepare(json, value)).value).toBe(JSON.stringify(value));
    }
  });
  test("keeps its own media type, but no wildcard", async () => {
    expect((await prepare({ ...json, mediaType: "application/merge-patch+json" }, {})).contentType).toBe(
      "application/merge-patch+json",
    );
    expect((await prepare({ ...json, mediaType: "*/*" }, {})).contentType).toBe("application/json");
  });
  test("takes extra members, which win", async () => {
    expect((await prepare(json, { a: 1 }, { a: 2, b: 3 })).value).toBe('{"a":2,"b":3}');
    expect((await prepare(json, undefined, { b: 3 })).value).toBe('{"b":3}');
  });
  test("that is a list takes no extra members", async () => {
    await expect(prepare(json, [1], { b: 3 })).rejects.toThrow("extraBody needs a body that is an object");
  });
  test("that can't be written is refused", async () => {
    const circular: { self?: unknown } = {};
    circular.self = circular;
    await expect(prepare(json, circular)).rejects.toThrow(InvalidRequestError);
    await expect(prepare(json, 1n)).rejects.toThrow("send: the body can't be written as JSON.");
    await expect(prepare(json, () => 1)).rejects.toThrow("the body is a function");
  });
});

describe("a missing body", () => {
  test("is refused where one is required", async () => {
    await expect(prepare({ encoding: "json" }, undefined)).rejects.toThrow("send: the body is missing.");
  });
  test("is none where it isn't", async () => {
    expect((await prepare({ encoding: "json", required: false }, undefined)).value).toBeUndefined();
  });
  test("is what operations without a body want", async () => {
    const { body: _, ...operation } = operationWith({ encoding: "json" });
    expect((await prepareBody(operation, undefined, undefined)).value).toBeUndefined();
    await expect(prepareBody(operation, {}, undefined)).rejects.toThrow("send takes no body.");
  });
});

describe("a form", () => {
  const multipart = {
    encoding: "multipart",
    write: multipartBody,
    mediaType: "multipart/form-data",
  } as const;
  async function form(members: object, parts: OperationBody["parts"] = {}) {
    const { value, contentType } = await prepare({ ...multipart, parts }, members);
    // Only fetch knows the boundary.
    expect(contentType).toBeUndefined();
    return value as FormData;
  }
  async function describeFile(value: FormDataEntryValue | null) {
    const file = value as File;
    return { name: file.name, type: file.type, text: await file.text() };
  }

  test("carries bytes of every kind as files", async () => {
    const sources = {
      blob: new Blob([bytes], { type: "audio/wav" }),
      file: new File([bytes], "talk.mp3", { type: "audio/mpeg" }),
      arrayBuffer: bytes.slice().buffer,
      typedArray: bytes,
      buffer: Buffer.from(bytes),
      stream: new Blob([bytes]).stream(),
      iterable: pieces(),
      response: new Response(bytes, {
        headers: { "content-disposition": 'attachment; filename="clip.wav"' },
      }),
    };
    const entries = await form(sources);
    for (const name of Object.keys(sources))
      expect((await describeFile(entries.get(name))).text).toBe("bytes");
    expect(await describeFile(entries.get("file"))).toMatchObject({ name: "talk.mp3", type: "audio/mpeg" });
    expect(await describeFile(entries.get("blob"))).toMatchObject({ name: "blob", type: "audio/wav" });
    expect((entries.get("response") as File).name).toBe("clip.wav");
    expect((entries.get("typedArray") as File).name).toBe("typedArray");
  });

  test("names the file of a Node stream after its path", async () => {
    const folder = mkdtempSync(join(tmpdir(), "hawser-"));
    try {
      const path = join(folder, "100% talk.mp3");
      writeFileSync(path, "bytes");
      const entries = await form({ file: createReadStream(path) }, { file: { contentType: "audio/mpeg" } });
      expect(await describeFile(entries.get("file"))).toEqual({
        name: "100% talk.mp3",
        type: "audio/mpeg",
        text: "bytes",
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("carries everything else as text", async () => {
    const entries = await form({ model: "whisper", n: 2, flag: false, at: new Date(0), options: { a: 1 } });
    expect([...entries]).toEqual([
      ["model", "whisper"],
      ["n", "2"],
      ["flag", "false"],
      ["at", "1970-01-01T00:00:00.000Z"],
      ["options", '{"a":1}'],
    ]);
  });

  test("repeats the name for the items of a list and leaves out what is absent", async () => {
    const entries = await form({ "kinds[]": ["word", "segment"], none: undefined, nil: null, empty: [] });
    expect([...entries]).toEqual([
      ["kinds[]", "word"],
      ["kinds[]", "segment"],
    ]);
  });

  test("gives a part the media type the document names", async () => {
    const entries = await form({ meta: { a: 1 } }, { meta: { contentType: "application/json" } });
    expect(await describeFile(entries.get("meta"))).toMatchObject({
      type: "application/json",
      text: '{"a":1}',
    });
  });

  test("that the caller made is sent as it is", async () => {
    const own = new FormData();
    own.append("a", "1");
    expect(await form(own)).toBe(own);
  });

  test("isn't made of an answer that is an error, or of a function", async () => {
    await expect(form({ file: new Response("no", { status: 404 }) })).rejects.toThrow(
      'The body\'s member "file" is an answer with status 404, not a file.',
    );
    await expect(form({ file: () => 1 })).rejects.toThrow('The body\'s member "file" is a function');
    await expect(form([1])).rejects.toThrow("has to be an object");
  });
});

describe("an urlencoded body", () => {
  const urlencoded = { encoding: "urlencoded", write: urlencodedBody } as const;
  test("is written like a query", async () => {
    expect(await prepare(urlencoded, { a: "x y", b: [1, 2], c: undefined, d: new Date(0) })).toMatchObject({
      value: "a=x%20y&b=1&b=2&d=1970-01-01T00%3A00%3A00.000Z",
      contentType: "application/x-www-form-urlencoded",
    });
  });
  test("has objects as JSON text, unless they have a style", async () => {
    const parts = { styled: { style: "deepObject", contentType: "application/json" } } as const;
    const body = { plain: { a: { b: 1 } }, list: [{ c: 2 }, "d"], styled: { e: { f: 3 } } };
    const { value } = await prepare({ ...urlencoded, parts }, body);
    expect(new URLSearchParams(String(value)).toString()).toBe(
      new URLSearchParams([
        ["plain", '{"a":{"b":1}}'],
        ["list", '{"c":2}'],
        ["list", "d"],
        ["styled[e][f]", "3"],
      ]).toString(),
    );
  });
  test("follows the styles and media types of its fields", async () => {
    const parts = { tags: { explode: false }, meta: { contentType: "application/json" } };
    const { value } = await prepare({ ...urlencoded, parts }, { tags: ["a", "b"], meta: { a: 1 } });
    expect(value).toBe("tags=a,b&meta=%7B%22a%22%3A1%7D");
  });
  test("can be URLSearchParams", async () => {
    expect((await prepare(urlencoded, new URLSearchParams({ a: "1" }))).value).toBe("a=1");
  });
});

describe("a body of bytes", () => {
  const binary = { encoding: "binary", write: binaryBody, mediaType: "application/octet-stream" } as const;
  test("can be sent again unless it is a stream", async () => {
    for (const value of [new Blob([bytes]), bytes, bytes.buffer, "bytes"]) {
      expect((await prepare(binary, value)).repeatable).toBe(true);
    }
    for (const value of [new Blob([bytes]).stream(), pieces(), new Response("bytes")]) {
      const body = await prepare(binary, value);
      expect(body.repeatable).toBe(false);
      expect(await new Response(body.value as ReadableStream).text()).toBe("bytes");
    }
  });
  test("takes its own media type where the document leaves it open", async () => {
    const open = { ...binary, mediaType: "*/*" };
    expect((await prepare(open, new Blob([], { type: "image/png" }))).contentType).toBe("image/png");
    expect((await prepare(open, bytes)).contentType).toBe("application/octet-stream");
  });
  test("isn't an object", async () => {
    await expect(prepare(binary, { a: 1 })).rejects.toThrow("the body has to be bytes");
  });
});

describe("a body of text", () => {
  const text = { encoding: "text", write: textBody, mediaType: "text/plain" } as const;
  test("is sent as it is", async () => {
    expect(await prepare(text, "hello")).toMatchObject({ value: "hello", contentType: "text/plain" });
  });
  test("isn't an object", async () => {
    await expect(prepare(text, {})).rejects.toThrow("the body has to be text");
  });
});

describe("toFile", () => {
  test("makes a file of bytes, with name and type", async () => {
    const file = await toFile(bytes, "talk.mp3", { type: "audio/mpeg", lastModified: 5 });
    expect({ name: file.name, type: file.type, text: await file.text(), at: file.lastModified }).toEqual({
      name: "talk.mp3",
      type: "audio/mpeg",
      text: "bytes",
      at: 5,
    });
  });
  test("keeps the name and type a source has by itself", async () => {
    const file = await toFile(new File(["bytes"], "a.txt", { type: "text/css" }));
    expect([file.name, file.type]).toEqual(["a.txt", "text/css"]);
    expect((await toFile(Promise.resolve(pieces()))).name).toBe("file");
    expect(await (await toFile(pieces(), "a")).text()).toBe("bytes");
  });
  test("refuses an answer that is an error", async () => {
    await expect(toFile(new Response("", { status: 500 }))).rejects.toThrow("status 500");
  });
});
