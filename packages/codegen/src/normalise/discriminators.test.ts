import { expect, test } from "vitest";
import { parse } from "yaml";
import { document, runPass } from "../../test/documents.ts";
import { asObject } from "../json.ts";
import { discriminators } from "./discriminators.ts";

function pets(pet: string, others: string) {
  return document(`components: { schemas: { Pet: ${pet}, ${others} } }`);
}
const union = "oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]";
const mapping = { cat: "#/components/schemas/Cat", dog: "#/components/schemas/Dog" };

test.each<[string, { pet: string; others: string; want: unknown }]>([
  [
    "the constants of the variants",
    {
      pet: `{ ${union}, discriminator: { propertyName: kind } }`,
      others: "Cat: { properties: { kind: { const: cat } } }, Dog: { properties: { kind: { enum: [dog] } } }",
      want: mapping,
    },
  ],
  [
    "constants that stand behind allOf",
    {
      pet: `{ ${union}, discriminator: { propertyName: kind } }`,
      others:
        "Cat: { allOf: [{ $ref: '#/components/schemas/CatKind' }] }, CatKind: { properties: { kind: { const: cat } } }, Dog: { properties: { kind: { $ref: '#/components/schemas/DogKind' } } }, DogKind: { const: dog }",
      want: mapping,
    },
  ],
  [
    "all values of an enum",
    {
      pet: `{ ${union}, discriminator: { propertyName: kind } }`,
      others:
        "Cat: { properties: { kind: { enum: [cat, lion] } } }, Dog: { properties: { kind: { const: dog } } }",
      want: { cat: mapping.cat, lion: mapping.cat, dog: mapping.dog },
    },
  ],
  [
    "the values of a union inside the union",
    {
      pet: "{ anyOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Big' }], discriminator: { propertyName: kind } }",
      others:
        "Big: { oneOf: [{ $ref: '#/components/schemas/Dog' }] }, Cat: { properties: { kind: { const: cat } } }, Dog: { properties: { kind: { const: dog } } }",
      want: mapping,
    },
  ],
  [
    "what the mapping leaves out",
    {
      pet: `{ ${union}, discriminator: { propertyName: kind, mapping: { cat: '#/components/schemas/Cat' } } }`,
      others: "Cat: { properties: { kind: { const: cat } } }, Dog: { properties: { kind: { const: dog } } }",
      want: mapping,
    },
  ],
  [
    "references for the names of components",
    {
      pet: `{ ${union}, discriminator: { propertyName: kind, mapping: { cat: Cat, dog: Dog } } }`,
      others: "Cat: { properties: { kind: { const: cat } } }, Dog: { properties: { kind: { const: dog } } }",
      want: mapping,
    },
  ],
])("a mapping is completed with %s", (_name, { pet, others, want }) => {
  const doc = pets(pet, others);
  const before = asObject(
    asObject(asObject(asObject(asObject(doc.components).schemas).Pet).discriminator).mapping,
  );
  const { changes } = runPass(discriminators, doc);
  expect(asObject(asObject(asObject(doc.components).schemas).Pet)).toMatchObject({
    discriminator: { mapping: want },
  });
  expect(changes).toEqual([
    {
      rule: "discriminators",
      pointer: "#/components/schemas/Pet/discriminator/mapping",
      ...(Object.keys(before).length > 0 && { before }),
      after: want,
      reason: "The values are those the variants themselves allow.",
    },
  ]);
});

test.each<[string, { given: string; want: string }]>([
  [
    "the value of the mapping",
    {
      given: "Dog: { properties: { kind: { type: string, description: Which. } } }",
      want: "{ properties: { kind: { description: Which., type: string, const: dog } }, required: [kind] }",
    },
  ],
  [
    "the value of the mapping in place of a reference",
    {
      given:
        "Dog: { required: [name], properties: { kind: { $ref: '#/components/schemas/Kind' } } }, Kind: { type: string }",
      want: "{ required: [name, kind], properties: { kind: { type: string, const: dog } } }",
    },
  ],
])("a variant that does not say what selects it gets %s", (_name, { given, want }) => {
  const doc = pets(
    `{ ${union}, discriminator: { propertyName: kind, mapping: { cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog' } } }`,
    `Cat: { properties: { kind: { const: cat } } }, ${given}`,
  );
  expect(runPass(discriminators, doc).changes).toEqual([
    {
      rule: "discriminators",
      pointer: "#/components/schemas/Dog",
      after: { kind: ["dog"] },
      reason: "A variant has to say itself which value selects it.",
    },
  ]);
  expect(asObject(asObject(doc.components).schemas).Dog).toEqual(parse(want));
});

