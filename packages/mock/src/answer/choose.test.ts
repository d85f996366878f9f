import { expect, test } from "vitest";
import { documentOf } from "../../test/helpers.ts";
import { readDocument } from "../document/read-document.ts";
import { choose } from "./choose.ts";

const chunk = (model: string) => `: hello\n\ndata: {"model":"${model}"}\n\ndata: [DONE]\n\n`;

const { operations } = await readDocument(
  documentOf({
    "/talk": {
      post: {
        operationId: "talk",
        requestBody: {
          content: {
            "application/json": {
              schema: { type: "object", properties: { stream: { type: "boolean" } } },
              examples: {
                first: { value: { model: "a", messages: [{ role: "user" }] } },
                second: { value: { model: "a", messages: [{ role: "tool" }] } },
              },
            },
          },
        },
        responses: {
          "429": {
            description: "",
            content: { "application/json": { examples: { slow: { value: {} }, text: { value: {} } } } },
          },
          "4XX": { description: "", content: { "application/json": { examples: { bad: { value: {} } } } } },
          "201": { description: "", content: { "application/json": { examples: { made: { value: {} } } } } },
          "200": {
            description: "",
            content: {
              "application/json": {
                schema: { type: "object" },
                examples: {
                  first: { value: { model: "a" } },
                  second: { value: { model: "a" } },
                  third: { value: { model: "b" } },
                },
              },
              "text/event-stream": {
                schema: { type: "string" },
                examples: {
                  first: { value: chunk("a") },
                  third: { value: chunk("b") },
                  broken: { value: "data: {\n\n" },
                },
              },
            },
          },
        },
      },
    },
    "/work": {
      post: {
        operationId: "work",
        requestBody: { content: { "application/json": { schema: { type: "object" } } } },
        responses: {
          "200": { description: "", content: { "application/json": { examples: { done: { value: {} } } } } },
          "202": {
            description: "",
            content: {
              "application/json": {
                "x-hawser-when": { property: "later", values: [true] },
                examples: { begun: { value: {} } },
              },
            },
          },
        },
      },
    },
    "/write": {
      post: {
        operationId: "write",
        requestBody: {
          content: {
            "application/json": {
              schema: { type: "object" },
              examples: {
                html: { value: { size: 1, format: "html" } },
                pcm: { value: { size: 1, format: "pcm" } },
              },
            },
          },
        },
        responses: {
          default: {
            description: "",
            content: {
              "application/json": { examples: { json: { value: {} } } },
              "text/html": { examples: { html: { value: "<p>" }, text: { value: "-" } } },
              "application/x-subrip": {
                "x-hawser-when": { property: "form", values: ["srt"] },
                examples: { srt: { value: "1" } },
              },
            },
          },
        },
      },
    },
  }),
);

const [talk, work, write] = operations;
const chosen = (operation: typeof talk, body: unknown, wanted = {}, accept?: string) => {
  const { status, mediaType, example } = choose(operation!, { body, accept }, wanted);
  return [status, mediaType, example?.name];
};

const json = "application/json";
const events = "text/event-stream";

test.each<[string, unknown, object, unknown[]]>([
  ["the lowest success and its first example", {}, {}, [200, json, "first"]],
  ["the example of the model", { model: "b" }, {}, [200, json, "third"]],
  [
    "the transcript of the model, when the flag asks for the stream",
    { model: "b", stream: true },
    {},
    [200, events, "third"],
  ],
  ["no stream when the flag is false", { model: "b", stream: false }, {}, [200, json, "third"]],
  ["the first example when no model fits", { model: "c" }, {}, [200, json, "first"]],
  [
    "of one model's examples the one whose request is most alike",
    { model: "a", messages: [{ role: "user" }, { role: "tool" }] },
    {},
    [200, json, "second"],
  ],
  ["the example named", { model: "b" }, { example: "second" }, [200, json, "second"]],
  [
    "the transcript named, when the flag asks for the stream",
    { stream: true },
    { example: "first" },
    [200, events, "first"],
  ],
  ["an example that stands only among the transcripts", {}, { example: "broken" }, [200, events, "broken"]],
  ["an example of another success", {}, { example: "made" }, [201, json, "made"]],
  ["an example of an error", { stream: true }, { example: "slow" }, [429, json, "slow"]],
  ["the status named", { stream: true }, { status: 429 }, [429, json, "slow"]],
  ["the example named under the status named", {}, { status: 429, example: "text" }, [429, json, "text"]],
  ["a status of a declared range", {}, { status: 418 }, [418, json, "bad"]],
])("%s", (_, body, wanted, expected) => {
  expect(chosen(talk, body, wanted)).toEqual(expected);
});

