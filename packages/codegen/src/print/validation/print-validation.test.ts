import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { typeErrors } from "../../../test/check-types.ts";
import {
  document,
  fixtures,
  repository,
  representationOf,
  textOf,
  withFolder,
} from "../../../test/documents.ts";
import { attacks, hostileDocument } from "../../../test/hostile.ts";
import { generate, writeFiles } from "../../generate.ts";
import type { IR } from "../../ir/ir.ts";
import { printFolder } from "../package/print-folder.ts";

const client = (ir: IR) => printFolder(ir, { validate: true });

// As the specification has it, https://standardschema.dev.
const specification = `interface StandardSchemaV1<Input = unknown, Output = Input> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => Result<Output> | Promise<Result<Output>>;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}
type Result<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: ReadonlyArray<{ readonly message: string; readonly path?: ReadonlyArray<PropertyKey | { readonly key: PropertyKey }> | undefined }> };
`;

test("each named schema is a Standard Schema of its type", async () => {
  const { files } = await generate({ document: join(fixtures, "cloud/openapi.yaml"), validate: true });
  const use = `${specification}
import type { Instance } from "./schema.js";
import { instanceSchema } from "./validation.js";
const standard: StandardSchemaV1<Instance> = instanceSchema;
const outcome = instanceSchema["~standard"].validate({});
if (outcome.issues === undefined) ((instance: Instance) => instance.name.at(0))(outcome.value);
else outcome.issues[0]?.path.length;
export const used = standard;
`;
  expect(typeErrors(files, use)).toEqual([]);
});

test.each([
  ...[
    "runcrate/inference",
    "runcrate/infrastructure",
    "crun/inference",
    "vcita/ai",
    "common/openai-compatible",
  ],
])("the schemas of %s compile", async (name) => {
  const { files } = await generate({
    document: join(repository, `openapi/${name}.yaml`),
    overlays: [join(repository, `openapi/${name}.overlay.yaml`)],
    validate: true,
  });
  expect(typeErrors(files)).toEqual([]);
});

test.each(attacks)(
  "the schemas of a document full of %j compile, and its strings stay strings",
  async (attack) => {
    const files = await client(representationOf(hostileDocument(attack)));
    expect(typeErrors(files)).toEqual([]);
    expect(textOf(files, "validation.ts")).not.toMatch(/^\s*globalThis\./m);
  },
);

test("a document without schemas has none, and still says so in a module", async () => {
  const paths = "paths: { /ships: { get: { responses: { 204: { description: Gone. } } } } }";
  const files = await client(representationOf(document(paths)));
  expect(typeErrors(files)).toEqual([]);
  expect(textOf(files, "validation.ts")).toContain("OperationSchemas>> = {};");
});

test("operations name what their bodies, answers and items are checked against, and nothing that can be anything", async () => {
  const given = document(`
paths:
  /ships:
    post:
      operationId: launchShip
      parameters: [{ name: fleet, in: query, schema: { type: string, minLength: 2 } }]
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Ship' } } } }
      responses:
        200: { description: OK, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Ship' } } } } }
        202: { description: Later, content: { application/json: {} } }
        404: { description: None, content: { application/json: { schema: { $ref: '#/components/schemas/Ship' } } } }
  /log: { get: { operationId: readLog, responses: { 200: { description: OK, content: { text/plain: { schema: { type: string } } } } } } }
  /events:
    get:
      operationId: watchShips
      responses:
        200:
          description: OK
          content:
            text/event-stream:
              itemSchema:
                oneOf:
                  - { type: object, required: [event, data], properties: { event: { const: sailed }, data: { contentMediaType: application/json, contentSchema: { $ref: '#/components/schemas/Ship' } } } }
                  - { type: object, required: [event, data], properties: { event: { const: sunk }, data: { contentMediaType: application/json, contentSchema: { type: integer } } } }
components: { schemas: { Ship: { type: object, required: [name], properties: { name: { type: string } } } } }
`);
  const files = await printFolder(representationOf(given), { validate: true, importExtension: ".ts" });
  const use = `import { TestClient, createValidation } from "./index.js";
import { operationSchemas } from "./validation.js";
export const client = new TestClient({ validate: createValidation(operationSchemas, { answers: (error) => console.warn(error.issues) }) });
`;
  expect(typeErrors(await client(representationOf(given)), use)).toEqual([]);
  const found = await withFolder({ "package.json": '{ "type": "module" }' }, async (folder) => {
    await writeFiles(folder, files);
    const module = await import(/* @vite-ignore */ pathToFileURL(join(folder, "validation.ts")).href);
    const { launchShip, watchShips, ...others } = module.operationSchemas;
    const issues = (schema: typeof module.shipSchema, value: unknown) =>
      schema["~standard"].validate(value).issues?.map(({ path }: { path: string[] }) => path.join("."));
    return {
      others,
      body: launchShip.body === module.shipSchema,
      params: issues(launchShip.params, { fleet: "a" }),
      statuses: Object.keys(launchShip.answers),
      answer: issues(launchShip.answers[200], [{ name: "Ann" }, {}]),
      items: [
        issues(watchShips.items, { event: "sunk", data: 1 }),
        issues(watchShips.items, { event: "sailed", data: { name: 1 } }),
      ],
    };
  });
  expect(found).toEqual({
    others: {},
    body: true,
    params: ["fleet"],
    statuses: ["200"],
    answer: ["1"],
    items: [undefined, ["data.name"]],
  });
});

test("what was generated checks values as the document says", async () => {
  const given = document(`
paths: { /ships: { get: { responses: { 200: { description: OK, content: { application/json: { schema: { $ref: '#/components/schemas/Ship' } } } } } } } }
components:
  schemas:
    Ship: { type: object, required: [name], properties: { name: { type: string, minLength: 1 }, tugs: { type: array, items: { $ref: '#/components/schemas/Ship' } }, picture: { type: string, format: binary } } }
    Standard: { type: string }
`);
  const files = await printFolder(representationOf(given), { validate: true, importExtension: ".ts" });
  const found = await withFolder({ "package.json": '{ "type": "module" }' }, async (folder) => {
    await writeFiles(folder, files);
    const { shipSchema } = await import(/* @vite-ignore */ pathToFileURL(join(folder, "validation.ts")).href);
    const validate = shipSchema["~standard"].validate;
    return [
      validate({ name: "Ann", tugs: [{ name: "Ben" }], picture: new Blob(["x"]) }).issues,
      validate({ name: "Ann", tugs: [{ name: "" }, {}] }).issues,
    ];
  });
  expect(found).toEqual([
    undefined,
    [
      { message: "It has 0 characters, at least 1 are needed.", path: ["tugs", 0, "name"] },
      { message: 'Its member "name" is missing.', path: ["tugs", 1] },
    ],
  ]);
});
