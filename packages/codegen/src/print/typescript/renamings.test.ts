import { expect, test } from "vitest";
import { document, representationOf } from "../../../test/documents.ts";
import { renamings } from "./renamings.ts";

test("what TypeScript needs itself is told by its new name", () => {
  const ir = representationOf(
    document(`
x-hawser-client: { name: Client }
paths: { /a: { delete: { operationId: delete }, get: { operationId: list } } }
components: { schemas: { Error: {}, Ship: {} } }
`),
  );
  expect(renamings(ir).map(({ rule, pointer, before, after }) => [rule, pointer, before, after])).toEqual([
    ["typescript-names", "#/client/name", "Client", "ClientClient"],
    ["typescript-names", "#/operations/1/id", "delete", "deleteCall"],
    ["typescript-names", "#/schemas/Error", "Error", "ErrorSchema"],
  ]);
});
