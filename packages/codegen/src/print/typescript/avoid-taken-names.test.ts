import { expect, test } from "vitest";
import { document, representationOf } from "../../../test/documents.ts";
import { avoidTakenNames } from "./avoid-taken-names.ts";

function avoided(yaml: string) {
  return avoidTakenNames(representationOf(document(yaml)));
}
const get = (operationId: string) => `{ get: { operationId: ${operationId} } }`;

test.each([
  "Error",
  "Record",
  "Client",
  "Promise",
  "APIPromise",
  "Operation",
  "RunErrors",
  "RunParams",
  "ThingsResource",
  "TestClient",
  "TestClientOptions",
])("a schema %s gets another name where that is taken, and references follow", (name) => {
  const ir = avoided(`
paths: { /things: { get: { operationId: run, responses: { 200: { content: { application/json: { schema: { $ref: '#/components/schemas/${name}' } } } } } } } }
components: { schemas: { ${name}: { type: object }, ${name}Schema: { items: { $ref: '#/components/schemas/${name}' } } } }
`);
  const want = name === "RunParams" ? name : `${name}Schema2`;
  expect(Object.keys(ir.schemas)).toEqual([want, `${name}Schema`]);
  expect(ir.schemas[`${name}Schema`]).toEqual({ items: { $ref: `#/schemas/${want}` } });
  expect(ir.operations[0]?.outcomes[0]?.schema).toEqual({ $ref: `#/schemas/${want}` });
});

test.each<[string, { given: string; want: string[] }]>([
  ["a reserved word", { given: `{ /a: ${get("delete")} }`, want: ["deleteCall"] }],
  [
    "a name of the module itself",
    {
      given: `{ /a: ${get("createClient")}, /b: ${get("service")} }`,
      want: ["createClientCall", "serviceCall"],
    },
  ],
  [
    "the constant of another operation",
    { given: `{ /a: ${get("run")}, /b: ${get("runOperation")} }`, want: ["run", "runOperationCall"] },
  ],
  [
    "a name whose constant is another operation",
    { given: `{ /a: ${get("runOperation")}, /b: ${get("run")} }`, want: ["runOperation", "runCall"] },
  ],
  [
    "a way out that is taken too",
    { given: `{ /a: ${get("deleteCall")}, /b: ${get("delete")} }`, want: ["deleteCall", "deleteCall2"] },
  ],
])("an operation can't be called like %s", (_name, { given, want }) => {
  const ir = avoided(`paths: ${given}`);
  expect(ir.operations.map(({ id }) => id)).toEqual(want);
  expect(ir.resources.resources.flatMap(({ methods }) => methods.map(({ operation }) => operation))).toEqual(
    want,
  );
});

test("no module exports a function then, for which import() would wait", () => {
  expect(avoided(`paths: { /a: ${get("then")} }`).operations.map(({ id }) => id)).toEqual(["thenCall"]);
});

test("an operation and a schema of one name in an alphabet without capitals are told apart", () => {
  const ir = avoided(`paths: { /a: ${get("模型")} }\ncomponents: { schemas: { 模型: {} } }`);
  expect(ir.operations[0]?.id).toBe("模型");
  expect(Object.keys(ir.schemas)).toEqual(["模型Schema"]);
});

test.each([
  ["Client", "ClientClient"],
  ["Error", "ErrorClient"],
  ["Timeouts", "TimeoutsClient"],
  ["Harbour", "Harbour"],
])("a client called %s is called %s", (given, want) => {
  expect(avoided(`x-hawser-client: { name: ${given} }`).client.name).toBe(want);
});

test("data that looks like a reference stays", () => {
  const ir = avoided(`
paths: { /a: { post: { operationId: run, requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Error' }, example: { $ref: other } } } } } } }
components: { schemas: { Error: {} } }
`);
  expect(ir.operations[0]?.examples).toEqual([{ name: "example", value: { $ref: "other" } }]);
});

test("a helper gives way to the names of operations, and whoever names one follows", () => {
  const ir = avoidTakenNames(
    representationOf(
      document(`
paths:
  /jobs:
    post: { operationId: default, responses: { 200: { content: { application/json: {} } } } }
  /jobs/{id}:
    get:
      operationId: new
      parameters: [{ name: id, in: path }]
      responses: { 200: { content: { application/json: {} } } }
      x-hawser-method: jobs.retrieve
      x-hawser-waiters:
        waitUntilDone:
          delay: { minimum: 1, maximum: 2 }
          timeout: 9
          acceptors: [{ state: success, status: 200 }]
          result: new
          create: { operation: default, id: /id, undo: delete, method: makeAndWait }
    delete: { operationId: delete, parameters: [{ name: id, in: path }] }
  /prices:
    get: { operationId: void, x-hawser-pages: { scheme: none, items: '' }, responses: { 200: { content: { application/json: {} } } } }
    post:
      operationId: waitUntilJobDoneWaiter
      x-hawser-cost: { perHour: /a, prices: { operation: void, perHour: /a, match: { a: /a } } }
      requestBody: { content: { application/json: { schema: { properties: { a: {} } } } } }
      responses: { 200: { content: { application/json: {} } } }
`),
    ),
  );
  expect(ir.helpers).toMatchObject([
    { id: "waitUntilJobDoneCall", operation: "newCall", result: "newCall" },
    { id: "makeJobAndWait", operation: "defaultCall", waiter: "waitUntilJobDoneCall", undo: "deleteCall" },
  ]);
  expect(ir.operations.at(-1)?.cost?.prices?.operation).toBe("voidCall");
  const [jobs] = ir.resources.resources;
  expect(jobs?.helpers).toEqual([
    { name: "waitUntilDone", helper: "waitUntilJobDoneCall" },
    { name: "makeAndWait", helper: "makeJobAndWait" },
  ]);
});
