import { describe, expect, it } from "vitest";
import { createToolCallRepair } from "./tool-calls.ts";

interface Call {
  id: string;
  type: string;
  name: string;
  arguments: string;
}

/**
 * Runs the fragments of some deltas through the tolerance, then joins them as simply as can be: by index, text after
 * text, names and ids too. Whoever reads the chunks may do just that.
 */
function join(
  deltas: unknown[][],
  finishReason = "tool_calls",
): { calls: Record<number, Call>; quirks: string[] } {
  const quirks = new Set<string>();
  const tolerance = createToolCallRepair((id) => void quirks.add(id), 1024);
  const calls: Record<number, Call> = {};
  for (const delta of deltas) {
    const fragments = JSON.parse(JSON.stringify(delta));
    tolerance.repair(fragments, 0, "");
    for (const fragment of fragments) {
      calls[fragment.index] ??= { id: "", type: "", name: "", arguments: "" };
      const call = calls[fragment.index]!;
      call.id += fragment.id ?? "";
      call.type ||= fragment.type;
      call.name += fragment.function?.name ?? fragment.custom?.name ?? "";
      call.arguments += fragment.function?.arguments ?? fragment.custom?.input ?? "";
    }
  }
  tolerance.finish(finishReason, 0);
  return { calls, quirks: [...quirks].sort() };
}

function first(index: unknown, id: unknown, name: unknown, text: unknown = ""): object {
  return { index, id, type: "function", function: { name, arguments: text } };
}

function more(index: unknown, text: unknown, extra: object = {}): object {
  return { index, function: { arguments: text }, ...extra };
}

const call = (id: string, name: string, text: string): Call => ({
  id,
  type: "function",
  name,
  arguments: text,
});

