import { expect, it } from "vitest";
import { jsonSchema } from "../schema/json-schema.ts";
import type { JsonSchema } from "../schema/standard-schema.ts";
import { toWantedOutput } from "./wanted-output.ts";

const wantedOf = (schema: JsonSchema): JsonSchema =>
  toWantedOutput(jsonSchema(schema), { name: "it", description: undefined, strict: false }).schema;

it("moves references with a schema that goes into an object", () => {
  const schema = {
    type: "array",
    items: { anyOf: [{ $ref: "#" }, { $ref: "#/definitions/city" }, { $ref: "#/$defs/ship" }] },
    definitions: { city: { type: "string" } },
    $defs: { ship: { type: "string" } },
  };
  expect(wantedOf(schema)).toMatchObject({
    properties: { value: { $ref: "#/$defs/value" } },
    $defs: {
      ship: { type: "string" },
      value: {
        items: {
          anyOf: [
            { $ref: "#/$defs/value" },
            { $ref: "#/$defs/value/definitions/city" },
            { $ref: "#/$defs/ship" },
          ],
        },
        definitions: { city: { type: "string" } },
      },
    },
  });
});

it("takes no definition's place", () => {
  const schema = { type: "array", items: { $ref: "#/$defs/value" }, $defs: { value: { type: "string" } } };
  expect(wantedOf(schema)).toMatchObject({
    properties: { value: { $ref: "#/$defs/value_" } },
    $defs: { value: { type: "string" }, value_: { type: "array", items: { $ref: "#/$defs/value" } } },
  });
});
