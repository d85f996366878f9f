import { describe, expect, it } from "vitest";
import { accumulate, copyJson, replaceMember } from "./accumulate.ts";

function joined(...parts: object[]): Record<string, unknown> {
  const target: Record<string, unknown> = {};
  for (const part of parts) accumulate(target, part as Record<string, unknown>);
  return target;
}

describe("accumulate", () => {
  it.each<[string, object[], object]>([
    ["text is joined", [{ a: "x" }, { a: "y" }], { a: "xy" }],
    [
      "identifiers are not",
      [
        { id: "x", type: "t" },
        { id: "x", type: "t" },
      ],
      { id: "x", type: "t" },
    ],
    ["null adds nothing", [{ a: "x", b: null }, { a: null }], { a: "x" }],
    [
      "numbers are replaced",
      [
        { a: 1, b: true },
        { a: 2, b: false },
      ],
      { a: 2, b: false },
    ],
    ["lists are appended to", [{ a: [1] }, { a: [2, { b: 1 }] }], { a: [1, 2, { b: 1 }] }],
    ["objects are merged", [{ a: { b: "x" } }, { a: { b: "y", c: 1 } }], { a: { b: "xy", c: 1 } }],
    ["another kind replaces", [{ a: "x" }, { a: { b: 1 } }, { a: [1] }], { a: [1] }],
    [
      "entries with text and the same index are continued",
      [
        { d: [{ type: "t", index: 0, text: "a" }] },
        {
          d: [
            { type: "t", index: 0, text: "b", signature: "s" },
            { type: "t", index: 1, text: "c" },
          ],
        },
      ],
      {
        d: [
          { type: "t", index: 0, text: "ab", signature: "s" },
          { type: "t", index: 1, text: "c" },
        ],
      },
    ],
    [
      "entries without text, or with another id, are not",
      [
        {
          d: [
            { type: "e", index: 0, data: "a" },
            { type: "t", index: 0, text: "a", id: "1" },
          ],
        },
        {
          d: [
            { type: "e", index: 0, data: "b" },
            { type: "t", index: 0, text: "b", id: "2" },
          ],
        },
      ],
      {
        d: [
          { type: "e", index: 0, data: "a" },
          { type: "t", index: 0, text: "a", id: "1" },
          { type: "e", index: 0, data: "b" },
          { type: "t", index: 0, text: "b", id: "2" },
        ],
      },
    ],
  ])("%s", (_name, parts, expected) => {
    expect(joined(...parts)).toEqual(expected);
  });

  it("changes none of the parts", () => {
    const parts = [
      { a: [1], b: { c: "x" } },
      { a: [2], b: { c: "y" } },
    ];
    const before = structuredClone(parts);
    joined(...parts);
    expect(parts).toEqual(before);
  });

  it("never touches a prototype", () => {
    const evil = JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}');
    const result = joined(evil, evil);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
    expect(Object.keys(result)).toEqual(["__proto__", "constructor"]);
  });
});

it("copies deeply, whatever the members are called", () => {
  const value = JSON.parse('{"a":[{"__proto__":{"b":1}}]}');
  const copy = copyJson(value);
  expect(JSON.stringify(copy)).toBe('{"a":[{"__proto__":{"b":1}}]}');
  expect(copy.a[0]).not.toBe(value.a[0]);
});

it("replaces by what is there", () => {
  const target = { a: 1 };
  replaceMember(target, "a", null);
  expect(target).toEqual({ a: 1 });
  replaceMember(target, "a", 2);
  expect(target).toEqual({ a: 2 });
});
