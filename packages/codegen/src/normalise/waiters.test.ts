import { expect, test } from "vitest";
import { document, runPass } from "../../test/documents.ts";
import { waiters } from "./waiters.ts";

const here = "#/paths/~1jobs~1{id}/get/x-hawser-waiters/waitUntilDone";
const job =
  "responses: { 200: { content: { application/json: { schema: { $ref: '#/components/schemas/Job' } } } } }";
const id = "parameters: [{ name: id, in: path, required: true }]";
const jobs = (waiter: string, more = "") =>
  document(`
paths:
  /jobs:
    post: { operationId: createJob, ${job} }
  /jobs/{id}:
    get: { operationId: getJob, ${id}, ${job}, x-hawser-waiters: { waitUntilDone: ${waiter} }${more} }
    delete: { operationId: cancelJob, ${id} }
  /jobs/{id}/result/{part}:
    post: { operationId: getPart, parameters: [{ name: id, in: path }, { name: part, in: path }], ${job} }
  /jobs/{id}/result:
    get: { operationId: getResult, parameters: [{ name: id, in: path }, { name: v, in: query, required: true, x-hawser-option: v }], ${job} }
components: { schemas: { Job: { type: object, properties: { id: {}, status: {}, error: { properties: { message: {} } }, done: { type: number } } } } }
`);
const usual = "delay: { minimum: 1, maximum: 2 }, timeout: 9";
const success = "{ state: success, pointer: /status, values: [done] }";

test("a sound waiter is no problem, and nothing is changed", () => {
  const doc = jobs(
    `{ ${usual}, acceptors: [${success}, { state: retry, status: 404, within: 5 }, { state: failure, status: 404, gone: true }], progress: /done, reason: /error/message, result: getResult, create: { operation: createJob, id: /id, undo: cancelJob } }`,
  );
  const before = structuredClone(doc);
  expect(runPass(waiters, doc)).toEqual({ changes: [], problems: [] });
  expect(doc).toEqual(before);
});

test.each<[string, { given: string; more?: string; want: string[] }]>([
  [
    "a delay that ends before it begins",
    {
      given: `{ delay: { minimum: 3, maximum: 2 }, timeout: 9, acceptors: [${success}] }`,
      want: [`${here}/delay: the minimum 3 is more than the maximum 2.`],
    },
  ],
  [
    "an end that never comes",
    {
      given: `{ ${usual}, acceptors: [{ state: failure, pointer: /status, values: [failed] }] }`,
      want: [`${here}/acceptors: none of them has the state "success", so that it never ends well.`],
    },
  ],
  [
    "something gone that isn't a failure",
    {
      given: `{ ${usual}, acceptors: [${success}, { state: success, status: 404, gone: true }] }`,
      want: [
        `${here}/acceptors/1/gone: it is said of a failure alone: take it out, or make the state "failure".`,
      ],
    },
  ],
  [
    "places that aren't there",
    {
      given: `{ ${usual}, acceptors: [${success}, { state: failure, pointer: /state, values: [x] }], progress: /percent, reason: /error/text }`,
      want: [
        `${here}/acceptors/1/pointer: the data of getJob has no /state: correct the pointer or the schema.`,
        `${here}/progress: the data of getJob has no /percent: correct the pointer or the schema.`,
        `${here}/reason: the data of getJob has no /error/text: correct the pointer or the schema.`,
      ],
    },
  ],
  [
    "a result that isn't there",
    {
      given: `{ ${usual}, acceptors: [${success}], result: gone }`,
      want: [`${here}/result: there is no operation "gone".`],
    },
  ],
  [
    "a result that takes more",
    {
      given: `{ ${usual}, acceptors: [${success}], result: getPart }`,
      want: [
        `${here}/result: getPart takes other parameters than getJob, so that it can't be called with them.`,
      ],
    },
  ],
  [
    "operations that aren't there",
    {
      given: `{ ${usual}, acceptors: [${success}], create: { operation: gone, id: /id, undo: lost } }`,
      want: [
        `${here}/create/operation: there is no operation "gone".`,
        `${here}/create/undo: there is no operation "lost".`,
      ],
    },
  ],
  [
    "operations that can't be called with what is known",
    {
      given: `{ ${usual}, acceptors: [${success}], create: { operation: getPart, id: /uid, undo: getPart } }`,
      want: [
        `${here}/create/operation: getPart takes path parameters, which it isn't given.`,
        `${here}/create/id: the data of getPart has no /uid: correct the pointer or the schema.`,
        `${here}/create/undo: getPart takes other parameters than getJob, so that it can't be called with the id.`,
      ],
    },
  ],
  [
    "a list in pages",
    {
      given: `{ ${usual}, acceptors: [${success}] }`,
      more: ", x-hawser-pages: { scheme: none, items: '' }",
      want: [`${here}: it polls an operation that lists in pages: poll one that answers with one thing.`],
    },
  ],
])("%s is a problem", (_name, { given, more, want }) => {
  expect(runPass(waiters, jobs(given, more)).problems).toEqual(want);
});

test("what is created has one id, and so the polled operation one parameter", () => {
  const doc = document(`
paths:
  /jobs: { post: { operationId: createJob, ${job} } }
  /jobs/{a}/{b}: { get: { operationId: getJob, parameters: [{ name: a, in: path }, { name: b, in: path }], ${job}, x-hawser-waiters: { waitUntilDone: { ${usual}, acceptors: [${success}], create: { operation: createJob, id: /id } } } } }
components: { schemas: { Job: { type: object, properties: { id: {}, status: {} } } } }
`);
  expect(runPass(waiters, doc).problems).toEqual([
    '#/paths/~1jobs~1{a}~1{b}/get/x-hawser-waiters/waitUntilDone/create: getJob takes 2 required parameters, and the id can only be one: take "create" out.',
  ]);
});
