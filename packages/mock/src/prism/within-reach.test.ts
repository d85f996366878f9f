import { expect, test } from "vitest";
import { createEngine } from "./engine.ts";
import { withinReach } from "./within-reach.ts";

const reference = (index: number) => ({ $ref: `#/components/schemas/S${index}` });

/** Schemas of which each refers to three others, round in a circle. */
const document = (count: number) => ({
  openapi: "3.1.0",
  info: { title: "Circle", version: "1" },
  paths: {
    "/first": {
      get: {
        responses: { 200: { description: "", content: { "application/json": { schema: reference(0) } } } },
      },
    },
  },
  components: {
    schemas: Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `S${index}`,
        {
          type: "object",
          required: ["id", "owner"],
          properties: {
            id: { type: "string" },
            owner: { anyOf: [{ type: "string" }, reference((index + 1) % count)] },
            parent: reference((index + 7) % count),
            child: reference((index + 11) % count),
          },
        },
      ]),
    ),
  },
});

test("a document whose schemas have an end in sight stays as it is", () => {
  const small = document(1);
  expect(withinReach(small)).toBe(small);
});

test("of schemas without an end those near the answer are kept, and required members stay", () => {
  const { paths, components } = withinReach(document(200)) as ReturnType<typeof document>;
  expect(components).toBeUndefined();
  expect(JSON.stringify(paths)).not.toContain("$ref");
  const schema: unknown = paths["/first"].get.responses[200].content["application/json"].schema;
  expect(schema).toMatchObject({ properties: { parent: { properties: { parent: { type: "object" } } } } });
  const leaves = JSON.stringify(paths).match(
    /"properties":\{"id":\{"type":"string"\},"owner":\{"anyOf":\[\{"type":"string"\}\]\}\}/g,
  );
  expect(leaves?.length).toBeGreaterThan(10);
});

test("an answer is made of hundreds of schemas that refer to one another", async () => {
  const operation = { id: "first", method: "GET", path: "/first", responses: [], requestExamples: new Map() };
  const answer = await createEngine(document(200)).answer(operation, {
    status: 200,
    mediaType: "application/json",
  });
  expect(answer).toMatchObject({ status: 200, body: { id: "string", owner: "string" } });
});
