import { join } from "node:path";
import { expect, test } from "vitest";
import { repository, withFolder } from "../../test/documents.ts";
import { lint } from "./lint.ts";

/** What is found in a document from YAML, as `severity rule pointer`. */
function found(yaml: string): Promise<string[]> {
  const head = "openapi: 3.2.0\ninfo: { title: T, version: 1.0.0 }\n";
  return withFolder({ "openapi.yaml": head + yaml }, async (folder) => {
    const findings = await lint({ document: join(folder, "openapi.yaml") });
    return findings.map(({ severity, rule, pointer }) => `${severity} ${rule} ${pointer}`);
  });
}

const server = "servers: [{ url: https://example.com }]\n";
const good = `
      operationId: listShips
      summary: Lists ships.
      responses:
        200: { description: OK, content: { application/json: { schema: { type: object, properties: { a: { type: string } } } } } }
        default: { description: Error. }`;

test.each<[string, { given: string; want: string[] }]>([
  [
    "a good document has notes at most",
    {
      given: `${server}paths:\n  /ships:\n    get:${good}\n`,
      want: ["note inline-schemas #/paths/~1ships/get/responses/200/content/application~1json/schema"],
    },
  ],
  [
    "a document without operations has no client",
    { given: `${server}paths: {}\n`, want: ["error operations #/paths"] },
  ],
  [
    "servers that are missing or no URL are asked for",
    {
      given: `servers: [{ url: /v1 }]\npaths:\n  /ships:\n    get:${good}\n`,
      want: [
        "warning servers #/servers",
        "note inline-schemas #/paths/~1ships/get/responses/200/content/application~1json/schema",
      ],
    },
  ],
  [
    "a relative server of an operation is asked for a whole URL; where all have their own, no other is missing",
    {
      given: `paths:\n  /ships:\n    servers: [{ url: /ships }]\n    get:${good}\n`,
      want: [
        "warning servers #/paths/~1ships/get/servers",
        "note servers #/paths/~1ships/get/servers",
        "note inline-schemas #/paths/~1ships/get/responses/200/content/application~1json/schema",
      ],
    },
  ],
  [
    "an id that had to be invented, and words that are missing",
    {
      given: `${server}paths: { /ships: { get: { responses: { 204: { description: Done. } } } } }\n`,
      want: [
        "warning description #/paths/~1ships/get",
        "warning errors #/paths/~1ships/get/responses",
        "warning operation-ids #/paths/~1ships/get/operationId",
      ],
    },
  ],
  [
    "an id that is spelled in another way",
    {
      given: `${server}paths:\n  /ships:\n    get:${good.replace("listShips", "ships/list")}\n`,
      want: [
        "note operation-ids #/paths/~1ships/get/operationId",
        "note inline-schemas #/paths/~1ships/get/responses/200/content/application~1json/schema",
      ],
    },
  ],
  [
    "values that can be anything, and a body without an example",
    {
      given: `${server}components: { schemas: { Any: { description: Whatever. } } }
paths:
  /ships:
    post:
      operationId: createShip
      summary: A ship.
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Any' } } } }
      responses: { 200: { description: OK, content: { application/json: {} } }, 400: { description: No. } }
`,
      want: [
        "warning example #/paths/~1ships/post/requestBody",
        "warning answer-type #/paths/~1ships/post/responses/200",
        "warning body-type #/paths/~1ships/post/requestBody",
      ],
    },
  ],
  [
    "a stream whose end can't be told",
    {
      given: `${server}paths:
  /ships:
    get:
      operationId: watchShips
      summary: Ships.
      responses: { 200: { description: OK, content: { text/event-stream: { itemSchema: { type: object, properties: { a: { type: string } } } } } }, 400: { description: No. } }
`,
      want: ["warning stream-end #/paths/~1ships/get", "note streams #/paths/~1ships/get/x-hawser-stream"],
    },
  ],
  [
    "a list that looks as if it had pages",
    {
      given: `${server}paths:\n  /ships:\n    get:\n      parameters: [{ name: cursor, in: query, schema: { type: string } }]${good}\n`,
      want: [
        "warning pages #/paths/~1ships/get",
        "note inline-schemas #/paths/~1ships/get/responses/200/content/application~1json/schema",
      ],
    },
  ],
  [
    "what can't be represented is an error",
    {
      given: `${server}paths: { /ships: { get: { parameters: [{ name: q, in: querystring, schema: {} }], responses: {} } } }\n`,
      want: ["error representable #/paths/~1ships/get/parameters/0"],
    },
  ],
])("%s", async (_name, { given, want }) => {
  expect(
    (await found(given)).filter((line) => !line.startsWith("note streams-") && !/stream-schemas/.test(line)),
  ).toEqual(want);
});

test("a document that can't be read is an error like any other", async () => {
  expect(await lint({ document: "/nowhere/openapi.yaml" })).toEqual([
    {
      severity: "error",
      rule: "representable",
      source: "/nowhere/openapi.yaml",
      pointer: "",
      message: "there is no such file.",
    },
  ]);
});

test("our own document has nothing to be told about", async () => {
  const at = (end: string) => join(repository, `openapi/runcrate/inference.${end}`);
  const findings = await lint({ document: at("yaml"), overlays: [at("overlay.yaml")] });
  expect(findings.filter(({ severity }) => severity !== "note")).toEqual([]);
});
