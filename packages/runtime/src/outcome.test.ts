import { EventStream } from "@hawser/streaming";
import { describe, expect, test } from "vitest";
import { BinaryResponse } from "./binary-answer.ts";
import type { Operation, Outcome } from "./operation.ts";
import { classifyOutcome, narrowOutcomes, type OutcomeKind } from "./outcome.ts";
import { acceptedTypes } from "./request-builder.ts";

const json: Outcome = { status: "200", kind: "json", mediaType: "application/json" };
const text: Outcome = { status: "200", kind: "text", mediaType: "text/plain" };
const audio: Outcome = { status: "200", kind: "binary", type: BinaryResponse, mediaType: "audio/mpeg" };
const events: Outcome = { status: "200", kind: "stream", mediaType: "text/event-stream" };
const empty: Outcome = { status: "204", kind: "empty" };

function operationWith(outcomes: Outcome[], more: Partial<Operation> = {}): Operation {
  return { id: "do", method: "POST", path: "/", retry: "safe", outcomes, ...more };
}

const stream: Operation["stream"] = {
  mode: "flag",
  flag: "stream",
  framing: "server-sent-events",
  item: "payload",
  type: EventStream,
};

describe("an answer is read as", () => {
  const table: [
    name: string,
    outcomes: Outcome[],
    status: number,
    type: string | undefined,
    want: OutcomeKind,
  ][] = [
    ["JSON", [json], 200, "application/json; charset=utf-8", "json"],
    ["JSON without a media type", [json], 200, undefined, "json"],
    ["JSON with a wrong media type", [json], 200, "text/plain", "json"],
    ["JSON of another name", [text, json], 200, "application/problem+json", "json"],
    ["text where there is a choice", [json, text], 200, "text/plain; charset=utf-8", "text"],
    ["the first where the media type says nothing", [text, json], 200, "application/octet-stream", "text"],
    ["bytes of any audio", [{ ...audio, mediaType: "audio/*" }], 200, "audio/ogg", "binary"],
    [
      "what the status was declared for",
      [
        { ...json, status: "200" },
        { ...text, status: "202" },
      ],
      202,
      undefined,
      "text",
    ],
    [
      "what the status's range was declared for",
      [
        { ...text, status: "2XX" },
        { ...json, status: "201" },
      ],
      202,
      undefined,
      "text",
    ],
    [
      "what the default is",
      [
        { ...text, status: "default" },
        { ...json, status: "201" },
      ],
      200,
      undefined,
      "text",
    ],
    [
      "any success where the status wasn't declared",
      [{ ...json, status: "201" }],
      200,
      "application/json",
      "json",
    ],
    ["empty by status", [json], 204, undefined, "empty"],
    ["empty by declaration", [{ ...empty, status: "200" }], 200, "application/json", "empty"],
    ["JSON where nothing was declared", [], 200, undefined, "json"],
  ];
  test.each(table)("%s", (_, outcomes, status, type, want) => {
    const response = new Response(status === 204 ? null : "x", {
      status,
      headers: type ? { "content-type": type } : {},
    });
    if (type === undefined) response.headers.delete("content-type");
    expect(classifyOutcome(operationWith(outcomes), response, false)).toBe(want);
  });

  test("a stream when one was asked for, whatever its media type says", () => {
    const response = Response.json({});
    expect(classifyOutcome(operationWith([json, events], { stream }), response, true)).toBe("stream");
  });

  test("a stream when one comes though nobody asked", () => {
    const response = new Response("x", { headers: { "content-type": "text/event-stream" } });
    expect(classifyOutcome(operationWith([json, events], { stream }), response, false)).toBe("stream");
    expect(classifyOutcome(operationWith([json]), response, false)).toBe("json");
  });

  test("empty for HEAD", () => {
    expect(classifyOutcome(operationWith([json], { method: "HEAD" }), new Response("x"), false)).toBe(
      "empty",
    );
  });
});

describe("the media types asked for", () => {
  test("are those declared, and JSON for errors", () => {
    expect(acceptedTypes(operationWith([json]), false)).toBe("application/json");
    expect(acceptedTypes(operationWith([audio]), false)).toBe("audio/mpeg, application/json");
    expect(acceptedTypes(operationWith([json, text]), false)).toBe("application/json, text/plain");
    expect(acceptedTypes(operationWith([empty]), false)).toBe("application/json");
  });
  test("of a stream come first, those of the other answer not at all", () => {
    const operation = operationWith([{ ...json, mediaType: "application/vnd.a+json" }, events], { stream });
    expect(acceptedTypes(operation, true)).toBe("text/event-stream, application/json");
    expect(acceptedTypes(operation, false)).toBe("application/vnd.a+json, application/json");
  });
  test("are one alone where it decides between stream and value", () => {
    const operation = operationWith([json, events], { stream: { ...stream, mode: "accept" } });
    expect(acceptedTypes(operation, true)).toBe("text/event-stream");
    expect(acceptedTypes(operation, false)).toBe("application/json");
  });
  test("of a stream that was declared without one follow its framing", () => {
    expect(acceptedTypes(operationWith([], { stream }), true)).toBe("text/event-stream, application/json");
    const lines = { ...stream, framing: "json-lines" } as const;
    expect(acceptedTypes(operationWith([], { stream: lines }), true)).toBe(
      "application/x-ndjson, application/json",
    );
  });
});

describe("an answer that the request chooses", () => {
  const subtitles: Outcome = {
    status: "200",
    kind: "text",
    mediaType: "application/x-subrip",
    when: { property: "response_format", values: ["srt"] },
  };
  const operation = operationWith([json, subtitles]);
  const kinds = (body: unknown, extraBody?: object) =>
    narrowOutcomes(operation, body, extraBody).outcomes.map(({ kind }) => kind);

  test("is expected when the body asks for it, and then alone", () => {
    expect(kinds({ response_format: "srt" })).toEqual(["text"]);
    expect(kinds({}, { response_format: "srt" })).toEqual(["text"]);
    expect(acceptedTypes(narrowOutcomes(operation, { response_format: "srt" }), false)).toBe(
      "application/x-subrip, application/json",
    );
  });
  test("is not expected otherwise", () => {
    expect(kinds({ response_format: "json" })).toEqual(["json"]);
    expect(kinds(undefined)).toEqual(["json"]);
  });
  test("is read as what was asked for even without a media type", () => {
    const narrowed = narrowOutcomes(operation, { response_format: "srt" });
    expect(classifyOutcome(narrowed, new Response(new Blob(["1"])), false)).toBe("text");
  });
});
