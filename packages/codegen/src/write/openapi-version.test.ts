import { join } from "node:path";
import { expect, test } from "vitest";
import { document, problemsIn, repository } from "../../test/documents.ts";
import { buildIR } from "../ir/build-ir.ts";
import { resolvePointer } from "../json.ts";
import { loadOverlaid } from "../load/load-overlaid.ts";
import { normalise } from "../normalise/normalise.ts";
import { inVersion, type OpenAPIVersion } from "./openapi-version.ts";

const versions: OpenAPIVersion[] = ["3.1", "3.2"];
const names = ["runcrate/inference", "crun/inference", "vcita/ai"];

test.each(versions.flatMap((version) => names.map((name) => [version, name] as const)))(
  "a document written in %s gives the client it gave before: %s",
  async (version, name) => {
    const at = (end: string) => join(repository, `openapi/${name}.${end}`);
    const loaded = await loadOverlaid({ document: at("yaml"), overlays: [at("overlay.yaml")] });
    const normalised = normalise(loaded.document, "test.yaml").document;
    const written = inVersion(normalised, version, "test.yaml").document;
    expect(written.openapi.slice(0, 3)).toBe(version);
    const { document: again, changes } = normalise(written, "test.yaml");
    // What an item of a stream is stands in x-hawser-stream, too.
    expect(changes.filter(({ rule }) => rule !== "stream-schemas")).toEqual([]);
    expect(buildIR(again, "test.yaml")).toEqual(buildIR(normalised, "test.yaml"));
  },
);

const content = "#/paths/~1ships/get/responses/200/content/text~1event-stream";
const stream = () =>
  normalise(
    document(`
paths:
  /ships:
    get:
      operationId: watchShips
      responses: { 200: { description: OK, content: { text/event-stream: { itemSchema: { type: object, properties: { name: { type: string } } } } } } }`),
    "test.yaml",
  ).document;

test("3.2 says what an event of a stream is", () => {
  expect(resolvePointer(inVersion(stream(), "3.2", "t").document, `${content}/itemSchema`)).toEqual({
    type: "object",
    required: ["data"],
    properties: {
      data: {
        type: "string",
        contentMediaType: "application/json",
        contentSchema: { $ref: "#/components/schemas/WatchShipsEvent" },
      },
    },
  });
});

test("3.1 says that a stream is text, and tells that it can't say more", () => {
  const { document: written, changes } = inVersion(stream(), "3.1", "t");
  expect(resolvePointer(written, content)).toEqual({ schema: { type: "string" } });
  expect(changes.map(({ pointer }) => pointer)).toEqual([`${content}/schema`, "#/openapi"]);
});

const newWords = () =>
  document(`
$self: https://example.com/openapi.yaml
servers: [{ url: https://example.com, name: live }]
tags: [{ name: a, summary: A, parent: b, kind: nav }, { name: b }]
paths:
  /ships:
    post:
      operationId: createShip
      parameters: [{ name: c, in: cookie, style: cookie, schema: { type: string } }]
      requestBody: { content: { application/json: { $ref: '#/components/mediaTypes/Ship' } } }
      responses: { 204: { summary: Done } }
components:
  mediaTypes:
    Ship:
      schema: { oneOf: [{ type: object }], discriminator: { propertyName: kind, defaultMapping: a } }
      examples: { one: { dataValue: { name: Argo } }, two: { serializedValue: "{}" } }
`);

test("what only 3.2 has words for is rewritten or left out in 3.1, and told", () => {
  const { document: written, changes } = inVersion(newWords(), "3.1", "t");
  const media = "#/paths/~1ships/post/requestBody/content/application~1json";
  expect(resolvePointer(written, media)).toEqual({
    schema: { oneOf: [{ type: "object" }], discriminator: { propertyName: "kind" } },
    examples: { one: { value: { name: "Argo" } }, two: { value: "{}" } },
  });
  expect(written).not.toHaveProperty("$self");
  expect(written.servers).toEqual([{ url: "https://example.com" }]);
  expect(written.tags).toEqual([{ name: "a" }, { name: "b" }]);
  expect(resolvePointer(written, "#/paths/~1ships/post/responses/204")).toEqual({
    summary: "Done",
    description: "",
  });
  expect(resolvePointer(written, "#/paths/~1ships/post/parameters/0/style")).toBe("form");
  expect(written.components).toEqual({});
  expect(changes.every(({ rule, reason }) => rule === "openapi-version" && reason !== "")).toBe(true);
  expect(changes.length).toBeGreaterThan(9);
});

test("in 3.2 such a document stays as it is", () => {
  expect(inVersion(newWords(), "3.2", "t")).toEqual({ document: newWords(), changes: [] });
});

test("a method that 3.1 doesn't have is a problem", () => {
  const given = document("paths: { /ships: { query: { operationId: findShips, responses: { 204: {} } } } }");
  expect(problemsIn(() => inVersion(given, "3.1", "t"))).toEqual([
    "#/paths/~1ships: it has a QUERY operation, which OpenAPI 3.1 can't describe: write the document in 3.2.",
  ]);
});