describe("tool calls", () => {
  it.each<[string, unknown[][], Record<number, Call>, string[]]>([
    [
      "by the book, interleaved",
      [[first(0, "a", "f")], [first(1, "b", "g")], [more(0, '{"x"')], [more(1, "{}")], [more(0, ":1}")]],
      { 0: call("a", "f", '{"x":1}'), 1: call("b", "g", "{}") },
      [],
    ],
    [
      "whole in one chunk",
      [[first(0, "a", "f", "{}"), first(1, "b", "g", "[1]")]],
      { 0: call("a", "f", "{}"), 1: call("b", "g", "[1]") },
      [],
    ],
    [
      "white space after the end",
      [[first(0, "a", "f", "{}")], [more(0, " \n")]],
      { 0: call("a", "f", "{} \n") },
      [],
    ],
    [
      "Q24: no index, ids tell",
      [
        [first(undefined, "a", "f", "{}"), first(undefined, "b", "g", "{")],
        [more(undefined, "}", { id: "b" })],
      ],
      { 0: call("a", "f", "{}"), 1: call("b", "g", "{}") },
      ["Q24"],
    ],
    [
      "Q24: no index, no ids, names tell",
      [[first(undefined, "", "f", "{}")], [first(undefined, "", "g", "{")], [more(undefined, "}")]],
      { 0: call("", "f", "{}"), 1: call("", "g", "{}") },
      ["Q24", "Q27"],
    ],
    [
      "Q24: no index, no ids, the same name once more after the arguments were whole",
      [[first(undefined, null, "f", '{"x":1}')], [first(undefined, null, "f", '{"x":2}')]],
      { 0: call("", "f", '{"x":1}'), 1: call("", "f", '{"x":2}') },
      ["Q24", "Q27"],
    ],
    [
      "Q24: no index on the pieces, in their order",
      [
        [first(0, "a", "f"), first(1, "b", "g")],
        [more(undefined, "{}"), more(undefined, "[]")],
      ],
      { 0: call("a", "f", "{}"), 1: call("b", "g", "[]") },
      ["Q24"],
    ],
    [
      "Q24: an index as text",
      [[first("0", "a", "f", "{}")], [first("1", "b", "g", "{}")]],
      { 0: call("a", "f", "{}"), 1: call("b", "g", "{}") },
      ["Q24"],
    ],
    [
      "Q25: one index for all, ids tell",
      [[first(0, "a", "f", "{}")], [first(0, "b", "f", "{")], [more(0, "}")]],
      { 0: call("a", "f", "{}"), 1: call("b", "f", "{}") },
      ["Q25"],
    ],
    [
      "Q25: one index for all, interleaved with their ids",
      [
        [first(0, "a", "f", "{"), first(0, "b", "g", "[")],
        [more(0, "}", { id: "a" })],
        [more(0, "]", { id: "b" })],
      ],
      { 0: call("a", "f", "{}"), 1: call("b", "g", "[]") },
      ["Q25"],
    ],
    [
      "Q25: one index for all, without ids",
      [[first(0, "", "f", "{}")], [first(0, "", "g", "{}")]],
      { 0: call("", "f", "{}"), 1: call("", "g", "{}") },
      ["Q25", "Q27"],
    ],
    [
      "Q25: then an index that was given away",
      [[first(0, "a", "f", "{}")], [first(0, "b", "g", "{}")], [first(1, "c", "h", "{}")]],
      { 0: call("a", "f", "{}"), 1: call("b", "g", "{}"), 2: call("c", "h", "{}") },
      ["Q25"],
    ],
    [
      "Q26: an index that starts at 1",
      [[first(1, "a", "f", "{")], [more(1, "}")]],
      { 1: call("a", "f", "{}") },
      ["Q26"],
    ],
    [
      "Q27: an empty id on later pieces",
      [[first(0, "a", "f", "{")], [more(0, "1", { id: "" })], [more(0, "}", { id: null })]],
      { 0: call("a", "f", "{1}") },
      ["Q27"],
    ],
    [
      "Q27: an id that is repeated",
      [[first(0, "a", "f", "{")], [more(0, "}", { id: "a" })]],
      { 0: call("a", "f", "{}") },
      [],
    ],
    [
      "Q27: an id that comes late",
      [[first(0, "", "f", "{")], [more(0, "}", { id: "a" })]],
      { 0: call("a", "f", "{}") },
      ["Q27"],
    ],
    [
      "Q27: an id that changes",
      [[first(0, "a", "f", "{")], [more(0, "}", { id: "b" })]],
      { 0: call("a", "f", "{}") },
      ["Q27"],
    ],
    [
      "Q27: two calls with one id",
      [[first(0, "a", "f", "{}"), first(1, "a", "g", "{}")]],
      { 0: call("a", "f", "{}"), 1: call("a_1", "g", "{}") },
      ["Q27"],
    ],
    [
      "Q28: a name that comes late",
      [[first(0, "a", null)], [{ index: 0, function: { name: "f", arguments: "{}" } }]],
      { 0: call("a", "f", "{}") },
      ["Q28"],
    ],
    [
      "Q28: a name that is empty or repeated on later pieces",
      [
        [first(0, "a", "f", "{")],
        [{ index: 0, function: { name: "", arguments: "1" } }],
        [{ index: 0, function: { name: "f", arguments: "}" } }],
      ],
      { 0: call("a", "f", "{1}") },
      ["Q28"],
    ],
    [
      "Q29: no type",
      [[{ index: 0, id: "a", function: { name: "f", arguments: "{" } }], [more(0, "}", { type: "" })]],
      { 0: call("a", "f", "{}") },
      ["Q29"],
    ],
    [
      "Q30: arguments as an object",
      [[first(0, "a", "f", { x: 1 })]],
      { 0: call("a", "f", '{"x":1}') },
      ["Q30"],
    ],
    [
      "Q30: no arguments at all",
      [[{ index: 0, id: "a", type: "function", function: { name: "f" } }]],
      { 0: call("a", "f", "") },
      [],
    ],
    ["Q30: null arguments", [[first(0, "a", "f", null)], [more(0, "{}")]], { 0: call("a", "f", "{}") }, []],
    [
      "Q30: the arguments once more as a whole",
      [[first(0, "a", "f", '{"x"')], [more(0, ":1}")], [first(0, "a", "f", '{"x":1}')]],
      { 0: call("a", "f", '{"x":1}') },
      ["Q28", "Q30"],
    ],
    [
      "a custom tool",
      [
        [{ index: 0, id: "a", type: "custom", custom: { name: "f", input: "{ab" } }],
        [{ index: 0, custom: { input: "c" } }],
      ],
      { 0: { id: "a", type: "custom", name: "f", arguments: "{abc" } },
      [],
    ],
  ])("%s", (_name, deltas, calls, quirks) => {
    expect(join(deltas)).toEqual({ calls, quirks });
  });

  it.each<[string, unknown[][], string, string[]]>([
    ["Q17: stop although tools are called", [[first(0, "a", "f", "{}")]], "stop", ["Q17"]],
    ["Q17: tool_calls although none is called", [], "tool_calls", ["Q17"]],
    [
      "Q18: tool_calls although the arguments are cut off",
      [[first(0, "a", "f", '{"x":')]],
      "tool_calls",
      ["Q18"],
    ],
    ["length, and the arguments are cut off", [[first(0, "a", "f", '{"x":')]], "length", []],
    ["stop without calls", [], "stop", []],
  ])("the end: %s", (_name, deltas, finishReason, quirks) => {
    expect(join(deltas, finishReason).quirks).toEqual(quirks);
  });

  it("keep members nobody knows", () => {
    const fragments = [{ ...first(0, "a", "f"), extra_content: { google: { thought_signature: "s" } } }];
    createToolCallRepair(() => {}, 1024).repair(fragments, 0, "");
    expect(fragments[0]).toMatchObject({ extra_content: { google: { thought_signature: "s" } } });
  });

  it("take time in proportion to their arguments, even after those were whole", { timeout: 10_000 }, () => {
    const tolerance = createToolCallRepair(() => {}, 1024);
    tolerance.repair([first(0, "a", "f", "{}")], 0, "");
    for (let i = 0; i < 200_000; i++) tolerance.repair([more(0, "x")], 0, "");
    const text = JSON.stringify({ text: "y".repeat(200_000) });
    for (const character of text) tolerance.repair([more(1, character)], 0, "");
    tolerance.finish("tool_calls", 0);
  });
});