test("several values of the mapping become an enum of the variant", () => {
  const doc = pets(
    "{ oneOf: [{ $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: kind, mapping: { dog: '#/components/schemas/Dog', wolf: '#/components/schemas/Dog' } } }",
    "Dog: {}",
  );
  runPass(discriminators, doc);
  expect(asObject(asObject(doc.components).schemas).Dog).toEqual({
    properties: { kind: { type: "string", enum: ["dog", "wolf"] } },
    required: ["kind"],
  });
});

test("a variant nothing is said of is selected by its name", () => {
  const doc = pets(
    "{ oneOf: [{ $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: kind } }",
    "Dog: {}",
  );
  runPass(discriminators, doc);
  expect(asObject(doc.components).schemas).toMatchObject({
    Pet: { discriminator: { mapping: { Dog: mapping.dog } } },
    Dog: { properties: { kind: { const: "Dog" } } },
  });
});

test.each([
  ["the mapping", "[cat, dog, lion]", "{ propertyName: kind, mapping: { cat: Cat, lion: Cat, dog: Dog } }"],
  ["their names", "[Cat, Dog]", "{ propertyName: kind }"],
])("variants that share all values are told apart by %s", (_, values, discriminator) => {
  const variant = "{ allOf: [{ $ref: '#/components/schemas/Base' }] }";
  const given = pets(
    `{ ${union}, discriminator: ${discriminator} }`,
    `Cat: ${variant}, Dog: ${variant}, Base: { properties: { kind: { type: string, enum: ${values} } } }`,
  );
  runPass(discriminators, given);
  const { Cat, Dog } = asObject(asObject(given.components).schemas);
  const isMapped = values.includes("lion");
  expect(asObject(Cat).properties).toEqual({
    kind: { type: "string", ...(isMapped ? { enum: ["cat", "lion"] } : { const: "Cat" }) },
  });
  expect(asObject(Dog).properties).toEqual({ kind: { type: "string", const: isMapped ? "dog" : "Dog" } });
});

test("a parent with variants that extend it does not take their values for its own", () => {
  const doc = pets(
    `{ type: object, properties: { kind: { type: string } }, ${union}, discriminator: { propertyName: kind } }`,
    "Cat: { allOf: [{ $ref: '#/components/schemas/Pet' }] }, Dog: { allOf: [{ $ref: '#/components/schemas/Pet' }] }",
  );
  runPass(discriminators, doc);
  expect(asObject(asObject(doc.components).schemas)).toMatchObject({
    Cat: { properties: { kind: { const: "Cat" } } },
    Dog: { properties: { kind: { const: "Dog" } } },
  });
});

test("a complete mapping and a member called discriminator are left alone", () => {
  const doc = pets(
    `{ ${union}, discriminator: { propertyName: kind, mapping: { cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog' } } }`,
    "Cat: { properties: { kind: { const: cat }, discriminator: { type: object } } }, Dog: { properties: { kind: { const: dog } } }",
  );
  expect(runPass(discriminators, doc).changes).toEqual([]);
});

test("a union that holds itself comes to an end", () => {
  const doc = pets(
    "{ anyOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Pet' }], discriminator: { propertyName: kind } }",
    "Cat: { properties: { kind: { const: cat } } }",
  );
  runPass(discriminators, doc);
  expect(asObject(doc.components).schemas).toMatchObject({
    Pet: { discriminator: { mapping: { cat: mapping.cat } } },
  });
});
