import { expect, test } from "vitest";
import type { MockOperation } from "../document/operation.ts";
import { nearestOperations } from "./nearest.ts";

const operations = [
  ["GET", "/models"],
  ["POST", "/chat/completions"],
  ["GET", "/videos/{id}"],
  ["POST", "/videos"],
  ["GET", "/videos/{id}/download"],
].map(([method, path]): MockOperation => {
  return {
    id: `${method} ${path}`,
    method: String(method),
    path: String(path),
    responses: [],
    requestExamples: new Map(),
  };
});

test.each([
  ["POST", "/chat/completion", "POST /chat/completions"],
  ["GET", "/video/a-long-id-of-a-video", "GET /videos/{id}"],
  ["GET", "/videos/a-long-id-of-a-video/downloads", "GET /videos/{id}/download"],
  ["GET", "/model", "GET /models"],
])("%s %s is nearest to %s", (method, path, id) => {
  expect(nearestOperations(operations, method, path)[0]?.id).toBe(id);
  expect(nearestOperations(operations, method, path)).toHaveLength(3);
});
