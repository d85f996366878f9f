import { expect, test } from "vitest";
import type { OperationEntry } from "../document.ts";
import { resourcePathOf } from "./resource-path.ts";

function place(method: string, path: string, operation: Record<string, unknown> = {}): string {
  const entry = { method, path, pathItem: {}, operation: { operationId: "run", ...operation }, pointer: "#" };
  const { resources, method: name } = resourcePathOf(entry as OperationEntry);
  return [...resources, name].join(".");
}

test.each([
  ["get", "/videos", "videos.list"],
  ["post", "/videos", "videos.create"],
  ["put", "/videos", "videos.replace"],
  ["patch", "/videos", "videos.update"],
  ["delete", "/videos", "videos.delete"],
  ["head", "/videos", "videos.head"],
  ["query", "/videos", "videos.query"],
  ["get", "/videos/{id}", "videos.retrieve"],
  ["post", "/videos/{id}", "videos.update"],
  ["put", "/videos/{id}", "videos.replace"],
  ["patch", "/videos/{id}", "videos.update"],
  ["delete", "/videos/{id}", "videos.delete"],
  ["get", "/videos/{id}/download", "videos.download"],
  ["post", "/videos/{id}/cancel", "videos.cancel"],
  ["get", "/videos/{id}/frames", "videos.frames.list"],
  ["delete", "/videos/{id}/lock", "videos.lock.delete"],
  ["get", "/videos/{id}/frames/{frame}", "videos.frames.retrieve"],
  ["post", "/v1/chat/completions", "chat.completions.create"],
  ["get", "/api/v2beta/fine_tuning/jobs", "fineTuning.jobs.list"],
  ["get", "/visits", "visits.list"],
  ["post", "/conversations/{id}#stream", "conversations.update"],
  ["get", "/", "run"],
  ["get", "/v1", "run"],
  ["get", "/{id}", "run"],
])("%s %s is %s", (method, path, want) => {
  expect(place(method, path)).toBe(want);
});

test.each([
  ["chat.completions.create", "chat.completions.create"],
  ["ping", "ping"],
  ["fine_tuning.jobs.list", "fineTuning.jobs.list"],
])("x-hawser-method %s is said and not derived", (given, want) => {
  expect(place("get", "/videos", { "x-hawser-method": given })).toBe(want);
});
