import { expect, expectTypeOf, it } from "vitest";
import { jsonSchema } from "./json-schema.ts";
import type { SchemaOutput } from "./standard-schema.ts";
import { validate } from "./validate.ts";

const schema = jsonSchema<{ city: string; days?: number[] }>({
  type: "object",
  properties: { city: { type: "string" }, days: { type: "array", items: { $ref: "#/$defs/day" } } },
  required: ["city"],
  additionalProperties: false,
  $defs: { day: { type: "integer", minimum: 1 } },
});

it("lets through what fits", async () => {
  expect(await validate(schema, { city: "Oslo", days: [1, 2] })).toEqual({
    value: { city: "Oslo", days: [1, 2] },
  });
  expectTypeOf<SchemaOutput<typeof schema>>().toEqualTypeOf<{ city: string; days?: number[] }>();
});

it("says where what is wrong, without the errors that follow from others", async () => {
  const { problems } = await validate(schema, { days: [1, 0, "x"], other: 1 });
  expect(problems).toHaveLength(4);
  expect(problems?.[0]).toMatch(/city/);
  expect(problems?.join("\n")).toMatch(/^\/days\/1: 0 is less than/m);
  expect(problems?.join("\n")).toMatch(/^\/days\/2: .*string/m);
});

it("gives the schema as it is, and leaves it as it was", async () => {
  const plain = Object.freeze({ type: "string" });
  const frozen = jsonSchema(plain);
  await validate(frozen, "text");
  expect(frozen["~standard"].jsonSchema.input({ target: "draft-2020-12" })).toEqual(plain);
});
