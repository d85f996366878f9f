import { expect, test } from "vitest";
import { clientOf, document, runPass, textOf } from "../../test/documents.ts";
import { asObject } from "../json.ts";
import { referenceSiblings } from "./reference-siblings.ts";

const given = (ship: string, openapi = "3.1.0") =>
  document(
    `{ openapi: ${openapi}, components: { schemas: { Ship: ${ship}, Vessel: { properties: { name: { type: string } } } } } }`,
  );
const reference = "#/components/schemas/Vessel";

test("what stands beside a reference is a part of its own", () => {
  const extended = given(
    `{ $ref: '${reference}', description: Sails., properties: { sails: { type: integer } }, required: [sails] }`,
  );
  const { changes } = runPass(referenceSiblings, extended);
  expect(asObject(asObject(extended.components).schemas).Ship).toEqual({
    description: "Sails.",
    allOf: [{ $ref: reference }, { properties: { sails: { type: "integer" } }, required: ["sails"] }],
  });
  expect(changes.map(({ pointer }) => pointer)).toEqual(["#/components/schemas/Ship"]);
});

test.each([
  ["only says what it is", `{ $ref: '${reference}', description: Sails., x-own: 1 }`, "3.2.0"],
  ["is of OpenAPI 3.0", `{ $ref: '${reference}', required: [sails] }`, "3.0.3"],
])("a reference is left alone when what stands beside it %s", (_, ship, openapi) => {
  expect(runPass(referenceSiblings, given(ship, openapi)).changes).toEqual([]);
});

test("a type has both", async () => {
  const files = await clientOf(
    given(`{ $ref: '${reference}', properties: { sails: { type: integer } }, required: [sails] }`),
  );
  expect(textOf(files, "schema.ts")).toContain("export type Ship = Vessel & {\n  sails: number;\n};");
});
