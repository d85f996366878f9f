import { expect, test } from "vitest";
import { operation, representationOf } from "../../../test/documents.ts";
import type { Operation, Stream } from "../../ir/ir.ts";
import { itemType, overloadsOf, streamClass } from "./overloads.ts";

const components = `
schemas:
  Request: { type: object, properties: { stream: { type: boolean }, format: { $ref: '#/components/schemas/Format' } } }
  Format: { enum: [json, text, srt, mp3] }
  Thing: { type: object }
  Chunk: { type: object, properties: { choices: { type: array, items: { type: object, properties: { delta: { type: object } } } } } }
  Delta: { type: object }
`;
const body =
  "requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Request' } } } }";
const json = "application/json: { schema: { $ref: '#/components/schemas/Thing' } }";
const events = (name: string) => `text/event-stream: { schema: { $ref: '#/components/schemas/${name}' } }`;
const when = (mediaType: string, value: string) =>
  `${mediaType}: { schema: {}, x-hawser-when: { property: format, values: [${value}] } }`;

function overloads(yaml: string) {
  const ir = representationOf(operation(yaml, components));
  return overloadsOf(ir, ir.operations[0] as Operation).map(({ narrowing, data }) =>
    narrowing === undefined ? data : `${narrowing} => ${data}`,
  );
}

test.each<[string, { given: string; want: string[] }]>([
  ["JSON", { given: `responses: { 200: { content: { ${json} } } }`, want: ["Thing"] }],
  ["nothing", { given: "responses: { 204: {} }", want: ["undefined"] }],
  [
    "JSON or nothing",
    { given: `responses: { 200: { content: { ${json} } }, 204: {} }`, want: ["Thing | undefined"] },
  ],
  [
    "bytes of two kinds",
    { given: "responses: { 200: { content: { audio/mpeg: {}, audio/pcm: {} } } }", want: ["BinaryResponse"] },
  ],
  ["text", { given: "responses: { 200: { content: { text/vtt: {} } } }", want: ["string"] }],
  [
    "a stream always",
    { given: `responses: { 200: { content: { ${events("Delta")} } } }`, want: ["EventStream<Delta>"] },
  ],
  [
    "a stream of chat chunks always",
    {
      given: `responses: { 200: { content: { ${events("Chunk")} } } }`,
      want: ["ChatCompletionStream<Chunk>"],
    },
  ],
  [
    "a stream by a flag",
    {
      given: `${body}\nresponses: { 200: { content: { ${json}, ${events("Chunk")} } } }`,
      want: ["{ stream: true } => ChatCompletionStream<Chunk, Thing>", "{ stream?: false | null } => Thing"],
    },
  ],
  [
    "a stream by a flag that needs quotes",
    {
      given: `x-hawser-stream: { flag: 'x"y' }\n${body}\nresponses: { 200: { content: { ${json}, ${events("Delta")} } } }`,
      want: ['{ "x\\"y": true } => EventStream<Delta>', '{ "x\\"y"?: false | null } => Thing'],
    },
  ],
  [
    "other kinds by a member of the body, kinds of one type together",
    {
      given: `${body}\nresponses: { 200: { content: { ${json}, ${when("text/plain", "text")}, ${when("application/x-subrip", "srt")}, ${when("audio/mpeg", "mp3")} } } }`,
      want: [
        '{ format: "text" | "srt" } => string',
        '{ format: "mp3" } => BinaryResponse',
        '{ format?: "json" } => Thing',
      ],
    },
  ],
  [
    "other kinds and a stream",
    {
      given: `${body}\nresponses: { 200: { content: { ${json}, ${when("text/plain", "text")}, ${events("Delta")} } } }`,
      want: [
        "{ stream: true } => EventStream<Delta>",
        '{ format: "text"; stream?: false | null } => string',
        '{ stream?: false | null; format?: "json" | "srt" | "mp3" } => Thing',
      ],
    },
  ],
  [
    "another media type of the same data as no other way to call",
    {
      given: `${body}\nresponses: { 200: { content: { audio/wav: { schema: {} }, ${when("audio/mpeg", "mp3")} } } }`,
      want: ["BinaryResponse"],
    },
  ],
  [
    "only kinds with conditions",
    {
      given: `${body}\nresponses: { 200: { content: { ${when("text/plain", "text")}, ${when("audio/mpeg", "mp3")} } } }`,
      want: [
        '{ format: "text" } => string',
        '{ format: "mp3" } => BinaryResponse',
        '{ format?: "json" | "srt" } => string | BinaryResponse',
      ],
    },
  ],
  [
    "kinds with conditions but no body to choose by",
    { given: `responses: { 200: { content: { ${json}, ${when("text/plain", "text")} } } }`, want: ["Thing"] },
  ],
])("an operation that answers %s", (_name, { given, want }) => {
  expect(overloads(given)).toEqual(want);
});

const stream = { mode: "always", framing: "server-sent-events" } as const;
const thing = { $ref: "#/schemas/Thing" };

test.each<[string, { given: Stream; want: string }]>([
  [
    "payloads are a union of what they can be",
    {
      given: {
        ...stream,
        item: "payload",
        events: [{ schema: thing }, { schema: { type: "string" } }, { schema: thing }],
      },
      want: "Thing | string",
    },
  ],
  [
    "envelopes differ by name",
    {
      given: { ...stream, item: "envelope", events: [{ name: 'a"b', schema: thing }, { schema: thing }] },
      want: '{ event: "a\\"b"; data: Thing } | { event?: undefined; data: Thing }',
    },
  ],
  ["text is the event itself", { given: { ...stream, item: "text", events: [] }, want: "ServerSentEvent" }],
  [
    "payloads of which nothing is said are unknown",
    { given: { ...stream, item: "payload", events: [] }, want: "unknown" },
  ],
])("items: %s", (_name, { given, want }) => {
  expect(itemType(given)).toBe(want);
});

test("a dialect chooses the class", () => {
  const given = { ...stream, item: "payload", events: [] } as const;
  expect(streamClass(given)).toBe("EventStream");
  expect(streamClass({ ...given, dialect: "chat.completions" })).toBe("ChatCompletionStream");
  expect(streamClass({ ...given, dialect: "responses" })).toBe("ResponseStream");
  expect(streamClass({ ...given, dialect: "messages" })).toBe("MessageStream");
});

test.each<[string, Pick<Stream, "item" | "events">, string]>([
  ["parts that are JSON", { item: "payload", events: [{ schema: { type: "number" } }] }, "number"],
  ["parts of any type", { item: "part", events: [] }, "MultipartPart"],
  ["both", { item: "part", events: [{ schema: { type: "number" } }] }, "number | MultipartPart"],
])("an item of %s has a type", (_name, given, want) => {
  expect(itemType({ mode: "always", framing: "multipart-mixed", ...given })).toBe(want);
});
