import { expect, test } from "vitest";
import { parse } from "yaml";
import { document, runPass } from "../../test/documents.ts";
import { asObject } from "../json.ts";
import { references } from "./references.ts";

test.each<[string, { given: string; want: string }]>([
  [
    "a reference into a schema gets a component of its own",
    {
      given:
        "{ Chat: { properties: { role: { type: string } } }, Turn: { properties: { by: { $ref: '#/components/schemas/Chat/properties/role' } } } }",
      want: "{ Chat: { properties: { role: { type: string } } }, Turn: { properties: { by: { $ref: '#/components/schemas/ChatRole' } } }, ChatRole: { type: string } }",
    },
  ],
  [
    "two references to one place share a component",
    {
      given:
        "{ A: { items: { type: string } }, B: { $ref: '#/components/schemas/A/items' }, C: { not: { $ref: '#/components/schemas/A/items' } } }",
      want: "{ A: { items: { type: string } }, B: { $ref: '#/components/schemas/A2' }, C: { not: { $ref: '#/components/schemas/A2' } }, A2: { type: string } }",
    },
  ],
  [
    "a reference to a place that refers to a component leads there",
    {
      given:
        "{ A: { properties: { b: { $ref: '#/components/schemas/B' } } }, B: { type: string }, C: { $ref: '#/components/schemas/A/properties/b' } }",
      want: "{ A: { properties: { b: { $ref: '#/components/schemas/B' } } }, B: { type: string }, C: { $ref: '#/components/schemas/B' } }",
    },
  ],
  [
    "a part that refers to itself becomes a component that refers to itself",
    {
      given:
        "{ Tree: { $defs: { Node: { items: { $ref: '#/components/schemas/Tree/$defs/Node' } } }, $ref: '#/components/schemas/Tree/$defs/Node' } }",
      want: "{ Tree: { $defs: { Node: { items: { $ref: '#/components/schemas/TreeNode' } } }, $ref: '#/components/schemas/TreeNode' }, TreeNode: { items: { $ref: '#/components/schemas/TreeNode' } } }",
    },
  ],
  [
    "references to components stay",
    {
      given: "{ A: { $ref: '#/components/schemas/B' }, B: {} }",
      want: "{ A: { $ref: '#/components/schemas/B' }, B: {} }",
    },
  ],
])("%s", (_name, { given, want }) => {
  const doc = document(`components: { schemas: ${given} }`);
  expect(runPass(references, doc).problems).toEqual([]);
  expect(asObject(doc.components).schemas).toEqual(parse(want));
});

test("both the component and the reference to it are reported", () => {
  const doc = document(
    "components: { schemas: { A: { properties: { b: { type: string } } }, C: { $ref: '#/components/schemas/A/properties/b' } } }",
  );
  expect(runPass(references, doc).changes).toEqual([
    {
      rule: "references",
      pointer: "#/components/schemas/AB",
      after: { type: "string" },
      reason: "It is what #/components/schemas/A/properties/b refers to.",
    },
    {
      rule: "references",
      pointer: "#/components/schemas/C/$ref",
      before: "#/components/schemas/A/properties/b",
      after: "#/components/schemas/AB",
      reason: "A schema that is referred to needs a name.",
    },
  ]);
});

test("a reference that leads nowhere is a problem, of a schema or of anything else", () => {
  const doc = document(`
paths: { /a: { get: { responses: { 200: { $ref: '#/components/responses/Gone' } } } } }
components: { schemas: { A: { $ref: '#/components/schemas/Gone' }, B: { default: { $ref: data } } } }
`);
  expect(runPass(references, doc).problems).toEqual([
    '#/paths/~1a/get/responses/200: the reference "#/components/responses/Gone" leads nowhere: correct it, or describe what it names.',
    '#/components/schemas/A: the reference "#/components/schemas/Gone" leads nowhere: correct it, or describe what it names.',
  ]);
});

test("a dynamic reference is a problem", () => {
  const doc = document("components: { schemas: { A: { $dynamicRef: '#node' } } }");
  expect(runPass(references, doc).problems).toEqual([
    "#/components/schemas/A: $dynamicRef can't be represented: name the schema it stands for with $ref.",
  ]);
});

test("a schema that extends itself is a problem, one that only holds itself is none", () => {
  const doc = document(`
components:
  schemas:
    A: { allOf: [{ $ref: '#/components/schemas/B' }] }
    B: { allOf: [{ type: object }, { $ref: '#/components/schemas/A' }] }
    C: { allOf: [{ $ref: '#/components/schemas/B' }] }
    Tree: { allOf: [{ properties: { next: { $ref: '#/components/schemas/Tree' } } }] }
`);
  const message = "its allOf leads back to itself, so that it never ends: take that reference out.";
  expect(runPass(references, doc).problems).toEqual([
    `#/components/schemas/A: ${message}`,
    `#/components/schemas/B: ${message}`,
  ]);
});
