import { join } from "node:path";
import { expect, test } from "vitest";
import { typeErrors } from "../../../test/check-types.ts";
import {
  document,
  fixtures,
  operation,
  repository,
  representationOf,
  textOf,
} from "../../../test/documents.ts";
import { attacks, hostileDocument } from "../../../test/hostile.ts";
import { generate } from "../../generate.ts";
import type { IR } from "../../ir/ir.ts";
import type { GeneratedFile } from "../typescript/print-typescript.ts";
import { printFolder } from "./print-folder.ts";

const client = (ir: IR) => printFolder(ir, { docs: true, validate: true });

/** The programs of a README. */
function programsIn(files: readonly GeneratedFile[]): string[] {
  return [...textOf(files, "README.md").matchAll(/^```ts\n(.*?)^```$/gms)].map(([, text]) => text ?? "");
}

/** What a strict user's compiler says about the client and all programs of its README. */
function problemsIn(files: readonly GeneratedFile[]): string[] {
  const code = files.filter(({ path }) => path.endsWith(".ts"));
  const programs = programsIn(files).map((content, index) => ({ path: `program-${index}.ts`, content }));
  return typeErrors([...code, ...programs]);
}

/** Links that lead to no anchor, and to no line that holds what they are called. */
function brokenLinks(files: readonly GeneratedFile[]): string[] {
  const api = textOf(files, "api.md");
  const anchors = new Set([...api.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id));
  const inside = [...api.matchAll(/\]\(#([^)]+)\)/g)]
    .map(([, id]) => id ?? "")
    .filter((id) => !anchors.has(id));
  const outside = [...api.matchAll(/\[`([^`]+)`\]\(([\w./-]+)#L(\d+)\)/g)].filter(
    ([, name = "", path = "", line]) => {
      const text = textOf(files, path).split("\n")[Number(line) - 1] ?? "";
      return !text.includes(name.split(".").at(-1) ?? "");
    },
  );
  return [...inside, ...outside.map(([link]) => link)];
}

const documents = [
  ["cloud", join(fixtures, "cloud/openapi.yaml"), undefined],
  ["harbour", join(fixtures, "harbour/openapi.yaml"), undefined],
  ...[
    "runcrate/inference",
    "runcrate/infrastructure",
    "crun/inference",
    "vcita/ai",
    "common/openai-compatible",
  ].map(
    (name) =>
      [
        name,
        join(repository, `openapi/${name}.yaml`),
        join(repository, `openapi/${name}.overlay.yaml`),
      ] as const,
  ),
] as const;

test.each(documents)(
  "the examples in the README of %s compile, and the links of its api.md lead somewhere",
  async (_name, path, overlay) => {
    const { files } = await generate({
      document: path,
      overlays: overlay === undefined ? [] : [overlay],
      docs: true,
    });
    expect(problemsIn(files)).toEqual([]);
    expect(programsIn(files).length).toBeGreaterThan(3);
    expect(brokenLinks(files)).toEqual([]);
  },
);

test.each(attacks)(
  "the README of a document full of %j compiles, and its words stay words",
  async (attack) => {
    const files = await client(representationOf(hostileDocument(attack)));
    expect(problemsIn(files)).toEqual([]);
    expect(brokenLinks(files)).toEqual([]);
    const text = textOf(files, "README.md") + textOf(files, "api.md");
    expect(text.split("\n").filter((line) => /^```[^`]*$/.test(line)).length % 2).toBe(0);
  },
);

test("every method stands in api.md with its request line, its signature and its answer", async () => {
  const { files, ir } = await generate({ document: join(fixtures, "cloud/openapi.yaml"), docs: true });
  const api = textOf(files, "api.md");
  for (const { method, path } of ir.operations) expect(api).toContain(`\`${method} ${path}\``);
  expect(api).toContain("## [`instances.retrieve`](client.ts#L");
  expect(api).toMatch(/Answers \[`Instance`\]\(schema\.ts#L\d+\)/);
  expect(api).toContain(
    "retrieve(id: string, options?: RequestOptions): APIPromise<Instance, RetrieveInstanceErrors, InstanceAnswer>;",
  );
  expect(api).toContain("createAndWait(");
});

test("a README shows the key, the client's own options, a stream, lists and waiting", async () => {
  const { files } = await generate({ document: join(fixtures, "cloud/openapi.yaml"), docs: true });
  const readme = textOf(files, "README.md");
  expect(readme).toContain("| `apiKey` | `CLOUD_API_KEY` |");
  expect(readme).toContain("| `environment` | `CLOUD_ENVIRONMENT` | The environment that calls are about. |");
  for (const section of [
    "The client",
    "A call",
    "A stream",
    "Lists",
    "Waiting",
    "Files",
    "Errors",
    "Functions",
  ])
    expect(readme).toContain(`\n## ${section}\n`);
});

test("what a client doesn't have isn't in its README", async () => {
  const readme = textOf(await client(representationOf(operation(""))), "README.md");
  expect(readme).toContain("The API asks for no key.");
  for (const section of ["A stream", "Lists", "Waiting", "Files"])
    expect(readme).not.toContain(`## ${section}`);
});

test.each([
  [
    "a union of objects",
    "{ oneOf: [{ type: object, required: [kind], properties: { kind: { const: a } } }, { type: object, required: [n], properties: { n: { type: integer } } }] }",
  ],
  [
    "a tuple",
    "{ type: object, required: [at], properties: { at: { type: array, prefixItems: [{ type: number }, { type: string }], items: false } } }",
  ],
  ["a map", "{ type: object, additionalProperties: { type: integer } }"],
  ["something that needs itself", "{ $ref: '#/components/schemas/Loop' }"],
  [
    "what one part requires of another",
    "{ allOf: [{ $ref: '#/components/schemas/Part' }, { required: [name] }] }",
  ],
  [
    "an open enum",
    "{ type: object, required: [size], properties: { size: { anyOf: [{ enum: [big] }, { type: string }] } } }",
  ],
  [
    "a member that is null at times",
    "{ type: object, required: [x, y], properties: { x: { type: [string, 'null'] }, y: { type: 'null' } } }",
  ],
  ["lists of lists", "{ type: array, items: { type: array, items: { type: boolean } } }"],
  ["anything", "{}"],
])("a README of a body that is %s compiles", async (_name, schema) => {
  const components =
    "{ schemas: { Loop: { type: object, required: [loop], properties: { loop: { $ref: '#/components/schemas/Loop' } } }, Part: { type: object, properties: { name: { type: string } } } } }";
  const given = operation(
    `requestBody: { required: true, content: { application/json: { schema: ${schema} } } }`,
    components,
  );
  const files = await client(representationOf(given));
  expect(problemsIn(files)).toEqual([]);
});

test("an example that doesn't fit its schema is mended, not printed", async () => {
  const given = operation(`
requestBody:
  required: true
  content:
    application/json:
      schema: { type: object, required: [name, size], properties: { name: { type: string }, size: { enum: [s, l] } } }
      example: { name: Ann, size: xl, color: red }
`);
  const files = await client(representationOf(given));
  expect(textOf(files, "README.md")).toContain('{ name: "Ann", size: "s" }');
  expect(problemsIn(files)).toEqual([]);
});

test("names of the runtime that a schema has taken are imported from the runtime", async () => {
  const given = document(`
paths: { /a: { get: { responses: { 200: { description: OK, content: { application/json: { schema: { $ref: '#/components/schemas/APIError' } } } } } } } }
components: { schemas: { APIError: { type: object, properties: { message: { type: string } } } } }
`);
  const files = await client(representationOf(given));
  expect(textOf(files, "README.md")).toContain('import { APIError } from "@hawser/runtime";');
  expect(textOf(files, "README.md")).toContain('import { apiErrorSchema } from "./validation.js";');
  expect(problemsIn(files)).toEqual([]);
});
