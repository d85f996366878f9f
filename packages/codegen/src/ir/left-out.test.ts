import { expect, test } from "vitest";
import { document } from "../../test/documents.ts";
import { normalise } from "../normalise/normalise.ts";
import { buildIR } from "./build-ir.ts";
import { leftOut } from "./left-out.ts";

function told(yaml: string) {
  const normalised = normalise(document(yaml), "test.yaml").document;
  return leftOut(normalised, buildIR(normalised, "test.yaml"));
}

test("encodings of a body that are not sent are told", () => {
  expect(
    told(
      "paths: { /a: { post: { requestBody: { content: { text/plain: {}, multipart/form-data: {}, application/json: {} } } }, put: { requestBody: { content: { text/plain: {} } } } } }",
    ),
  ).toEqual([
    {
      rule: "body-encodings",
      pointer: "#/paths/~1a/post/requestBody/content",
      before: ["text/plain", "multipart/form-data", "application/json"],
      after: "application/json",
      reason: "A body is sent in one encoding: that of JSON goes first, then forms, text and bytes.",
    },
  ]);
});

test("a method that gave way to another is told, one that was named is not", () => {
  expect(
    told(`
paths:
  /ships: { get: { operationId: listShips } }
  /v1/ships: { get: { operationId: listOldShips } }
  /v2/ships: { get: { operationId: listNewShips, x-hawser-method: ships.listNew } }
`),
  ).toEqual([
    {
      rule: "method-names",
      pointer: "#/paths/~1v1~1ships/get",
      before: "ships.list",
      after: "ships.listOldShips",
      reason: "The name is taken beside it: say with x-hawser-method what it is to be called.",
    },
  ]);
});
