import { expect, it } from "vitest";
import { createOutputBuilder } from "./output-builder.ts";

/** The items these events make, and what was reported. */
function build(
  events: readonly { type: string; [member: string]: unknown }[],
  status?: string,
): { items: unknown; quirks: string[] } {
  const quirks: string[] = [];
  const builder = createOutputBuilder((id, pointer) => quirks.push(`${id} ${pointer}`));
  for (const event of events) builder.add(structuredClone(event), "");
  return { items: builder.build(status), quirks };
}

it.each([
  ["response.output_text", "message", "content", { type: "output_text", text: "ab" }],
  ["response.refusal", "message", "content", { type: "refusal", refusal: "ab" }],
  ["response.reasoning_text", "reasoning", "content", { type: "reasoning_text", text: "ab" }],
  ["response.reasoning_summary_text", "reasoning", "summary", { type: "summary_text", text: "ab" }],
])("joins the pieces of %s", (subject, type, list, part) => {
  const place = { output_index: 0, [`${list}_index`]: 0 };
  const { items, quirks } = build([
    { type: "response.output_item.added", output_index: 0, item: { type, id: "1", [list]: [] } },
    { type: `${subject}.delta`, ...place, delta: "a" },
    { type: `${subject}.delta`, ...place, delta: "b" },
  ]);
  expect(items).toEqual([{ type, id: "1", [list]: [part], status: "incomplete" }]);
  expect(quirks).toEqual([]);
});

it.each([
  ["response.function_call_arguments", "function_call", "arguments"],
  ["response.custom_tool_call_input", "custom_tool_call", "input"],
  ["response.mcp_call_arguments", "mcp_call", "arguments"],
  ["response.code_interpreter_call_code", "code_interpreter_call", "code"],
])("joins the pieces of %s, until the whole is told", (subject, type, member) => {
  const added = { type: "response.output_item.added", output_index: 0, item: { type, [member]: "" } };
  const pieces = ["a", "b"].map((delta) => ({ type: `${subject}.delta`, output_index: 0, delta }));
  expect(build([added, ...pieces]).items).toEqual([{ type, [member]: "ab", status: "incomplete" }]);
  const whole = { type: `${subject}.done`, output_index: 0, [member]: "whole" };
  expect(build([added, ...pieces, whole], "completed").items).toEqual([
    { type, [member]: "whole", status: "completed" },
  ]);
});

it("orders items and parts by their numbers, whatever these are", () => {
  const { items } = build([
    { type: "response.output_item.done", output_index: 4_000_000_000, item: { type: "b" } },
    { type: "response.output_item.added", output_index: 7, item: { type: "message", content: [] } },
    { type: "response.output_text.delta", output_index: 7, content_index: 1e9, delta: "second" },
    { type: "response.output_text.delta", output_index: 7, content_index: 3, delta: "first" },
  ]);
  expect(items).toMatchObject([{ content: [{ text: "first" }, { text: "second" }] }, { type: "b" }]);
});

it("finds the item of events without a number by its id, or takes the last one (Q45)", () => {
  const { items, quirks } = build([
    { type: "response.output_item.added", item: { type: "function_call", id: "a", arguments: "" } },
    { type: "response.output_item.added", item: { type: "function_call", id: "b", arguments: "" } },
    { type: "response.function_call_arguments.delta", item_id: "a", delta: "1" },
    { type: "response.function_call_arguments.delta", delta: "2" },
    { type: "response.output_item.done", item: { type: "function_call", id: "a", arguments: "1" } },
  ]);
  expect(items).toMatchObject([
    { id: "a", arguments: "1" },
    { id: "b", arguments: "2", status: "incomplete" },
  ]);
  expect(new Set(quirks)).toEqual(new Set(["Q45 /output_index"]));
});

it("makes an item for events that come before it was begun (Q45)", () => {
  const { items, quirks } = build([
    { type: "response.output_text.delta", item_id: "m", output_index: 2, content_index: 0, delta: "a" },
  ]);
  const content = [{ type: "output_text", text: "a" }];
  expect(items).toEqual([{ type: "message", id: "m", role: "assistant", content, status: "incomplete" }]);
  expect(quirks).toEqual(["Q45 /output_index"]);
});

it("keeps what was streamed when the event of the whole lacks it (Q45)", () => {
  const place = { output_index: 0, content_index: 0 };
  const { items, quirks } = build([
    { type: "response.output_item.added", output_index: 0, item: { type: "message", content: [] } },
    { type: "response.output_text.delta", ...place, delta: "a" },
    { type: "response.output_text.done", ...place },
    { type: "response.content_part.done", ...place },
    { type: "response.output_item.done", output_index: 0 },
  ]);
  expect(items).toMatchObject([{ content: [{ type: "output_text", text: "a" }] }]);
  expect(quirks).toEqual(["Q45 /text", "Q45 /part", "Q45 /item"]);
});

it("keeps annotations, and members it does not know", () => {
  const { items } = build([
    { type: "response.output_item.added", output_index: 0, item: { type: "message", own: [1] } },
    { type: "response.content_part.added", output_index: 0, content_index: 0, part: { type: "new", own: 2 } },
    ...["a", "b"].map((url) => ({
      type: "response.output_text.annotation.added",
      output_index: 0,
      content_index: 0,
      annotation: { url },
    })),
  ]);
  const part = { type: "new", own: 2, annotations: [{ url: "a" }, { url: "b" }] };
  expect(items).toEqual([{ type: "message", own: [1], content: [part], status: "incomplete" }]);
});

it("does not change what is done, nor the events it was given", () => {
  const builder = createOutputBuilder(() => {});
  const item = { type: "message", content: [{ type: "output_text", text: "whole" }] };
  const place = { output_index: 0, content_index: 0 };
  builder.add({ type: "response.output_item.done", output_index: 0, item }, "");
  builder.add({ type: "response.output_text.delta", ...place, delta: "more" }, "");
  builder.add({ type: "response.output_text.annotation.added", ...place, annotation: {} }, "");
  builder.add({ type: "response.content_part.done", ...place, part: { type: "x" } }, "");
  expect(builder.build(undefined)).toEqual([item]);
  expect(item.content).toEqual([{ type: "output_text", text: "whole" }]);
});

it("pollutes no prototype", () => {
  const hostile = JSON.parse('{"type":"message","id":"1","__proto__":{"polluted":1},"constructor":{"x":1}}');
  const part = JSON.parse('{"type":"output_text","text":"","__proto__":{"polluted":1}}');
  const place = { output_index: 0, content_index: 0 };
  const builder = createOutputBuilder(() => {});
  builder.add({ type: "response.output_item.added", output_index: 0, item: hostile }, "");
  builder.add({ type: "response.content_part.added", ...place, part }, "");
  builder.add({ type: "response.content_part.done", ...place, part }, "");
  const built = builder.build(undefined)[0] as { content: object[] };
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  expect(Object.getPrototypeOf(built)).toBe(Object.prototype);
  expect(Object.getPrototypeOf(built.content[0])).toBe(Object.prototype);
});

it("refuses a piece that is no text", () => {
  const event = { type: "response.output_text.delta", output_index: 0, content_index: 0, delta: { a: 1 } };
  expect(() => build([event])).toThrow(expect.objectContaining({ reason: "invalid-data" }));
});
