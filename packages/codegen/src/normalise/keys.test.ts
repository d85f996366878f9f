import { expect, test } from "vitest";
import { document, operation, runPass } from "../../test/documents.ts";
import { keysAreSound } from "./keys.ts";

const here = "#/paths/~1things/post";

test.each<[string, { given: string; want: string[] }]>([
  [
    "a key with a typing mistake",
    {
      given: "x-hawser-methd: things.make",
      want: [
        `${here}: there is no x-hawser-methd; there are x-hawser-client, x-hawser-cost, x-hawser-envelope, x-hawser-finders, x-hawser-map, x-hawser-method, x-hawser-option, x-hawser-pages, x-hawser-path, x-hawser-retry, x-hawser-scenes, x-hawser-stream, x-hawser-timeouts, x-hawser-upload, x-hawser-waiters, x-hawser-when, x-hawser-when-unknown.`,
      ],
    },
  ],
  [
    "a retry safety that is none",
    {
      given: "x-hawser-retry: never",
      want: [`${here}/x-hawser-retry: it takes one of safe, idempotent, costly, not "never".`],
    },
  ],
  [
    "a clock that is none",
    {
      given: "x-hawser-timeouts: { responce: 5 }",
      want: [
        `${here}/x-hawser-timeouts/responce: it takes one of response, firstEvent, idle, total, not "responce".`,
      ],
    },
  ],
  [
    "a time that is none",
    {
      given: "x-hawser-timeouts: { total: 0 }",
      want: [`${here}/x-hawser-timeouts/total: it takes milliseconds, not 0.`],
    },
  ],
  [
    "a time without a clock",
    {
      given: "x-hawser-timeouts: 5",
      want: [
        `${here}/x-hawser-timeouts: it takes an object of one of response, firstEvent, idle, total and, for each, milliseconds, not 5.`,
      ],
    },
  ],
  [
    "a method that is no name",
    {
      given: "x-hawser-method: videos..create",
      want: [
        `${here}/x-hawser-method: it takes names with dots between them, such as videos.create, not "videos..create".`,
      ],
    },
  ],
  [
    "a condition without values",
    {
      given: "responses: { 200: { content: { text/plain: { x-hawser-when: { property: format } } } } }",
      want: [
        `${here}/responses/200/content/text~1plain/x-hawser-when: "values" is missing: a list of values.`,
      ],
    },
  ],
  [
    "a member nobody knows",
    {
      given: "x-hawser-cost: { perHour: /cost, perDay: /cost }",
      want: [`${here}/x-hawser-cost/perDay: there is no "perDay": it takes an object with perHour, prices?.`],
    },
  ],
  [
    "a pointer that is none",
    {
      given: "x-hawser-envelope: { data: data }",
      want: [`${here}/x-hawser-envelope/data: it takes a JSON Pointer such as /data/id, not "data".`],
    },
  ],
  [
    "an empty list",
    {
      given: "x-hawser-envelope: { data: /data, success: { pointer: /ok, values: [] } }",
      want: [`${here}/x-hawser-envelope/success/values: it takes a list of values, not [].`],
    },
  ],
  [
    "a scheme of pages that is none",
    {
      given: "x-hawser-pages: { scheme: link, items: /data }",
      want: [`${here}/x-hawser-pages/scheme: it takes one of offset, page, cursor, none, not "link".`],
    },
  ],
  [
    "an acceptor that looks at nothing",
    {
      given:
        "x-hawser-waiters: { waitUntilDone: { delay: { minimum: 1, maximum: 2 }, timeout: 9, acceptors: [{ state: done, status: 42 }, { state: retry }] } }",
      want: [
        `${here}/x-hawser-waiters/waitUntilDone/acceptors/0/state: it takes one of success, failure, retry, not "done".`,
        `${here}/x-hawser-waiters/waitUntilDone/acceptors/0/status: it takes a status such as 404, not 42.`,
        `${here}/x-hawser-waiters/waitUntilDone/acceptors/1: "pointer" is missing: a JSON Pointer such as /data/id.`,
        `${here}/x-hawser-waiters/waitUntilDone/acceptors/1: "values" is missing: a list of values.`,
      ],
    },
  ],
  [
    "a method that can't be one",
    {
      given: "x-hawser-finders: { 'find by name': { pointer: /name } }",
      want: [
        `${here}/x-hawser-finders/find by name: it takes a name of letters and digits, not "find by name".`,
      ],
    },
  ],
  [
    "a dialect nobody speaks",
    {
      given: "x-hawser-stream: { dialect: chat, explicit: 'yes' }",
      want: [
        `${here}/x-hawser-stream/dialect: it takes one of chat.completions, responses, messages, not "chat".`,
        `${here}/x-hawser-stream/explicit: it takes true or false, not "yes".`,
      ],
    },
  ],
  [
    "a key at the wrong place",
    {
      given: "x-hawser-option: environment",
      want: [`${here}: x-hawser-option belongs to a parameter, and has no meaning here.`],
    },
  ],
  [
    "a key beside a reference",
    {
      given: "parameters: [{ $ref: '#/components/parameters/E', x-hawser-option: environment }]",
      want: [
        `${here}/parameters/0: x-hawser-option is not read beside a $ref: write it where the reference leads.`,
      ],
    },
  ],
])("%s is a problem with its place and with what to write", (_name, { given, want }) => {
  expect(runPass(keysAreSound, operation(given)).problems).toEqual(want);
});

test("an option of the client is described, and may have a variable", () => {
  const given = "x-hawser-client: { options: { environment: { variable: A-B }, 1x: { description: D. } } }";
  expect(runPass(keysAreSound, document(given)).problems).toEqual([
    '#/x-hawser-client/options/environment/variable: it takes the name of an environment variable, not "A-B".',
    '#/x-hawser-client/options/environment: "description" is missing: a text.',
    '#/x-hawser-client/options/1x: it takes a name of letters and digits, not "1x".',
  ]);
});

test("a long value is quoted shortly", () => {
  const given = operation(`x-hawser-retry: ${"x".repeat(100)}`);
  expect(runPass(keysAreSound, given).problems[0]).toMatch(/not "x{59}…\.$/);
});

test("sound keys are no problem, and nothing is changed", () => {
  const doc = operation(
    `
x-hawser-retry: safe
x-hawser-method: chat.completions.create_all
x-hawser-timeouts: { response: 1, total: 60000 }
x-hawser-envelope: false
parameters: [{ name: e, in: query, x-hawser-option: environment }]
requestBody: { content: { application/json: { schema: { properties: { env: { x-hawser-map: { key: k, value: v } } } } } } }
responses: { 200: { content: { text/plain: { x-hawser-when: { property: format, values: [text] } } } } }
`,
  );
  doc["x-hawser-scenes"] = { anything: "at all" };
  const before = structuredClone(doc);
  expect(runPass(keysAreSound, doc)).toEqual({ changes: [], problems: [] });
  expect(doc).toEqual(before);
});

test("what is data in a document is not looked at", () => {
  const given = operation(
    "requestBody: { content: { application/json: { example: { x-hawser-nothing: 1 }, schema: { default: { x-hawser-no: 1 } } } } }",
  );
  expect(runPass(keysAreSound, given).problems).toEqual([]);
});
