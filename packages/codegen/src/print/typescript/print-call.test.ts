import { expect, test } from "vitest";
import type { Operation } from "../../ir/ir.ts";
import { methodHead, requestCall } from "./print-call.ts";
import type { Signature } from "./signature.ts";

test("a head stands on one line where it fits", () => {
  expect(methodHead("list", [{ name: "params", type: "P", optional: true }], "R", "  ")).toBe(
    "  list(params?: P): R",
  );
});

test("a head that doesn't fit has a line for each parameter", () => {
  const type = "T".repeat(100);
  const given = [
    { name: "a", type, optional: false },
    { name: "b", type: "B", optional: true },
  ];
  expect(methodHead("list", given, "R", "  ")).toBe(`  list(\n    a: ${type},\n    b?: B,\n  ): R`);
});

test.each<[string, { operation: Partial<Operation>; path: Signature["path"]; want: string }]>([
  ["nothing", { operation: {}, path: [], want: "return client.request(runOperation, {}, options);" }],
  [
    "what is always the same",
    {
      operation: {
        params: {},
        parameters: [{ name: "api-version", constant: "2" }, { name: "page" }] as never,
      },
      path: [],
      want: 'return client.request(runOperation, { params: { "api-version": "2", ...params } }, options);',
    },
  ],
  [
    "a list in pages by a function of its own",
    {
      operation: { pages: {} as never, params: {} },
      path: [],
      want: "return listPages(client, runOperation, { params }, options);",
    },
  ],
  [
    "path, body and parameters",
    {
      operation: { body: {} as never, params: {} },
      path: [{ wire: "id", argument: "id" }],
      want: "return client.request(runOperation, { path: { id }, body, params }, options);",
    },
  ],
  [
    "names that are not those of the wire",
    {
      operation: {},
      path: [
        { wire: "ship-id", argument: "shipId" },
        { wire: "class", argument: "class_" },
      ],
      want: 'return client.request(runOperation, { path: { "ship-id": shipId, class: class_ } }, options);',
    },
  ],
])("a call sends %s", (_name, { operation, path, want }) => {
  const signature = { path, overloads: [], arguments: [], returns: "R", errors: "E" };
  const call = requestCall(
    { parameters: [], ...operation, id: "run" } as unknown as Operation,
    signature,
    "client",
    "listPages",
    "",
  );
  expect(call).toBe(want);
});
