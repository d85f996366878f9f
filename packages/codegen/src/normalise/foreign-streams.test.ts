import { expect, test } from "vitest";
import { parse } from "yaml";
import { operation, representationOf, runPass } from "../../test/documents.ts";
import { resolvePointer } from "../json.ts";
import { foreignStreams } from "./foreign-streams.ts";

const here = "#/paths/~1things/post";
const components =
  "{ schemas: { Chunk: { type: object, properties: { text: {} } }, Whole: { type: object, properties: { all: {} } }, Body: { properties: { live: { type: boolean } } } } }";
const ref = (name: string) => `{ $ref: '#/components/schemas/${name}' }`;
const body = `requestBody: { content: { application/json: { schema: ${ref("Body")} } } }`;
const json = `responses: { 200: { content: { application/json: { schema: ${ref("Chunk")} } } } }`;

test.each<[string, { given: string; content: string; stream?: string }]>([
  [
    "true is JSON lines instead of JSON",
    {
      given: `x-fern-streaming: true\n${json}`,
      content: `{ application/jsonl: { itemSchema: ${ref("Chunk")} } }`,
    },
  ],
  [
    "events, and what ends them",
    {
      given: `x-fern-streaming: { format: sse, terminator: '[DONE]' }\n${json}`,
      content: `{ text/event-stream: { itemSchema: ${ref("Chunk")} } }`,
      stream: "{ sentinel: '[DONE]' }",
    },
  ],
  [
    "events beside JSON, by a flag",
    {
      given: `${body}\nx-fern-streaming: { format: sse, stream-condition: $request.live, response: ${ref("Whole")}, response-stream: ${ref("Chunk")} }\nresponses: { 200: { content: { application/json: {} } } }`,
      content: `{ application/json: { schema: ${ref("Whole")} }, text/event-stream: { itemSchema: ${ref("Chunk")} } }`,
      stream: "{ flag: live }",
    },
  ],
  [
    "the flag of a stream the document describes itself",
    {
      given: `${body}\nx-fern-streaming: { format: sse, stream-condition: $request.live }\nresponses: { 200: { content: { application/json: { schema: ${ref("Whole")} }, text/event-stream: { schema: ${ref("Chunk")} } } } }`,
      content: `{ application/json: { schema: ${ref("Whole")} }, text/event-stream: { schema: ${ref("Chunk")} } }`,
      stream: "{ flag: live }",
    },
  ],
  [
    "an answer of which nothing else is said",
    {
      given: "x-fern-streaming: { format: sse }\nresponses: { 200: { description: Events. } }",
      content: "{ text/event-stream: {} }",
    },
  ],
])("%s", (_name, { given, content, stream }) => {
  const doc = operation(given, components);
  const { changes, problems } = runPass(foreignStreams, doc);
  expect(problems).toEqual([]);
  expect(resolvePointer(doc, `${here}/responses/200/content`)).toEqual(parse(content));
  expect(resolvePointer(doc, `${here}/x-hawser-stream`)).toEqual(stream && parse(stream));
  expect(changes.map(({ rule, pointer, reason }) => [rule, pointer, reason])).toEqual([
    ["foreign-streams", here, "x-fern-streaming says it."],
  ]);
  expect(runPass(foreignStreams, doc).changes).toEqual([]);
});

test("the operation streams in the end", () => {
  const given = `${body}\nx-fern-streaming: { format: sse, stream-condition: $request.live, response: ${ref("Whole")}, response-stream: ${ref("Chunk")} }\n${json}`;
  expect(representationOf(operation(given, components)).operations[0]).toMatchObject({
    outcomes: [
      { kind: "json", schema: { $ref: "#/schemas/Whole" } },
      { kind: "stream", mediaType: "text/event-stream" },
    ],
    stream: {
      mode: "flag",
      flag: "live",
      item: "payload",
      events: [{ schema: { $ref: "#/schemas/Chunk" } }],
    },
  });
});

test("a shared answer is changed for the one operation that streams", () => {
  const doc = operation(
    "x-fern-streaming: { format: sse }\nresponses: { 200: { $ref: '#/components/responses/Shared' } }",
    `{ responses: { Shared: { description: S., content: { application/json: {} } } } }`,
  );
  runPass(foreignStreams, doc);
  expect(resolvePointer(doc, "#/components/responses/Shared/content")).toEqual({ "application/json": {} });
  expect(resolvePointer(doc, `${here}/responses/200`)).toEqual({
    description: "S.",
    content: { "text/event-stream": {} },
  });
});

test.each<[string, { given: string; why: string }]>([
  [
    "a condition that is no member of the body",
    {
      given: "{ format: sse, stream-condition: $request.a.b }",
      why: "its condition is no member of the request body.",
    },
  ],
  [
    "a schema of another file",
    {
      given: "{ format: sse, response-stream: { $ref: ./chunk.yaml } }",
      why: "its schemas refer to something that is no component of the document.",
    },
  ],
])("%s is told, and the answer left alone", (_name, { given, why }) => {
  const doc = operation(`x-fern-streaming: ${given}\n${json}`, components);
  const before = structuredClone(doc);
  expect(runPass(foreignStreams, doc).changes.map(({ reason }) => reason)).toEqual([
    `It is not read as a stream: ${why}`,
  ]);
  expect(doc).toEqual(before);
});
