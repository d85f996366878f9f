import ts from "typescript";
import { expect, test } from "vitest";
import { attacks } from "../../../test/hostile.ts";
import { Code, literal, propertyName } from "./literal.ts";

/** What the printed literal is worth when it runs. */
function worthOf(text: string): unknown {
  return new Function(`"use strict"; return (${text});`)();
}

test.each<[string, { given: unknown; want: string }]>([
  [
    "keys are quoted only where they have to be",
    { given: { a: 1, "b-c": [true, null], $d: "x" }, want: '{ a: 1, "b-c": [true, null], $d: "x" }' },
  ],
  ["empty lists and objects stay short", { given: { a: {}, b: [] }, want: "{ a: {}, b: [] }" }],
  ["code is printed as it is", { given: { type: new Code("EventStream") }, want: "{ type: EventStream }" }],
  ["a line separator can't end a line", { given: "a\u2028b\u2029", want: '"a\\u2028b\\u2029"' }],
  [
    "a prototype is set by nothing",
    { given: JSON.parse('{ "__proto__": 1 }'), want: '{ ["__proto__"]: 1 }' },
  ],
])("%s", (_name, { given, want }) => {
  expect(literal(given)).toBe(want);
});

test("a literal that doesn't fit in 100 columns is broken, inner ones too", () => {
  const long = "x".repeat(60);
  expect(literal({ a: { b: long, c: long }, d: [1] })).toBe(
    `{\n  a: {\n    b: "${long}",\n    c: "${long}",\n  },\n  d: [1],\n}`,
  );
});

test("what stands before it on the line counts", () => {
  const value = { a: "x".repeat(80) };
  expect(literal(value, "", 11)).not.toContain("\n");
  expect(literal(value, "", 12)).toContain("\n");
});

test("the name of a member and the comma behind it count", () => {
  expect(
    literal({ name: ["x".repeat(80), 1] })
      .split("\n")
      .every((line) => line.length <= 100),
  ).toBe(true);
});

test.each(attacks)("a hostile string %j is worth itself", (attack) => {
  const value = { [attack]: [attack, { [attack]: attack }], long: `${attack}${"x".repeat(100)}` };
  const plain = JSON.parse(JSON.stringify(value));
  expect(worthOf(literal(plain))).toEqual(plain);
  const { statements } = ts.createSourceFile("x.ts", `(${literal(plain)});`, ts.ScriptTarget.ES2022);
  expect(statements).toHaveLength(1);
});

test.each([
  ["name", "name"],
  ["$a_1", "$a_1"],
  ["a b", '"a b"'],
  ["1a", '"1a"'],
  ["größe", '"größe"'],
  ["__proto__", '["__proto__"]'],
])("the member %s is printed as %s", (given, want) => {
  expect(propertyName(given)).toBe(want);
});
