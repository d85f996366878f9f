import { expect, test } from "vitest";
import { operation, runPass } from "../../test/documents.ts";
import { asObject, resolvePointer } from "../json.ts";
import type { Change } from "./report.ts";
import { streamSchemas } from "./stream-schemas.ts";
import { streams } from "./streams.ts";

const reference = (name: string) => `{ $ref: '#/components/schemas/${name}' }`;
const response = `responses: { 200: { content: { text/event-stream: { schema: ${reference("StreamEvent")} } } } }`;
const schemas = `
  StreamEvent: { oneOf: [${reference("ChunkEvent")}, ${reference("DoneEvent")}, ${reference("ErrorEvent")}] }
  ChunkEvent: { properties: { data: { type: string, contentMediaType: application/json, contentSchema: ${reference("Chunk")} } } }
  DoneEvent: { properties: { data: { const: '[DONE]' } } }
  ErrorEvent: { properties: { event: { const: error }, data: ${reference("Failure")} } }
  Failure: { type: object }
  Chunk: { properties: { usage: ${reference("Usage")} } }
  Usage: { type: object }
  Orphan: { type: string }
`;

function run(more = ""): { names: string[]; changes: readonly Change[]; doc: ReturnType<typeof operation> } {
  const doc = operation(response, `schemas:${schemas}${more}`);
  runPass(streams, doc);
  const { changes } = runPass(streamSchemas, doc);
  return { doc, changes, names: Object.keys(asObject(asObject(doc.components).schemas)) };
}

test("schemas that only the envelope refers to are left out, those of the data and all others stay", () => {
  expect(run().names).toEqual(["Failure", "Chunk", "Usage", "Orphan"]);
});

test.each<[string, { given: string; want: string[] }]>([
  [
    "another schema",
    {
      given: `  Log: { type: array, items: ${reference("DoneEvent")} }\n`,
      want: ["DoneEvent", "Failure", "Chunk", "Usage", "Orphan", "Log"],
    },
  ],
  [
    "a shared answer",
    {
      given: `responses: { Log: { content: { application/json: { schema: ${reference("ChunkEvent")} } } } }\n`,
      want: ["ChunkEvent", "Failure", "Chunk", "Usage", "Orphan"],
    },
  ],
  [
    "the mapping of a discriminator",
    {
      given: `  Any: { discriminator: { propertyName: kind, mapping: { done: '#/components/schemas/DoneEvent' } } }\n`,
      want: ["DoneEvent", "Failure", "Chunk", "Usage", "Orphan", "Any"],
    },
  ],
])("a schema of an envelope stays when %s refers to it", (_name, { given, want }) => {
  expect(run(given).names).toEqual(want);
});

test("what is left out is reported, the schema of the media type among it", () => {
  const { changes, doc } = run();
  expect(changes.map(({ pointer }) => pointer)).toEqual([
    "#/paths/~1things/post/responses/200/content/text~1event-stream/schema",
    "#/components/schemas/StreamEvent",
    "#/components/schemas/ErrorEvent",
    "#/components/schemas/DoneEvent",
    "#/components/schemas/ChunkEvent",
  ]);
  expect(changes[3]).toEqual({
    rule: "stream-schemas",
    pointer: "#/components/schemas/DoneEvent",
    before: { properties: { data: { const: "[DONE]" } } },
    reason: "Only the envelope of a stream's events referred to it.",
  });
  expect(resolvePointer(doc, "#/paths/~1things/post/responses/200/content/text~1event-stream")).toEqual({});
});

test("two operations that share an answer both keep their streams", () => {
  const doc = operation(
    "responses: { 200: { $ref: '#/components/responses/Events' } }",
    `schemas:${schemas}responses: { Events: ${response.slice("responses: { 200: ".length, -2)} }`,
  );
  Object.assign(asObject(doc.paths), {
    "/others": {
      post: { operationId: "other", responses: { 200: { $ref: "#/components/responses/Events" } } },
    },
  });
  runPass(streams, doc);
  runPass(streamSchemas, doc);
  const events = [{ schema: { $ref: "#/components/schemas/Chunk" } }];
  expect(resolvePointer(doc, "#/paths/~1things/post/x-hawser-stream/events")).toEqual(events);
  expect(resolvePointer(doc, "#/paths/~1others/post/x-hawser-stream/events")).toEqual(events);
});
