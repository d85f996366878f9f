import { expect, test } from "vitest";
import { examplesOf } from "./examples.ts";

const document = { components: { examples: { shared: { summary: "Shared", value: { a: 1 } } } } };

test("every form of an example is read, in the document's order", () => {
  const media = {
    examples: {
      plain: { value: { a: 0 } },
      referred: { $ref: "#/components/examples/shared" },
      data: { dataValue: { a: 2 } },
      serialised: { serializedValue: '{"a":3}' },
      bytes: { externalValue: "file:///tmp/a.bin" },
      nothing: { summary: "says nothing" },
    },
  };
  expect(examplesOf(document, media, "application/json")).toEqual([
    { name: "plain", value: { a: 0 } },
    { name: "referred", summary: "Shared", value: { a: 1 } },
    { name: "data", value: { a: 2 } },
    { name: "serialised", value: { a: 3 } },
    { name: "bytes", file: new URL("file:///tmp/a.bin") },
  ]);
});

test("a single example is named default", () => {
  expect(examplesOf(document, { example: 0 }, "application/json")).toEqual([{ name: "default", value: 0 }]);
});

test("a stream is text, also when the example lists its items", () => {
  const media = { examples: { list: { value: [{ data: "1" }] }, text: { serializedValue: "data: 2\n\n" } } };
  expect(examplesOf(document, media, "text/event-stream")).toEqual([
    { name: "list", value: "data: 1\n\n" },
    { name: "text", value: "data: 2\n\n" },
  ]);
});
