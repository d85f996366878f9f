import { expect, test } from "vitest";
import { typeErrors } from "../../test/check-types.ts";
import { clientOf, document, representationOf, runPass, textOf } from "../../test/documents.ts";
import { oneWayMembers } from "./one-way-members.ts";

const json = (name: string) => `application/json: { schema: { $ref: '#/components/schemas/${name}' } }`;
const body = (name: string) => `requestBody: { required: true, content: { ${json(name)} } }`;
const answer = (name: string) => `responses: { 200: { description: OK., content: { ${json(name)} } } }`;
const ship =
  "{ type: object, required: [id, name, secret], properties: { id: { type: string, readOnly: true }, name: { type: string }, secret: { type: string, writeOnly: true }, parent: { $ref: '#/components/schemas/Ship' } } }";
const both = `
paths:
  /fleets: { post: { operationId: createFleet, ${body("Fleet")}, ${answer("Fleet")} } }
components:
  schemas:
    Fleet: { type: object, properties: { ships: { type: array, items: { $ref: '#/components/schemas/Ship' } }, port: { $ref: '#/components/schemas/Port' } } }
    Port: { type: object, required: [name], properties: { name: { type: string } } }
    Ship: ${ship}
`;

test("requests have a schema of their own where answers require what is read only", async () => {
  const files = await clientOf(document(both));
  const use = `
import type { Fleet, FleetInput } from "./schema.ts";
export const given: FleetInput = { ships: [{ name: "a", secret: "b", parent: { name: "c", secret: "d" } }] };
export const got: Fleet = { ships: [{ id: "1", name: "a", parent: { id: "2", name: "b" } }] };
// @ts-expect-error a request needs it
export const incomplete: FleetInput = { ships: [{ name: "a" }] };
// @ts-expect-error an answer has it
export const torn: Fleet = { ships: [{ name: "a" }] };
`;
  expect(typeErrors(files, use)).toEqual([]);
  expect(textOf(files, "operations.ts")).toContain("body: FleetInput,");
  expect(Object.keys(representationOf(document(both)).schemas).sort()).toEqual([
    "Fleet",
    "FleetInput",
    "Port",
    "Ship",
    "ShipInput",
  ]);
});

test.each([
  ["requests", `${body("Ship")}, responses: { 204: { description: OK. } }`, ["name", "secret"]],
  ["answers", answer("Ship"), ["id", "name"]],
])("a schema that %s alone use keeps its name", (_, yaml, required) => {
  const { schemas } = representationOf(
    document(`
paths: { /ships: { post: { operationId: run, ${yaml} } } }
components: { schemas: { Ship: ${ship} } }`),
  );
  expect(Object.keys(schemas)).toEqual(["Ship"]);
  expect(schemas.Ship).toMatchObject({ required });
});

test("members that another part of allOf requires are found", () => {
  const { schemas } = representationOf(
    document(`
paths: { /ships: { post: { operationId: run, ${body("Ship")}, responses: { 204: { description: OK. } } } } }
components:
  schemas:
    Base: { properties: { id: { type: string, readOnly: true } } }
    Ship: { allOf: [{ $ref: '#/components/schemas/Base' }, { required: [id] }] }`),
  );
  expect(JSON.stringify(schemas)).not.toContain("required");
});

test("every change is reported, and the second time there is none", () => {
  const given = document(both);
  expect(runPass(oneWayMembers, given).changes.map(({ pointer }) => pointer)).toEqual([
    "#/components/schemas/ShipInput",
    "#/components/schemas/FleetInput",
    "#/components/schemas/ShipInput",
    "#/components/schemas/Ship",
  ]);
  expect(runPass(oneWayMembers, given).changes).toEqual([]);
});

test("what goes both ways is left alone", () => {
  const given = document(both.replace(", readOnly: true", "").replace(", writeOnly: true", ""));
  expect(runPass(oneWayMembers, given).changes).toEqual([]);
});
