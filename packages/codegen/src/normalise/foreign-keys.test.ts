import { expect, test } from "vitest";
import { operation, runPass } from "../../test/documents.ts";
import { resolvePointer } from "../json.ts";
import { foreignKeys } from "./foreign-keys.ts";

const here = "#/paths/~1things/post";

test("x-stainless-const makes the one value of an enum the value", () => {
  const doc = operation(
    "{}",
    "{ schemas: { Kind: { type: string, enum: [ship], x-stainless-const: true }, Two: { enum: [a, b], x-stainless-const: true }, One: { enum: [a] } } }",
  );
  expect(runPass(foreignKeys, doc).changes.map(({ pointer, after }) => [pointer, after])).toEqual([
    ["#/components/schemas/Kind/const", "ship"],
  ]);
  expect(runPass(foreignKeys, doc).changes).toEqual([]);
});

test("x-stainless-skip leaves an optional parameter out, and no other", () => {
  const doc = operation(`
parameters:
  - { name: a, in: query, x-stainless-skip: true }
  - { name: b, in: query, schema: { x-stainless-skip: true } }
  - { name: c, in: query, required: true, x-stainless-skip: true }
  - { name: d, in: query, x-stainless-skip: [go] }
`);
  expect(runPass(foreignKeys, doc).changes.map(({ pointer }) => pointer)).toEqual([
    `${here}/parameters/0`,
    `${here}/parameters/1`,
  ]);
  expect(resolvePointer(doc, `${here}/parameters`)).toMatchObject([{ name: "c" }, { name: "d" }]);
});

test("other keys of Stainless change nothing", () => {
  const doc = operation(
    "x-stainless-stream-helper: things.run",
    "{ schemas: { Empty: { type: object, x-stainless-empty-object: true, x-stainless-any: true, x-stainless-naming: { python: { type_name: E } } } } }",
  );
  expect(runPass(foreignKeys, doc)).toEqual({ changes: [], problems: [] });
});
