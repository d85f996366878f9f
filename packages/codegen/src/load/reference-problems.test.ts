import { expect, test } from "vitest";
import { parseProblem, referenceCycles, referenceProblem } from "./reference-problems.ts";

test.each<[string, { given: string; want: string }]>([
  [
    "a message with a place gets line and column, and loses the file",
    {
      given: 'bad indentation in "/a b/c.yaml" (6:1)\n | x',
      want: "this does not parse as YAML or JSON: bad indentation (line 6, column 1).",
    },
  ],
  [
    "a message without a place stays as it is",
    { given: "unexpected end", want: "this does not parse as YAML or JSON: unexpected end." },
  ],
])("%s", (_name, { given, want }) => {
  expect(parseProblem(given)).toBe(want);
});

test("a reason the bundler gives is kept", () => {
  const file = { a: { $ref: "https://example.com/x.yaml" } };
  const given = { message: "Can't resolve $ref: fetch failed", source: "x.yaml", pointer: "#/a", file };
  expect(referenceProblem(given)).toEqual({
    source: "x.yaml",
    pointer: "#/a",
    message: `the reference "https://example.com/x.yaml" can't be followed: fetch failed.`,
  });
});

test("a reference that stands in a mapping is named too", () => {
  const file = { mapping: { dog: "#/components/schemas/Dog" } };
  const given = { message: "Can't resolve $ref", source: "x.yaml", pointer: "#/mapping/dog", file };
  expect(referenceProblem(given)?.message).toBe(
    'the reference "#/components/schemas/Dog" leads nowhere: correct it, or describe what it names.',
  );
});

test("a message about anything else is passed on in one line", () => {
  const given = { message: "Something\n  else", source: "x.yaml", pointer: "#/a", file: { a: {} } };
  expect(referenceProblem(given)?.message).toBe("Something else.");
});

test("a chain of references that ends is no cycle", () => {
  expect(
    referenceCycles({ a: { $ref: "#/b" }, b: { $ref: "#/c" }, c: { items: { $ref: "#/a" } } }, "x.yaml"),
  ).toEqual([]);
});

test("a reference into a cycle is no part of it", () => {
  const file = { a: { $ref: "#/b" }, b: { $ref: "#/c" }, c: { $ref: "#/b" } };
  expect(referenceCycles(file, "x.yaml").map(({ pointer }) => pointer)).toEqual(["#/b", "#/c"]);
});
