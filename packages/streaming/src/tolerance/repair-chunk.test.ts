import { describe, expect, it } from "vitest";
import { createChunkRepair } from "./repair-chunk.ts";

/** Runs chunks through one stream's tolerance: what comes out, and which departures were reported where. */
function repair(...chunks: object[]): { out: unknown[]; quirks: string[] } {
  const quirks: string[] = [];
  const tolerance = createChunkRepair((id, pointer) => void quirks.push(`${id} ${pointer}`));
  const out = chunks.map((chunk) =>
    tolerance.repair(JSON.parse(JSON.stringify(chunk)), JSON.stringify(chunk)),
  );
  return { out, quirks: [...new Set(quirks)] };
}

/** A chunk with one choice that is all right, but for what is given. */
function withChoice(choice: object): object {
  return { id: "1", choices: [{ index: 0, delta: {}, finish_reason: null, ...choice }] };
}

const good = withChoice({ delta: { role: "assistant", content: "Hi" } });

it("lets what keeps to the format pass as it is, with all it does not know", () => {
  const chunk = {
    id: "1",
    object: "chat.completion.chunk",
    choices: [
      {
        index: 0,
        delta: { role: "assistant", content: null, refusal: null, own: { a: 1 }, tool_calls: null },
        finish_reason: null,
        native: "x",
      },
    ],
    usage: null,
    timings: { ms: 3 },
  };
  expect(repair(chunk)).toEqual({ out: [chunk], quirks: [] });
});

describe("the envelope", () => {
  it.each<[string, object, object, string[]]>([
    ["no choices", { id: "1" }, { id: "1", choices: [] }, ["Q12 /choices"]],
    ["choices null", { id: "1", choices: null }, { id: "1", choices: [] }, ["Q12 /choices"]],
    ["empty choices are fine", { id: "1", choices: [] }, { id: "1", choices: [] }, []],
    ["an empty id", { id: "", model: "", choices: [] }, { id: "", model: "", choices: [] }, ["Q14 "]],
    [
      "another object",
      { object: "chat.completion.done", choices: [] },
      { object: "chat.completion.done", choices: [] },
      ["Q19 /object"],
    ],
    ["no delta", withChoice({ delta: null }), withChoice({}), ["Q13 /choices/0/delta"]],
    ["no index", withChoice({ index: null }), withChoice({}), ["Q13 /choices/0/index"]],
    ["an empty role", withChoice({ delta: { role: "" } }), withChoice({}), ["Q15 /choices/0/delta/role"]],
    ["a null role", withChoice({ delta: { role: null } }), withChoice({}), ["Q15 /choices/0/delta/role"]],
    [
      "an empty finish reason",
      withChoice({ finish_reason: "" }),
      withChoice({}),
      ["Q16 /choices/0/finish_reason"],
    ],
    [
      "no finish reason",
      withChoice({ finish_reason: undefined }),
      withChoice({}),
      ["Q16 /choices/0/finish_reason"],
    ],
    [
      "a finishReason",
      withChoice({ finish_reason: undefined, finishReason: "stop" }),
      withChoice({ finish_reason: "stop", finishReason: "stop" }),
      ["Q16 /choices/0/finish_reason"],
    ],
    [
      "a finish reason of its own",
      withChoice({ finish_reason: "eos_token" }),
      withChoice({ finish_reason: "eos_token" }),
      [],
    ],
  ])("%s", (_name, chunk, expected, quirks) => {
    expect(repair(chunk)).toEqual({ out: [expected], quirks });
  });

  it("is unwrapped when an event carries the whole completion, unless it was streamed before", () => {
    const whole = {
      object: "chat.completion",
      choices: [{ index: 0, message: { content: "Hi" }, finish_reason: "stop" }],
    };
    expect(repair(whole)).toMatchObject({
      out: [{ choices: [{ delta: { content: "Hi" }, finish_reason: "stop" }] }],
      quirks: expect.arrayContaining(["Q10 "]),
    });
    expect(repair(good, whole).out[1]).toMatchObject({
      choices: [{ delta: {}, message: { content: "Hi" } }],
    });
  });

  it.each<[unknown, string]>([
    ["text", "A chunk is no object"],
    [[], "A chunk is no object"],
    [null, "A chunk is no object"],
    [{ choices: {} }, "The choices of a chunk are no list"],
    [{ choices: [null] }, "A choice of a chunk is no object"],
    [withChoice({ delta: { content: 5 } }), "The content of a delta is no text"],
    [withChoice({ delta: { refusal: {} } }), "The refusal of a delta is no text"],
    [withChoice({ delta: { reasoning_content: true } }), "The reasoning_content of a delta is no text"],
    [withChoice({ delta: { tool_calls: {} } }), "The tool calls of a delta are no list"],
    [withChoice({ delta: { tool_calls: ["x"] } }), "A tool call of a delta is no object"],
  ])("that is none is an error that quotes it: %j", (value, message) => {
    const tolerance = createChunkRepair(() => {});
    const raw = JSON.stringify(value);
    expect(() => tolerance.repair(value, raw)).toThrow(
      expect.objectContaining({ reason: "invalid-data", message: `${message}: ${JSON.stringify(raw)}` }),
    );
  });
});

