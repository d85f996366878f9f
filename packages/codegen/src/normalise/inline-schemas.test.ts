import { expect, test } from "vitest";
import { operation, runPass } from "../../test/documents.ts";
import { asObject, resolvePointer } from "../json.ts";
import { inlineSchemas } from "./inline-schemas.ts";

const json = (schema: string) => `content: { application/json: { schema: ${schema} } }`;

test.each<[string, { given: string; components?: string; want: string[] }]>([
  ["a request body", { given: `requestBody: { ${json("{ type: object }")} }`, want: ["RunRequest"] }],
  ["an answer", { given: `responses: { 200: { ${json("{ type: array }")} } }`, want: ["RunResponse"] }],
  [
    "two answers",
    {
      given: `responses: { 200: { ${json("{}")} }, 202: { ${json("{}")} } }`,
      want: ["RunResponse", "RunResponse2"],
    },
  ],
  [
    "errors by status",
    {
      given: `responses: { 404: { ${json("{}")} }, 5XX: { ${json("{}")} }, 200: { description: x }, default: { ${json("{}")} } }`,
      want: ["RunError404", "RunError5XX", "RunErrorDefault"],
    },
  ],
  [
    "the only answer when it is the default",
    { given: `responses: { default: { ${json("{}")} } }`, want: ["RunResponse"] },
  ],
  [
    "a form",
    {
      given: "requestBody: { content: { multipart/form-data: { schema: { type: object } } } }",
      want: ["RunRequest"],
    },
  ],
  [
    "an answer whose name is taken",
    {
      given: `responses: { 200: { ${json("{}")} } }`,
      components: "{ schemas: { RunResponse: {} } }",
      want: ["RunResponse", "RunResponse2"],
    },
  ],
  [
    "a shared answer for the component it is",
    {
      given: "responses: { 401: { $ref: '#/components/responses/not_authorised' } }",
      components: `{ responses: { not_authorised: { ${json("{}")} } } }`,
      want: ["NotAuthorised"],
    },
  ],
  [
    "a shared body for the component it is",
    {
      given: "requestBody: { $ref: '#/components/requestBodies/Job' }",
      components: `{ requestBodies: { Job: { ${json("{}")} } } }`,
      want: ["Job"],
    },
  ],
  [
    "no schema that has a name",
    {
      given: `responses: { 200: { ${json("{ $ref: '#/components/schemas/A' }")} } }`,
      components: "{ schemas: { A: {} } }",
      want: ["A"],
    },
  ],
  [
    "no text, bytes or streams",
    {
      given:
        "responses: { 200: { content: { text/plain: { schema: { type: string } }, image/png: { schema: {} }, text/event-stream: { schema: { type: object } } } } }",
      want: [],
    },
  ],
])("%s gets a name", (_name, { given, components, want }) => {
  const doc = operation(given, components);
  runPass(inlineSchemas, doc);
  expect(Object.keys(asObject(asObject(doc.components).schemas)).sort()).toEqual(want);
});

test("the place of a shared answer is the component", () => {
  const doc = operation(
    "responses: { 401: { $ref: '#/components/responses/Unauthorised' } }",
    `{ responses: { Unauthorised: { ${json("{ type: object }")} } } }`,
  );
  expect(runPass(inlineSchemas, doc).changes).toEqual([
    {
      rule: "inline-schemas",
      pointer: "#/components/responses/Unauthorised/content/application~1json/schema",
      before: { type: "object" },
      after: { $ref: "#/components/schemas/Unauthorised" },
      reason: "A body needs a type with a name.",
    },
  ]);
});

test("the report says where the schema stood and where it went", () => {
  const doc = operation(`requestBody: { ${json("{ type: object }")} }`);
  const [change] = runPass(inlineSchemas, doc).changes;
  expect(change?.before).toEqual({ type: "object" });
  expect(resolvePointer(doc, change?.pointer ?? "")).toEqual(change?.after);
});
