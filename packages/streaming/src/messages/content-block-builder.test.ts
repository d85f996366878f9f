import { expect, it } from "vitest";
import { createContentBlockBuilder } from "./content-block-builder.ts";

const nothing = (): void => {};

it("parses the input when the block stops, and only then", () => {
  const block = createContentBlockBuilder(nothing);
  block.begin({ type: "tool_use", id: "1", name: "f", input: {} });
  block.add({ type: "input_json_delta", partial_json: '{"a":1}' }, "");
  expect(block.build(false)).toEqual({
    type: "tool_use",
    id: "1",
    name: "f",
    partial_json: '{"a":1}',
    incomplete: true,
  });
  block.stop();
  expect(block.build(false)).toEqual({ type: "tool_use", id: "1", name: "f", input: { a: 1 } });
});

it("gives a copy each time", () => {
  const block = createContentBlockBuilder(nothing);
  block.begin({ type: "tool_use", id: "1", name: "f", input: {} });
  block.add({ type: "input_json_delta", partial_json: '{"a":{"b":1}}' }, "");
  block.stop();
  const first = block.build(false) as { input: { a: { b: number } } };
  first.input.a.b = 2;
  expect(block.build(false)).toMatchObject({ input: { a: { b: 1 } } });
});

it.each(["[1]", "3", "null", '{"a"'])("leaves an input that is no object as it came: %s", (json) => {
  const block = createContentBlockBuilder(nothing);
  block.begin({ type: "server_tool_use", id: "1", name: "f" });
  block.add({ type: "input_json_delta", partial_json: json }, "");
  block.stop();
  expect(block.build(false)).toMatchObject({ incomplete: true, partial_json: json });
});

it("takes an input that came with the beginning of the block", () => {
  const block = createContentBlockBuilder(nothing);
  block.begin({ type: "tool_use", id: "1", name: "f", input: { a: 1 } });
  expect(block.build(false)).toMatchObject({ incomplete: true, partial_json: '{"a":1}' });
  block.stop();
  expect(block.build(true)).toEqual({ type: "tool_use", id: "1", name: "f", input: { a: 1 } });
});

it.each([
  [
    { type: "text_delta", text: "a" },
    { type: "text", text: "a" },
  ],
  [
    { type: "thinking_delta", thinking: "a" },
    { type: "thinking", thinking: "a", signature: "" },
  ],
  [
    { type: "signature_delta", signature: "s" },
    { type: "thinking", thinking: "", signature: "s" },
  ],
  [
    { type: "citations_delta", citation: { a: 1 } },
    { type: "text", text: "", citations: [{ a: 1 }] },
  ],
])("guesses what a block is whose beginning never came: %o", (delta, expected) => {
  const block = createContentBlockBuilder(nothing);
  block.add(delta, "");
  block.stop();
  expect(block.hasBegun).toBe(false);
  expect(block.build(false)).toEqual(expected);
});

it("never takes a tool call for whole whose beginning never came", () => {
  const block = createContentBlockBuilder(nothing);
  block.add({ type: "input_json_delta", partial_json: "{}" }, "");
  block.stop();
  expect(block.build(false)).toEqual({
    type: "tool_use",
    id: "",
    name: "",
    partial_json: "{}",
    incomplete: true,
  });
});

it("takes a beginning that comes after the first piece", () => {
  const block = createContentBlockBuilder(nothing);
  block.add({ type: "text_delta", text: "a" }, "");
  block.begin({ type: "text", text: "", citations: null });
  block.add({ type: "text_delta", text: "b" }, "");
  block.stop();
  expect(block.build(false)).toEqual({ type: "text", text: "ab", citations: null });
});
