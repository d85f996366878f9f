import { expect, test } from "vitest";
import { encodingOf, essenceOf, framingOf } from "./media-types.ts";

test("parameters and case of a media type don't count", () => {
  expect(essenceOf(" Application/JSON; charset=utf-8")).toBe("application/json");
});

test.each([
  ["text/event-stream; charset=utf-8", "server-sent-events"],
  ["application/x-ndjson", "json-lines"],
  ["application/jsonl", "json-lines"],
  ["application/json-seq", "json-sequence"],
  ["application/geo+json-seq; charset=utf-8", "json-sequence"],
  ["application/json", undefined],
  ["multipart/mixed", undefined],
])("the framing of %s is %s", (given, want) => {
  expect(framingOf(given)).toBe(want);
});

test.each([
  ["application/json", "json"],
  ["application/problem+json", "json"],
  ["*/*", "json"],
  ["multipart/form-data", "multipart"],
  ["application/x-www-form-urlencoded", "urlencoded"],
  ["text/vtt", "text"],
  ["application/x-subrip", "text"],
  ["application/atom+xml", "text"],
  ["audio/mpeg", "binary"],
  ["application/octet-stream", "binary"],
])("%s is written and read as %s", (given, want) => {
  expect(encodingOf(given)).toBe(want);
});
