import { join } from "node:path";
import { expect, test } from "vitest";
import { document, repository, representationOf } from "../../test/documents.ts";
import { answers, found } from "../../test/ships.ts";
import { represent } from "../generate.ts";
import { diff } from "./diff.ts";

const paths = (yaml: string) => representationOf(document(`paths: ${yaml}`));
const get = (id: string, rest = "") =>
  `{ get: { operationId: ${id}, responses: { 204: { description: Done. } } ${rest} } }`;

test("operations that are gone, new and elsewhere are told apart", () => {
  const old = paths(`{ /a: ${get("listA")}, /b: ${get("listB")}, /c: ${get("listC")} }`);
  const next = paths(`{ /a: ${get("allA")}, /d: ${get("listB")}, /e: ${get("listE")} }`);
  expect(found(old, next)).toEqual([
    "major callers: The function `listA` is called `allA` now.",
    "major callers: `d.retrieve` is GET /d now, and was GET /b: programs built before ask the wrong address.",
    "major callers: The method `b.retrieve` is called `d.retrieve` now.",
    "major callers: `c.retrieve` (GET /c) is gone.",
    "minor: `e.retrieve` (GET /e) is new.",
  ]);
});

test("a path parameter may be called otherwise, but not be added", () => {
  const parameter = (name: string) => `{ name: ${name}, in: path, required: true, schema: { type: string } }`;
  const old = paths(`{ "/a/{id}": ${get("getA", `, parameters: [${parameter("id")}]`)} }`);
  const renamed = paths(`{ "/a/{a_id}": ${get("getA", `, parameters: [${parameter("a_id")}]`)} }`);
  expect(diff(old, renamed).filter(({ level }) => level !== "patch")).toEqual([]);
});

test("what belongs to the client as a whole is compared", () => {
  const old = representationOf(
    document(`
x-hawser-client: { name: Port, environment: { apiKey: PORT_KEY } }
servers: [{ url: https://a.example.com }]
components: { securitySchemes: { key: { type: http, scheme: bearer } }, schemas: { Unused: { type: string } } }`),
  );
  const next = representationOf(
    document(`
info: { title: Test, version: 2.0.0 }
x-hawser-client: { name: Harbour, environment: { apiKey: HARBOUR_KEY } }
servers: [{ url: https://b.example.com }]
components: { securitySchemes: { key: { type: apiKey, in: header, name: X-Key } }, schemas: { Unused: { type: number } } }`),
  );
  expect(found(old, next)).toEqual([
    "major readers: `Unused` is a number now, and was a string.",
    "major callers: The client `Port` is called `Harbour` now.",
    "major callers: The client reads `apiKey` from HARBOUR_KEY now, and did from PORT_KEY.",
    "major callers: key is sent in another way: programs built before are turned away.",
    "minor: Requests go to https://b.example.com now, and went to https://a.example.com.",
    "patch: The API is at version 2.0.0 now, and was at 1.0.0.",
  ]);
});

test("a name with line breaks and escapes stays in its sentence", () => {
  const old = answers('{ type: object, properties: { "a\\n\\u001b[31m": { type: string } } }');
  const [{ message } = { message: "" }] = diff(old, answers("{ type: object, properties: {} }"));
  expect(message).toBe("`CreateShipResponse.a [31m` is gone.");
});

test.each(["runcrate/inference", "runcrate/infrastructure", "crun/inference", "vcita/ai"])(
  "%s doesn't differ from itself, whatever the order of its members",
  async (name) => {
    const [document, overlay] = ["yaml", "overlay.yaml"].map((end) =>
      join(repository, `openapi/${name}.${end}`),
    );
    const { ir } = await represent({ document: String(document), overlays: [String(overlay)] });
    expect(diff(ir, structuredClone(ir))).toEqual([]);
    const turned = { ...ir, schemas: Object.fromEntries(Object.entries(ir.schemas).reverse()) };
    expect(diff(ir, turned)).toEqual([]);
  },
);

test("a word beside a reference is about the place, one within it about the schema", () => {
  const ship = (within: string, beside: string) =>
    representationOf(
      document(`
components:
  schemas:
    Name: { type: string, description: ${within} }
    Ship: { type: object, properties: { name: { $ref: '#/components/schemas/Name', description: ${beside} } } }`),
    );
  expect(found(ship("A name.", "Here."), ship("A name.", "There."))).toEqual([
    "patch: `Ship.name` is described in other words.",
  ]);
  expect(found(ship("A name.", "Here."), ship("The name.", "Here."))).toEqual([
    "patch: `Name` is described in other words.",
  ]);
});

test("what no rule speaks of is not passed over", () => {
  const tags = (description: string) =>
    representationOf(
      document(
        `tags: [{ name: a, description: ${description} }]\npaths: { /a: ${get("listA", ", tags: [a]")} }`,
      ),
    );
  const [old, next] = [tags("One."), tags("Two.")];
  const resources = { ...next.resources, description: "Another." };
  expect(found(old, { ...old, resources })).toEqual([
    "patch: Something differs that concerns neither calls nor answers.",
  ]);
});
