import { expect, test } from "vitest";
import { document } from "../../test/documents.ts";
import type { OperationEntry } from "../document.ts";
import { resourcePathOf } from "./resource-path.ts";

const schemas = document(`
components:
  schemas:
    Me: { type: object, properties: { name: { type: string } } }
    Things: { allOf: [{ $ref: '#/components/schemas/Me' }, { properties: { data: { $ref: '#/components/schemas/All' } } }] }
    All: { type: [array, 'null'], items: {} }
    Ring: { allOf: [{ $ref: '#/components/schemas/Ring' }] }
`);

function place(method: string, path: string, operation: Record<string, unknown> = {}): string {
  const entry = { method, path, pathItem: {}, operation: { operationId: "run", ...operation }, pointer: "#" };
  const { resources, method: name } = resourcePathOf(schemas, entry as OperationEntry);
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
  ["get", "/me", "me.retrieve"],
  ["get", "/status", "status.retrieve"],
  ["get", "/videos/{id}/status", "videos.status.retrieve"],
  ["post", "/user/login", "user.login"],
  ["get", "/pet/findByTags", "pet.findByTags"],
  ["post", "/pet/find-by-tags", "pet.findByTags"],
  ["delete", "/pet/findByTags", "pet.findByTags.delete"],
  ["post", "/login", "login.create"],
  ["post", "/order/list", "order.list.create"],
  ["post", "/validate/api", "validate.api.create"],
  ["post", "/conversations/{id}#stream", "conversations.update"],
  ["get", "/", "run"],
  ["get", "/v1", "run"],
  ["get", "/{id}", "run"],
])("%s %s is %s", (method, path, want) => {
  expect(place(method, path)).toBe(want);
});

test.each([
  ["Me", "news.list", "catalogue.retrieve"],
  ["All", "news.list", "catalogue.list"],
  ["Things", "news.list", "catalogue.list"],
  ["Ring", "news.list", "catalogue.retrieve"],
])("what answers with %s is a list, or one thing", (name, plural, other) => {
  const schema = { $ref: `#/components/schemas/${name}` };
  const responses = { 200: { content: { "application/json": { schema } } } };
  expect([place("get", "/news", { responses }), place("get", "/catalogue", { responses })]).toEqual([
    plural,
    other,
  ]);
});

test.each([
  ["chat.completions.create", "chat.completions.create"],
  ["ping", "ping"],
  ["fine_tuning.jobs.list", "fineTuning.jobs.list"],
])("x-hawser-method %s is said and not derived", (given, want) => {
  expect(place("get", "/videos", { "x-hawser-method": given })).toBe(want);
});
