import { expect, test } from "vitest";
import { document, runPass } from "../../test/documents.ts";
import { operationsOf } from "../document.ts";
import { operationIds } from "./operation-ids.ts";

test.each<[string, { given: string; want: string[] }]>([
  [
    "an id that is an identifier stays",
    { given: "/a: { get: { operationId: listModels } }", want: ["listModels"] },
  ],
  [
    "an id in another style becomes an identifier",
    { given: "/a: { get: { operationId: list-models.v2 } }", want: ["listModelsV2"] },
  ],
  [
    "an operation without an id is named for its method and path",
    { given: "'/ships/{shipId}/crew': { get: {} }", want: ["getShipsByShipIdCrew"] },
  ],
  ["an empty id is none", { given: "/a: { get: { operationId: '' } }", want: ["getA"] }],
  [
    "an id that is taken gets a number",
    {
      given: "/a: { get: { operationId: list } }, /b: { get: { operationId: List } }",
      want: ["list", "list2"],
    },
  ],
])("%s", (_name, { given, want }) => {
  const doc = document(`paths: { ${given} }`);
  runPass(operationIds, doc);
  expect([...operationsOf(doc)].map(({ operation }) => operation.operationId)).toEqual(want);
});

test("new ids are reported, and ids that stay are not", () => {
  const doc = document(
    "paths: { /a: { get: { operationId: list-a }, put: {}, post: { operationId: createA } } }",
  );
  const rule = "operation-ids";
  expect(runPass(operationIds, doc).changes).toEqual([
    {
      rule,
      pointer: "#/paths/~1a/get/operationId",
      before: "list-a",
      after: "listA",
      reason: "The id was taken or is no identifier.",
    },
    { rule, pointer: "#/paths/~1a/put/operationId", after: "putA", reason: "The operation had no id." },
  ]);
});
