import { expect, it } from "vitest";
import { chunkings, cut } from "./wire.ts";

const wire = [
  "caf",
  { base64: "w6k=" },
  { data: { a: 1 } },
  { event: "add", data: [2] },
  { json: { b: 2 } },
  { delta: { content: "Hi" }, finish_reason: "stop" },
];
const text = [
  "caf",
  "é",
  'data: {"a":1}\n\n',
  "event: add\ndata: [2]\n\n",
  '{"b":2}',
  'data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1700000000,"model":"m-1","choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":"stop"}]}\n\n',
];

it("a wire as given has a read for each piece", () => {
  expect(cut(wire, "as given").map((bytes) => Buffer.from(bytes).toString())).toEqual(text);
});

it.each(chunkings)("a wire cut up has the same bytes: %s", (chunking) => {
  const reads = cut(wire, chunking);
  expect(Buffer.concat(reads).toString()).toBe(text.join(""));
  if (typeof chunking === "number") expect(reads[0]).toHaveLength(chunking);
  if (chunking === "whole") expect(reads).toHaveLength(1);
});
