import { expect, test } from "vitest";
import type { Operation } from "../../ir/ir.ts";
import { methodHead, requestCall } from "./print-call.ts";
import type { Signature } from "./signature.ts";

test("a head stands on one line where it fits", () => {
  expect(methodHead("list", [{ name: "params", type: "P", optional: true }], "D", "E", "  ")).toBe(
    "  list(params?: P, options?: RequestOptions): APIPromise<D, E>",
  );
});

test("a head that doesn't fit has a line for each parameter", () => {
  const type = "T".repeat(80);
  expect(methodHead("list", [{ name: "a", type, optional: false }], "D", "E", "  ")).toBe(
    `  list(\n    a: ${type},\n    options?: RequestOptions,\n  ): APIPromise<D, E>`,
  );
});

test.each<[string, { operation: Partial<Operation>; path: Signature["path"]; want: string }]>([
  ["nothing", { operation: {}, path: [], want: "return client.request(runOperation, {}, options);" }],
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
  const signature = { path, overloads: [], arguments: [], errors: "E" };
  expect(requestCall(operation as Operation, signature, "client", "runOperation")).toBe(want);
});