describe("usage", () => {
  const usage = { total_tokens: 3 };

  it.each<[string, object[], unknown[], string[]]>([
    ["under x_groq", [{ choices: [], x_groq: { usage } }], [usage], ["Q22 /x_groq/usage"]],
    ["in a choice", [withChoice({ usage })], [usage], ["Q22 /choices/0/usage"]],
    [
      "more than once",
      [
        { choices: [], usage },
        { choices: [], usage },
      ],
      [usage, usage],
      ["Q20 /usage"],
    ],
    [
      "taken back",
      [
        { choices: [], usage },
        { choices: [], usage: null },
      ],
      [usage, null],
      ["Q21 /usage"],
    ],
    ["no object", [{ choices: [], usage: "" }], [null], []],
    [
      "null until the end",
      [
        { choices: [], usage: null },
        { choices: [], usage },
      ],
      [null, usage],
      [],
    ],
  ])("%s", (_name, chunks, expected, quirks) => {
    const result = repair(...chunks);
    expect(result.out.map((chunk) => (chunk as { usage?: unknown }).usage)).toEqual(expected);
    expect(result.quirks).toEqual(quirks);
  });
});

describe("content and reasoning", () => {
  it.each<[string, object, object, string[]]>([
    ["both at once", { content: "a", reasoning_content: "b" }, { content: "a", reasoning_content: "b" }, []],
    [
      "reasoning under its other name",
      { reasoning: "b" },
      { reasoning: "b", reasoning_content: "b" },
      ["Q34 /choices/0/delta/reasoning"],
    ],
    [
      "an empty text beside a full one",
      { reasoning_content: "", reasoning: "b" },
      { reasoning_content: "b", reasoning: "b" },
      ["Q34 /choices/0/delta/reasoning"],
    ],
    [
      "both names at once, not doubled",
      { reasoning_content: "b", reasoning: "b" },
      { reasoning_content: "b", reasoning: "b" },
      [],
    ],
    [
      "details only",
      {
        reasoning_details: [
          { type: "reasoning.text", text: "b" },
          { type: "reasoning.summary", summary: "c" },
        ],
      },
      { reasoning_content: "bc" },
      ["Q34 /choices/0/delta/reasoning_details"],
    ],
    [
      "encrypted details",
      { reasoning_details: [{ type: "reasoning.encrypted", data: "b" }] },
      { reasoning_details: [{ type: "reasoning.encrypted", data: "b" }] },
      [],
    ],
    [
      "text parts",
      { content: [{ type: "text", text: "a" }, "b"] },
      { content: "ab" },
      ["Q37 /choices/0/delta/content"],
    ],
    [
      "thinking parts",
      { content: [{ type: "thinking", thinking: [{ type: "text", text: "b" }] }] },
      { content: "", reasoning_content: "b" },
      ["Q37 /choices/0/delta/content"],
    ],
    [
      "other parts are kept",
      {
        content: [
          { type: "reference", reference_ids: [1] },
          { type: "text", text: "a" },
        ],
      },
      { content: "a", content_parts: [{ type: "reference", reference_ids: [1] }] },
      ["Q37 /choices/0/delta/content"],
    ],
    [
      "one part",
      { content: { type: "text", text: "a" } },
      { content: "a" },
      ["Q37 /choices/0/delta/content"],
    ],
    [
      "reasoning in parts",
      { reasoning_content: [{ type: "text", text: "b" }] },
      { reasoning_content: "b" },
      ["Q34 /choices/0/delta/reasoning_content"],
    ],
  ])("%s", (_name, delta, expected, quirks) => {
    const result = repair(withChoice({ delta }));
    expect(result.out[0]).toMatchObject({ choices: [{ delta: expected }] });
    expect(result.quirks).toEqual(quirks);
  });

  it("takes no text from details that repeat it", () => {
    const details = withChoice({ delta: { reasoning_details: [{ type: "reasoning.text", text: "b" }] } });
    const { out } = repair(withChoice({ delta: { reasoning: "b" } }), details);
    expect(out[1]).toEqual(details);
  });
});

it("knows when every choice has its finish reason", () => {
  const tolerance = createChunkRepair(() => {});
  const feed = (index: number, finish_reason: string | null): void =>
    void tolerance.repair(withChoice({ index, finish_reason }), "");
  expect(tolerance.isWhole()).toBe(false);
  feed(0, null);
  feed(1, "stop");
  expect(tolerance.isWhole()).toBe(false);
  feed(0, "length");
  feed(0, null);
  expect(tolerance.isWhole()).toBe(true);
});
