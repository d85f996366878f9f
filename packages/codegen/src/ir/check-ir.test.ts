import { expect, test } from "vitest";
import { operation, representationOf } from "../../test/documents.ts";
import { checkIR, irSchema } from "./check-ir.ts";
import type { IR } from "./ir.ts";

/** A sound representation with some of it replaced. */
function broken(
  change: (ir: { [Key in keyof IR]: IR[Key] } & { operations: Record<string, unknown>[] }) => void,
): unknown {
  const ir = structuredClone(representationOf(operation("")));
  change(ir as never);
  return ir;
}

test("the representation of a document is accepted", () => {
  expect(() => checkIR(representationOf(operation("")))).not.toThrow();
});

test.each<[string, { given: unknown; want: RegExp }]>([
  ["nothing", { given: undefined, want: /\/ must be object/ }],
  ["an OpenAPI document", { given: { openapi: "3.2.0" }, want: /must have required property 'version'/ }],
  [
    "a version to come",
    {
      given: broken((ir) => Object.assign(ir, { version: "4" })),
      want: /\/version must be equal to constant/,
    },
  ],
  [
    "a schema whose name is no type name",
    {
      given: broken((ir) => Object.assign(ir.schemas, { "a-b": {} })),
      want: /\/schemas must match pattern|property name must be valid/,
    },
  ],
  [
    "an operation whose id is no identifier",
    {
      given: broken((ir) => Object.assign(ir.operations[0] ?? {}, { id: "a b" })),
      want: /\/operations\/0\/id must match pattern/,
    },
  ],
  [
    "a status that is none",
    {
      given: broken((ir) => Object.assign(ir.operations[0] ?? {}, { errors: [{ status: "20x" }] })),
      want: /\/operations\/0\/errors\/0\/status must match pattern/,
    },
  ],
  [
    "an operation without an outcome",
    {
      given: broken((ir) => Object.assign(ir.operations[0] ?? {}, { outcomes: [] })),
      want: /\/operations\/0\/outcomes must NOT have fewer than 1 items/,
    },
  ],
  [
    "a member it doesn't know",
    { given: broken((ir) => Object.assign(ir, { extra: 1 })), want: /must NOT have additional properties/ },
  ],
  [
    "an environment variable that is none",
    {
      given: broken((ir) => Object.assign(ir.client.environment, { apiKey: "A-B" })),
      want: /\/client\/environment\/apiKey must match pattern/,
    },
  ],
])("%s is refused with the place", (_name, { given, want }) => {
  expect(() => checkIR(given)).toThrow(TypeError);
  expect(() => checkIR(given)).toThrow(want);
});

test("what is named and isn't there is told with the place", () => {
  const given = broken((ir) =>
    Object.assign(ir, {
      operations: [
        { ...ir.operations[0], cost: { perHour: "", prices: { operation: "gone", perHour: "", match: {} } } },
      ],
      helpers: [
        { kind: "finder", id: "find", name: "find", operation: "lost", pointer: "" },
        {
          kind: "creation",
          id: "make",
          name: "make",
          operation: "run",
          waiter: "find",
          pointer: "",
          parameter: "id",
          undo: "undone",
        },
      ],
      resources: {
        name: "",
        methods: [{ name: "a", operation: "b" }],
        helpers: [{ name: "c", helper: "d" }],
        resources: [],
      },
    }),
  );
  expect(() => checkIR(given)).toThrow(
    '/operations/0/cost/prices/operation names no operation, "gone"; /helpers/0/operation names no operation, "lost"; /helpers/1/undo names no operation, "undone"; /helpers/1/waiter names no waiter, "find"; /resources/methods/0/operation names no operation, "b".',
  );
});

test("the schema is a JSON Schema others can use", () => {
  expect(irSchema).toMatchObject({ $schema: "https://json-schema.org/draft/2020-12/schema", type: "object" });
});
