import { expect, test } from "vitest";
import { document, representationOf } from "../../../test/documents.ts";
import type { Operation } from "../../ir/ir.ts";
import { signatureOf } from "./signature.ts";

/** The arguments of each overload before the options, and those of the implementation last, as they are printed. */
function signatures(path: string, yaml: string): string[] {
  const ir = representationOf(
    document(`
paths: { '${path}': { post: { operationId: run, ${yaml} } } }
components: { schemas: { Body: { type: object, properties: { stream: { type: boolean } } }, Thing: { type: object } } }
`),
  );
  const { overloads, arguments: own } = signatureOf(ir, ir.operations[0] as Operation);
  return [...overloads.map((overload) => overload.arguments), own].map((list) =>
    list
      .map(({ name, type, optional }) => `${name}${optional ? "?" : ""}: ${type}`)
      .join(", ")
      .replace(/(, )?options\?: RequestOptions$/, ""),
  );
}

const parameter = (name: string, schema = "{ type: string }") =>
  `{ name: ${name}, in: path, required: true, schema: ${schema} }`;
const query = (required: boolean) => `{ name: page, in: query, required: ${required} }`;
const body = (required: boolean) =>
  `requestBody: { required: ${required}, content: { application/json: { schema: { $ref: '#/components/schemas/Body' } } } }`;
const flagged =
  "responses: { 200: { content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } }, text/event-stream: { schema: { $ref: '#/components/schemas/Thing' } } } } }";

test.each<[string, { path?: string; given: string; want: string[] }]>([
  ["nothing to give", { given: "", want: ["", ""] }],
  [
    "path parameters one by one, in the order of the document",
    {
      path: "/a/{id}/{n}",
      given: `parameters: [${parameter("id")}, ${parameter("n", "{ type: integer }")}]`,
      want: ["id: string, n: number", "id: string, n: number"],
    },
  ],
  [
    "path parameters that are named like keywords, or like the function's own parameters",
    {
      path: "/a/{class}/{default}/{body}/{options}/{client}/{runOperation}/{undefined}",
      given: `parameters: [${["class", "default", "body", "options", "client", "runOperation", "undefined"].map((name) => parameter(name)).join()}]`,
      want: Array(2).fill(
        "class_: string, default_: string, body2: string, options2: string, client2: string, runOperation2: string, undefined_: string",
      ),
    },
  ],
  [
    "path parameters whose names become one",
    {
      path: "/a/{ship-id}/{ship_id}",
      given: `parameters: [${parameter("ship-id")}, ${parameter("ship_id")}]`,
      want: ["shipId: string, shipId2: string", "shipId: string, shipId2: string"],
    },
  ],
  [
    "a body and optional parameters",
    {
      given: `${body(true)}, parameters: [${query(false)}]`,
      want: ["body: Body, params?: RunParams", "body: Body, params?: RunParams"],
    },
  ],
  ["an optional body", { given: body(false), want: ["body?: Body", "body?: Body"] }],
  [
    "an optional body before parameters that are required",
    {
      given: `${body(false)}, parameters: [${query(true)}]`,
      want: ["body: Body | undefined, params: RunParams", "body: Body | undefined, params: RunParams"],
    },
  ],
  [
    "an option that asks for a stream by Accept",
    {
      given: flagged,
      want: [
        "options: RequestOptions & { stream: true }",
        "options?: RequestOptions & { stream?: false | undefined }",
        "",
      ],
    },
  ],
  [
    "such an option behind what can be left out",
    {
      given: `requestBody: { content: { application/json: { schema: { type: string } } } }, parameters: [${query(false)}], ${flagged}`,
      want: [
        "body: RunRequest | undefined, params: RunParams | undefined, options: RequestOptions & { stream: true }",
        "body?: RunRequest, params?: RunParams, options?: RequestOptions & { stream?: false | undefined }",
        "body?: RunRequest, params?: RunParams",
      ],
    },
  ],
  [
    "a query parameter that asks for a stream",
    {
      given: `parameters: [{ name: stream, in: query, schema: { type: boolean } }], ${flagged}`,
      want: [
        "params: RunParams & { stream: true }",
        "params?: RunParams & { stream?: false | null }",
        "params?: RunParams",
      ],
    },
  ],
  [
    "such a parameter behind a body that can be left out",
    {
      given: `requestBody: { content: { application/json: { schema: { type: string } } } }, parameters: [{ name: stream, in: query, schema: { type: boolean } }], ${flagged}`,
      want: [
        "body: RunRequest | undefined, params: RunParams & { stream: true }",
        "body?: RunRequest, params?: RunParams & { stream?: false | null }",
        "body?: RunRequest, params?: RunParams",
      ],
    },
  ],
  [
    "a body that asks for a stream",
    {
      given: `${body(true)}, ${flagged}`,
      want: ["body: Body & { stream: true }", "body: Body & { stream?: false | null }", "body: Body"],
    },
  ],
  [
    "an optional body that asks for a stream: to ask needs a body",
    {
      given: `${body(false)}, ${flagged}`,
      want: ["body: Body & { stream: true }", "body?: Body & { stream?: false | null }", "body?: Body"],
    },
  ],
  [
    "an optional body that asks for a stream, before parameters that are required",
    {
      given: `${body(false)}, ${flagged}, parameters: [${query(true)}]`,
      want: [
        "body: Body & { stream: true }, params: RunParams",
        "body: (Body & { stream?: false | null }) | undefined, params: RunParams",
        "body: Body | undefined, params: RunParams",
      ],
    },
  ],
  [
    "a body of text",
    { given: "requestBody: { content: { text/plain: {} } }", want: ["body?: string", "body?: string"] },
  ],
  [
    "a body of bytes",
    {
      given: "requestBody: { required: true, content: { image/png: {} } }",
      want: ["body: Uploadable", "body: Uploadable"],
    },
  ],
])("%s", (_name, { path = "/a", given, want }) => {
  expect(signatures(path, given)).toEqual(want);
});

test("arguments are remembered by their names on the wire", () => {
  const ir = representationOf(
    document(
      `paths: { '/a/{ship-id}': { get: { operationId: run, parameters: [${parameter("ship-id")}] } } }`,
    ),
  );
  const { path, errors } = signatureOf(ir, ir.operations[0] as Operation);
  expect(path).toEqual([{ wire: "ship-id", argument: "shipId" }]);
  expect(errors).toBe("RunErrors");
});
