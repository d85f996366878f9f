import { expect, test } from "vitest";
import { createMockServer } from "../create-mock-server.ts";

const document = {
  openapi: "3.1.0",
  info: { title: "Harbour", version: "1" },
  paths: {
    "/ships": {
      get: {
        security: [{ Token: [] }, { Key: [], Login: [] }],
        responses: { 204: { description: "nothing" } },
      },
    },
  },
  components: {
    securitySchemes: {
      Token: { type: "oauth2", flows: {} },
      Key: { type: "apiKey", in: "query", name: "key" },
      Login: { type: "http", scheme: "basic" },
    },
  },
};

test("who sends no credential is told which the operation asks for, where the document has no words for it", async () => {
  await using server = await createMockServer({ document });
  const response = await fetch(`${server.url}/ships`);
  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({
    detail:
      'a credential is missing, or in the wrong place: the header "Authorization: Bearer …" (Token), or the query parameter "key" (Key) and the header "Authorization: Basic …" (Login).',
  });
});
