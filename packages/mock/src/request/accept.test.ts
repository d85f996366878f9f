import { expect, test } from "vitest";
import { qualityOf } from "./accept.ts";

test.each([
  [undefined, "application/json", 1],
  ["", "application/json", 1],
  ["*/*", "application/json", 1],
  ["application/json", "application/json; charset=utf-8", 1],
  ["application/json", "text/plain", 0],
  ["text/*;q=0.5, */*;q=0.1", "text/plain", 0.5],
  ["text/*;q=0.5, */*;q=0.1", "audio/mpeg", 0.1],
  ["text/plain;q=0, */*", "text/plain", 0],
  ["*/*, text/plain;q=0.2", "text/plain", 0.2],
])("Accept: %s welcomes %s by %d", (accept, mediaType, quality) => {
  expect(qualityOf(accept, mediaType)).toBe(quality);
});