test.each<[string, unknown, string | undefined, unknown[]]>([
  ["the first media type", undefined, undefined, [200, json, "json"]],
  ["the media type x-hawser-when names", { form: "srt" }, json, [200, "application/x-subrip", "srt"]],
  ["the media type accepted", {}, "text/*", [200, "text/html", "html"]],
  ["the media type preferred", {}, "application/json;q=0.4, text/html", [200, "text/html", "html"]],
  [
    "the example whose request is most alike, across media types",
    { size: 1, format: "html" },
    "*/*",
    [200, "text/html", "html"],
  ],
])("%s", (_, body, accept, expected) => {
  expect(chosen(write, body, {}, accept)).toEqual(expected);
});

test.each<[string, unknown, unknown[]]>([
  ["the success that x-hawser-when gives to the request", { later: true }, [202, json, "begun"]],
  ["the general success for all others", { later: false }, [200, json, "done"]],
])("%s", (_, body, expected) => {
  expect(chosen(work, body)).toEqual(expected);
});

test("what the document doesn't have is turned down with what it has", () => {
  expect(() => chosen(talk, {}, { status: 500 })).toThrow(
    "talk has no answer 500. There are 200, 201, 429, 4XX.",
  );
  expect(() => chosen(talk, {}, { example: "forth" })).toThrow(
    /no example "forth". There are first, second, third, broken/,
  );
  expect(() => chosen(talk, {}, { status: 201, example: "slow" })).toThrow(
    /no example "slow" under 201. There are made/,
  );
  expect(chosen(write, undefined, { status: 500 }, "image/png")).toEqual([500, json, "json"]);
  expect(() => chosen(write, {}, {}, "image/png")).toThrow(/the Accept header allows none of it/);
});

test("the default response beside a success stands for a status that isn't described", async () => {
  const named = (name: string) => ({
    description: "",
    content: { "application/json": { examples: { [name]: { value: {} } } } },
  });
  const { operations } = await readDocument(
    documentOf({
      "/ships": {
        get: {
          operationId: "list",
          responses: { "200": named("ships"), "500": named("broken"), default: named("other") },
        },
      },
    }),
  );
  const choice = choose(operations[0]!, { body: undefined, accept: undefined }, { example: "other" });
  expect([choice.status, choice.example?.name]).toEqual([502, "other"]);
});

test("an unknown model gets the first answer, however like another model's the question is", () => {
  const question = { model: "unknown", messages: [{ role: "tool" }] };
  expect(chosen(talk, question)).toEqual(chosen(talk, {}));
});

test("Accept chooses between stream and value where nothing else does, and a query parameter where it is the flag", async () => {
  const content = {
    "text/event-stream": { example: chunk("a") },
    "application/json": { example: {} },
  };
  const get = (operationId: string, parameters: object[]) => ({
    get: { operationId, parameters, responses: { 200: { description: "", content } } },
  });
  const { operations: both } = await readDocument(
    documentOf({
      "/news": get("news", []),
      "/watch": get("watch", [{ name: "stream", in: "query", schema: { type: "boolean" } }]),
    }),
  );
  const typeFor = (index: number, accept: string | undefined, query = "") =>
    choose(both[index]!, { body: undefined, query: new URLSearchParams(query), accept }, {}).mediaType;
  expect([events, json, "*/*", undefined, `${json}, ${events}`].map((accept) => typeFor(0, accept))).toEqual([
    events,
    json,
    json,
    json,
    json,
  ]);
  expect(typeFor(0, `${json};q=0.5, ${events}`)).toBe(events);
  expect(["stream=true", "stream=false", ""].map((query) => typeFor(1, "*/*", query))).toEqual([
    events,
    json,
    json,
  ]);
});
