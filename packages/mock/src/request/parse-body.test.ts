import { expect, test } from "vitest";
import type { MockOperation } from "../document/operation.ts";
import { parseBody } from "./parse-body.ts";

const operation: MockOperation = {
  id: "upload",
  method: "POST",
  path: "/upload",
  responses: [],
  requestExamples: new Map(),
  formParts: {
    file: { type: "string" },
    temperature: { type: "number" },
    verbose: { type: "boolean" },
    options: { type: "object" },
    images: { type: "array", items: "string" },
    sizes: { type: "array", items: "number" },
  },
};

async function parseForm(form: FormData) {
  const request = new Request("http://localhost", { method: "POST", body: form });
  const bytes = new Uint8Array(await request.arrayBuffer());
  return (await parseBody(bytes, request.headers.get("content-type") ?? undefined, operation)).value;
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

test("JSON is parsed, whichever JSON type it is", async () => {
  expect((await parseBody(bytesOf('{"a":1}'), "application/json; charset=utf-8", operation)).value).toEqual({
    a: 1,
  });
  expect((await parseBody(bytesOf("[1]"), "application/merge-patch+json", operation)).value).toEqual([1]);
});

test("anything else is text, and nothing is nothing", async () => {
  expect((await parseBody(bytesOf("a=1"), "application/x-www-form-urlencoded", operation)).value).toBe("a=1");
  expect((await parseBody(new Uint8Array(), "application/json", operation)).value).toBeUndefined();
});

test("what is wrong with broken JSON is told", async () => {
  await expect(parseBody(bytesOf('{"a":'), "application/json", operation)).rejects.toThrow(
    /not valid JSON: Unexpected end/,
  );
  await expect(parseBody(new Uint8Array([0x22, 0xff, 0x22]), "application/json", operation)).rejects.toThrow(
    /not UTF-8/,
  );
});

test("fields of a form take the types of their schemas", async () => {
  const form = new FormData();
  form.set("file", new Blob([new Uint8Array([0, 255, 13, 10])]), "a.bin");
  form.set("temperature", "0.5");
  form.set("verbose", "true");
  form.set("options", '{"deep":[1]}');
  form.append("images", new Blob(["1"]), "1.png");
  form.append("images", new Blob(["2"]), "2.png");
  form.append("sizes[]", "1");
  form.append("sizes[]", "two");
  form.set("other", "text");
  expect(await parseForm(form)).toEqual({
    file: "a.bin",
    temperature: 0.5,
    verbose: true,
    options: { deep: [1] },
    images: ["1.png", "2.png"],
    sizes: [1, "two"],
    other: "text",
  });
});

test("a field that isn't of its type stays what it was, for validation to tell", async () => {
  const form = new FormData();
  form.set("temperature", "hot");
  form.set("verbose", "maybe");
  form.set("options", "{");
  expect(await parseForm(form)).toEqual({ temperature: "hot", verbose: "maybe", options: "{" });
});

test("JSON that was sent as a part of its own is parsed", async () => {
  const form = new FormData();
  form.set("options", new Blob(['{"deep":true}'], { type: "application/json" }), "options.json");
  expect(await parseForm(form)).toEqual({ options: { deep: true } });
});

test("a form without its boundary is turned down", async () => {
  await expect(parseBody(bytesOf("--x\r\n"), "multipart/form-data; boundary=y", operation)).rejects.toThrow(
    /boundary/,
  );
});
