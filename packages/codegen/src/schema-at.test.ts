import { expect, test } from "vitest";
import { parse } from "yaml";
import { document } from "../test/documents.ts";
import { schemasAt } from "./schema-at.ts";

const doc = document(`
components:
  schemas:
    Id: { type: string }
    Base: { type: object, properties: { id: { $ref: '#/components/schemas/Id' } } }
    Thing: { allOf: [{ $ref: '#/components/schemas/Base' }, { properties: { 'a/b': { type: number }, 'm~n': { type: boolean }, '%41': { type: integer } } }] }
    List: { type: object, properties: { data: { type: array, items: { $ref: '#/components/schemas/Thing' } } } }
    Loop: { anyOf: [{ $ref: '#/components/schemas/Loop' }] }
    Free: {}
`);

function at(schema: string, pointer: string): unknown[] {
  return schemasAt(doc, parse(schema), pointer).map((place) => place.schema);
}

const ref = (name: string) => `{ $ref: '#/components/schemas/${name}' }`;

test.each<[string, { given: string; pointer: string; want: unknown[] }]>([
  ["the value itself", { given: ref("Thing"), pointer: "", want: [parse(ref("Thing"))] }],
  ["a member of a part", { given: ref("Thing"), pointer: "/id", want: [parse(ref("Id"))] }],
  ["an item of a list", { given: ref("List"), pointer: "/data/0/id", want: [parse(ref("Id"))] }],
  ["a name with a slash", { given: ref("Thing"), pointer: "/a~1b", want: [{ type: "number" }] }],
  ["a name with a tilde", { given: ref("Thing"), pointer: "/m~0n", want: [{ type: "boolean" }] }],
  [
    "a name with a percent sign, as it is",
    { given: ref("Thing"), pointer: "/%41", want: [{ type: "integer" }] },
  ],
  [
    "a member of every variant",
    {
      given: "{ oneOf: [{ properties: { a: { type: string } } }, { properties: { a: { type: number } } }] }",
      pointer: "/a",
      want: [{ type: "string" }, { type: "number" }],
    },
  ],
  [
    "a member of what can be null",
    { given: `{ anyOf: [${ref("Thing")}, { type: 'null' }] }`, pointer: "/id", want: [parse(ref("Id"))] },
  ],
  [
    "a value of a map",
    { given: "{ additionalProperties: { type: string } }", pointer: "/any", want: [{ type: "string" }] },
  ],
  ["anything in what says nothing", { given: ref("Free"), pointer: "/any/thing", want: [{}] }],
  ["anything in an object that says nothing", { given: "{ type: object }", pointer: "/a", want: [{}] }],
  ["anything in what is always right", { given: "{ properties: { a: true } }", pointer: "/a/b", want: [{}] }],
])("it finds %s", (_name, { given, pointer, want }) => {
  expect(at(given, pointer)).toEqual(want);
});

test.each<[string, { given: string; pointer: string }]>([
  ["a member nobody describes", { given: ref("Thing"), pointer: "/name" }],
  [
    "a member only one variant has",
    {
      given: "{ oneOf: [{ properties: { a: {} } }, { properties: { b: {} } }] }",
      pointer: "/a",
    },
  ],
  ["a member of a text", { given: ref("Id"), pointer: "/length" }],
  ["a member of a closed object", { given: "{ type: object, additionalProperties: false }", pointer: "/a" }],
  ["a member of a list", { given: ref("List"), pointer: "/data/length" }],
  ["a member of a union that is only itself", { given: ref("Loop"), pointer: "/a" }],
  ["a member of a member that isn't there", { given: ref("Thing"), pointer: "/x/y" }],
])("it doesn't find %s", (_name, { given, pointer }) => {
  expect(at(given, pointer)).toEqual([]);
});

test("a place knows the component it is in, and what holds it", () => {
  const [item] = schemasAt(doc, parse(ref("List")), "/data/0");
  expect(item?.path).toEqual(["List", "data", "item"]);
  expect(item?.key).toBe("items");
  const [id] = schemasAt(doc, parse(ref("List")), "/data/0/id");
  expect(id?.path).toEqual(["Base", "id"]);
  expect(id?.holder).toHaveProperty("id");
});
