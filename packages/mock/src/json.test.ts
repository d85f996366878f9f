import { expect, test } from "vitest";
import { dereference } from "./json.ts";

const document = {
  a: { $ref: "#/b" },
  b: { $ref: "#/paths/~1pets~1{id}/list/1" },
  paths: { "/pets/{id}": { list: [{}, { found: true }] } },
  loop: { $ref: "#/loop" },
};

test("references are followed to what stands at their end", () => {
  expect(dereference(document, document.a)).toEqual({ found: true });
});

test("a reference that leads nowhere, or round in circles, gives an empty object", () => {
  expect(dereference(document, { $ref: "#/nowhere/at/all" })).toEqual({});
  expect(dereference(document, document.loop)).toEqual({});
});
