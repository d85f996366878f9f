import { expect, test } from "vitest";
import { document, representationOf } from "../../../test/documents.ts";
import type { Operation } from "../../ir/ir.ts";
import { operationComment } from "./operation-comment.ts";
import { signatureOf } from "./signature.ts";

/** The comments of all overloads of the one operation. */
function comments(yaml: string, style: "function" | "method" = "function"): string[] {
  const ir = representationOf(
    document(`
x-hawser-client: { name: Harbour }
paths: { '/ships/{id}': { parameters: [{ name: id, in: path, required: true, description: Which., schema: { type: string } }], post: { operationId: run, ${yaml} } } }
components: { schemas: { Body: { type: object, properties: { stream: { type: boolean }, format: { enum: [json, text] } } } } }
`),
  );
  const operation = ir.operations[0] as Operation;
  const name = style === "method" ? "ships.run" : "run";
  return signatureOf(ir, operation).overloads.map((overload) =>
    operationComment(ir, operation, overload, name, style),
  );
}

/** The code of the example in a comment. */
function exampleIn(comment: string | undefined): string | undefined {
  return /```ts\n([\s\S]*?)\n \* ```/.exec(comment ?? "")?.[1]?.replaceAll(/^ \* ?/gm, "");
}

const body = (examples: string) =>
  `requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Body' }, examples: ${examples} } } }`;

test("it tells what the operation does, how it is sent, what it takes and what it throws", () => {
  expect(comments("summary: Runs it, description: It runs., deprecated: true")).toEqual([
    `/**
 * Runs it.
 *
 * It runs.
 *
 * \`POST /ships/{id}\`
 *
 * @param id Which.
 * @deprecated
 * @throws {APIError} for an unsuccessful answer, one class per status
 * @throws {UnknownOutcomeError} when the request was sent and no answer came
 */
`,
  ]);
});

test("an operation nothing is said of is told by method and path", () => {
  expect(comments("")[0]).toContain("/**\n * Calls `POST /ships/{id}`.\n");
});

test.each<[string, { given: string; style: "function" | "method"; want: string | undefined }]>([
  [
    "a function gets the client first",
    {
      given: "{ one: { value: { a: 1 } } }",
      style: "function",
      want: "const answer = await run(client, id, { a: 1 });",
    },
  ],
  [
    "a method is called on the client",
    {
      given: "{ one: { value: { a: 1 } } }",
      style: "method",
      want: "const answer = await harbour.ships.run(id, { a: 1 });",
    },
  ],
  [
    "a request too long to teach is left out",
    {
      given: `{ one: { value: [${Array(20).fill(`{ text: ${"x".repeat(60)} }`)}] } }`,
      style: "function",
      want: undefined,
    },
  ],
])("example: %s", (_name, { given, style, want }) => {
  expect(exampleIn(comments(body(given), style)[0])).toBe(want);
});

test("a call that doesn't fit in 100 columns is broken over lines", () => {
  const fits = "x".repeat(46);
  const [short] = comments(body(`{ one: { value: { a: ${fits} } } }`), "method");
  const [long] = comments(body(`{ one: { value: { a: ${fits}x } } }`), "method");
  expect(exampleIn(short)).toBe(`const answer = await harbour.ships.run(id, { a: "${fits}" });`);
  expect(exampleIn(short)).toHaveLength(100);
  expect(exampleIn(long)).toBe(`const answer = await harbour.ships.run(id, {\n  a: "${fits}x",\n});`);
});

test("a form has no example, since it holds files", () => {
  expect(
    comments(
      "requestBody: { content: { multipart/form-data: { schema: { type: object }, example: { a: 1 } } } }",
    )[0],
  ).not.toContain("@example");
});

test("each way to call gets the example that is meant for it", () => {
  const examples =
    "{ streamed: { value: { stream: true } }, text: { value: { format: text } }, plain: { value: { format: json } } }";
  const found = comments(
    `${body(examples)}, responses: { 200: { content: { application/json: {}, text/plain: { x-hawser-when: { property: format, values: [text] } }, text/event-stream: {} } } }`,
  );
  expect(found.map(exampleIn)).toEqual([
    "const stream = await run(client, id, { stream: true });\nfor await (const item of stream) console.log(item);",
    'const answer = await run(client, id, { format: "text" });',
    'const answer = await run(client, id, { format: "json" });',
  ]);
  expect(found.map((comment) => comment.includes("read it with `for await`"))).toEqual([true, false, false]);
});

test("a way to call without an example of its own has none", () => {
  const found = comments(
    `${body("{ plain: { value: {} } }")}, responses: { 200: { content: { application/json: {}, text/event-stream: {} } } }`,
  );
  expect(found.map((comment) => comment.includes("@example"))).toEqual([false, true]);
});

test("all arguments that are needed stand in the example", () => {
  const given = `parameters: [{ name: page, in: query, required: true, schema: { type: string } }], ${body(`{ one: { value: { a: ${"x".repeat(38)} } } }`)}`;
  expect(exampleIn(comments(given, "method")[0])).toBe(
    `const answer = await harbour.ships.run(id, { a: "${"x".repeat(38)}" }, params);`,
  );
});
