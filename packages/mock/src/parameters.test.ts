import { expect, test } from "vitest";
import { createMockServer } from "./create-mock-server.ts";

const document = {
  openapi: "3.0.3",
  info: { title: "Test", version: "1.0.0" },
  paths: {
    "/headers": {
      get: {
        operationId: "headers",
        parameters: [
          { name: "Word", in: "header", schema: { type: "string" } },
          { name: "List", in: "header", schema: { type: "array", items: { type: "integer" } } },
          {
            name: "Needed",
            in: "header",
            required: true,
            schema: { type: "array", items: { type: "string" } },
          },
          { name: "Object", in: "header", schema: { type: "object", properties: { a: { type: "string" } } } },
        ],
        responses: { 204: { description: "Done." } },
      },
    },
    "/piped": {
      get: {
        operationId: "piped",
        parameters: [
          {
            name: "list",
            in: "query",
            style: "pipeDelimited",
            explode: false,
            schema: { type: "array", items: { type: "integer" } },
          },
          {
            name: "object",
            in: "query",
            style: "pipeDelimited",
            explode: false,
            schema: { type: "object", properties: { a: { type: "string" } } },
          },
        ],
        responses: { 204: { description: "Done." } },
      },
    },
  },
};

async function statusOf(path: string, headers: Record<string, string> = {}): Promise<[number, string]> {
  const server = await createMockServer({ document });
  try {
    const response = await fetch(`${server.url}${path}`, { headers });
    return [response.status, await response.text()];
  } finally {
    await server.close();
  }
}

test("lists and objects in headers may be left out, unless they are required", async () => {
  expect(await statusOf("/headers", { needed: "a,b" })).toEqual([204, ""]);
  expect(await statusOf("/headers", { needed: "a", list: "1,2", object: "a,b" })).toEqual([204, ""]);
  const [status, text] = await statusOf("/headers", { list: "1,2" });
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(text).toContain("needed");
});

test("an object in a style for lists can have any value, and a list is still checked", async () => {
  expect(await statusOf("/piped?list=1|2&object=a|b")).toEqual([204, ""]);
  const [status] = await statusOf("/piped?list=1|b");
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
});
