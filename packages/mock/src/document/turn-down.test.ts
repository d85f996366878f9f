import { expect, test } from "vitest";
import { turnDown } from "./turn-down.ts";

const document = {
  openapi: "3.2.0",
  $self: "https://example.com/openapi.yaml",
  paths: {
    "/chat": {
      query: { responses: {} },
      additionalOperations: { COPY: { responses: {} } },
      post: {
        responses: {
          200: {
            content: {
              "text/event-stream": {
                itemSchema: { type: "object" },
                examples: { hello: { summary: "Hello", value: "data: 1\n\n" } },
              },
              "application/json": { schema: { type: "object" }, example: { a: 1 } },
              "audio/mpeg": { examples: { mp3: { externalValue: "file:///tmp/a.mp3" } } },
            },
          },
        },
      },
    },
  },
};

test("a 3.2 document becomes one Prism can read", () => {
  expect(turnDown(document)).toEqual({
    openapi: "3.1.0",
    paths: {
      "/chat": {
        post: {
          responses: {
            200: {
              content: {
                "text/event-stream": {
                  schema: { type: "string" },
                  examples: { hello: { value: "data: 1\n\n" } },
                },
                "application/json": {
                  schema: { type: "object" },
                  examples: { default: { value: { a: 1 } } },
                },
                "audio/mpeg": { examples: { mp3: { value: "" } } },
              },
            },
          },
        },
      },
    },
  });
});

test("the document itself stays as it is", () => {
  const before = structuredClone(document);
  turnDown(document);
  expect(document).toEqual(before);
});

test("a 3.0 document stays one, since only there Prism reads nullable", () => {
  expect(turnDown({ openapi: "3.0.3", paths: {} })).toEqual({ openapi: "3.0.3", paths: {} });
});
