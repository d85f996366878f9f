import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { type Rules, type StandardSchema, standardSchema } from "./validate.ts";

const check = (rules: Rules, value: unknown) => standardSchema(() => rules)["~standard"].validate(value);
const issuesOf = (rules: Rules, value: unknown) => check(rules, value).issues ?? [];

const schemas: Exclude<Rules, boolean>[] = [
  {},
  { type: "string" },
  { type: ["integer", "null"] },
  { type: "number", minimum: 1, exclusiveMaximum: 10, multipleOf: 0.5 },
  { maximum: 2, exclusiveMinimum: 0 },
  { const: { a: [1, null] } },
  { enum: ["a", 1, null, [1], { b: 2 }] },
  { type: "string", minLength: 2, maxLength: 3, pattern: "^[a-z😀]+$" },
  { type: "array", items: { type: "integer" }, minItems: 1, maxItems: 3, uniqueItems: true },
  { prefixItems: [{ type: "string" }, { type: "number" }], items: false },
  { contains: { const: 1 } },
  { type: "object", required: ["a"], properties: { a: { type: "string" }, b: { type: "integer" } } },
  { properties: { a: true }, additionalProperties: false },
  {
    properties: { a: true },
    patternProperties: { "^x-": { type: "number" } },
    additionalProperties: { type: "string" },
  },
  { propertyNames: { maxLength: 1 }, minProperties: 1, maxProperties: 2 },
  { dependentRequired: { a: ["b"] }, dependentSchemas: { b: { required: ["c"] } } },
  { allOf: [{ required: ["a"] }, { properties: { a: { type: "string" } } }] },
  { anyOf: [{ type: "string" }, { type: "object", required: ["a"] }] },
  { oneOf: [{ type: "integer" }, { minimum: 2 }] },
  { not: { type: "string" } },
  JSON.parse('{ "if": { "type": "string" }, "then": { "minLength": 2 }, "else": { "type": "number" } }'),
  { if: { type: "string" }, else: false },
];

const values: unknown[] = [
  ...[null, true, false, 0, 1, 1.5, 2, 2.25, 10, -1, 1e21, "", "a", "ab", "abcd", "😀", "😀b", "A"],
  ...[[], [1], [1, 1], [1, 2, 3, 4], ["a", 1], ["a", 1, 2], [[1], [1]], [null], { a: [1, null] }, { b: 2 }],
  ...[
    {},
    { a: "x" },
    { a: 1 },
    { b: 1 },
    { b: 1.5, a: "x" },
    { a: 1, b: 2, c: 3 },
    { "x-y": 1 },
    { "x-y": "z" },
  ],
  ...[{ long: "x" }, JSON.parse('{ "__proto__": 1 }')],
];

test.each(schemas)("%j takes what another implementation of JSON Schema takes", (schema) => {
  const other = new Ajv2020({ strict: false, ownProperties: true }).compile(schema);
  const taken = values.filter((value) => issuesOf(schema, value).length === 0);
  expect(taken).toEqual(values.filter((value) => other(value)));
});

test("what every object inherits is no member of it", () => {
  const rules = { properties: { constructor: { type: "number" } }, required: ["toString"] };
  expect(issuesOf(rules, {})).toEqual([{ message: 'Its member "toString" is missing.', path: [] }]);
  expect(issuesOf(rules, { toString: "x" })).toEqual([]);
});

test("what is wrong is said with its place", () => {
  const rules = {
    properties: { ships: { items: { required: ["name"], properties: { name: { type: "string" } } } } },
  };
  expect(issuesOf(rules, { ships: [{ name: "Ann" }, {}, { name: 1 }] })).toEqual([
    { message: 'Its member "name" is missing.', path: ["ships", 1] },
    { message: "It is number, not string.", path: ["ships", 2, "name"] },
  ]);
});

test("of several forms the nearest is spoken of", () => {
  const form = (kind: string, member: string): Rules => ({
    required: ["kind", member],
    properties: { kind: { const: kind }, [member]: { type: "number" } },
  });
  expect(
    issuesOf({ oneOf: [form("tug", "power"), form("liner", "beds")] }, { kind: "liner", beds: "many" }),
  ).toEqual([{ message: "It is string, not number.", path: ["beds"] }]);
});

test("schemas lead to each other and to themselves", () => {
  const ship: StandardSchema<{ tugs: unknown[] }> = standardSchema(() => ({
    properties: { tugs: { items: { $ref: ship } } },
  }));
  const validate = ship["~standard"].validate;
  expect(validate({ tugs: [{ tugs: [] }] })).toEqual({ value: { tugs: [{ tugs: [] }] } });
  expect(validate({ tugs: [{ tugs: [{ tugs: { length: 1 } }] }] }).issues).toBeUndefined();
  const strict: StandardSchema<unknown> = standardSchema(() => ({
    type: "object",
    properties: { next: { $ref: strict } },
  }));
  expect(strict["~standard"].validate({ next: { next: 1 } }).issues?.[0]?.path).toEqual(["next", "next"]);
});

test("what never ends is an issue, not an overflow", () => {
  const loop: StandardSchema<unknown> = standardSchema(() => ({ allOf: [{ $ref: loop }] }));
  expect(loop["~standard"].validate(1).issues?.[0]?.message).toContain("too deeply");
  const list: StandardSchema<unknown> = standardSchema(() => ({ items: { $ref: list } }));
  let deep: unknown = [];
  for (let level = 0; level < 100_000; level += 1) deep = [deep];
  expect(list["~standard"].validate(deep).issues?.[0]?.message).toContain("too deeply");
});

test("a member that is undefined isn't there, as in JSON", () => {
  expect(
    issuesOf({ properties: { a: { type: "string" } }, additionalProperties: false }, { a: undefined }),
  ).toEqual([]);
  expect(issuesOf({ required: ["a"] }, { a: undefined })).toHaveLength(1);
});

test("a pattern JavaScript can't read allows everything", () => {
  expect(issuesOf({ pattern: "(?P<name>x)" }, "y")).toEqual([]);
});

test("the value that fits is given as it is", () => {
  const value = { a: 1 };
  const outcome = check({ type: "object" }, value);
  expect(outcome.issues === undefined && outcome.value).toBe(value);
});
