import { describe, expect, test } from "vitest";
import type { OpenAPIDocument } from "../src/document.ts";
import { asObject, resolvePointer } from "../src/json.ts";
import { normalise } from "../src/normalise/normalise.ts";
import { typeErrors } from "./check-types.ts";
import { clientOf, document, operation, textOf } from "./documents.ts";

const head = `import { TestClient, type Thing } from "./index.js";
declare const thing: Thing;
declare const client: TestClient;
declare function show(...values: unknown[]): void;
show(thing, client);
`;

/** A document of one operation, `client.things.create`, that takes and gives the schema `Thing`. */
function withThing(version: string, schemas: string) {
  const media = "content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } }";
  const given = operation(
    `requestBody: { required: true, ${media} }\nresponses: { 200: { description: OK, ${media} } }`,
    `{ schemas: ${schemas} }`,
  );
  return { ...given, openapi: version };
}

interface SchemaCase {
  readonly version?: string;
  readonly given: string;
  /** What a user can do with it, and with `@ts-expect-error` what not. */
  readonly use: string;
}

const variants = `Cat: { type: object, required: [kind, lives], properties: { kind: { type: string }, lives: { type: integer } } },
  Dog: { type: object, required: [kind, name], properties: { kind: { type: string }, name: { type: string } } }`;

describe("a schema", () => {
  test.each<[string, SchemaCase]>([
    [
      "with a discriminator and a mapping is narrowed by the mapping",
      {
        given: `{ Thing: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: kind, mapping: { cat: '#/components/schemas/Cat', dog: Dog } } }, ${variants} }`,
        use: 'if (thing.kind === "cat") thing.lives.toFixed();\nelse thing.name.at(0);\n// @ts-expect-error there is no bird\nif (thing.kind === "bird") show();',
      },
    ],
    [
      "with a discriminator alone is narrowed by the constants of its variants",
      {
        given:
          "{ Thing: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: kind } }, Cat: { type: object, required: [kind, lives], properties: { kind: { const: cat }, lives: { type: integer } } }, Dog: { type: object, required: [kind, name], properties: { kind: { enum: [dog] }, name: { type: string } } } }",
        use: 'if (thing.kind === "cat") thing.lives.toFixed();\nelse thing.name.at(0);',
      },
    ],
    [
      "with a discriminator and nothing else is narrowed by the names of its variants",
      {
        given: `{ Thing: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: kind } }, ${variants} }`,
        use: 'if (thing.kind === "Cat") thing.lives.toFixed();\nelse thing.name.at(0);',
      },
    ],
    [
      "of 3.0 that is nullable can be null",
      {
        version: "3.0.3",
        given:
          "{ Thing: { type: object, required: [a, b], properties: { a: { type: string, nullable: true }, b: { nullable: true, allOf: [{ $ref: '#/components/schemas/Other' }] } } }, Other: { type: object, required: [c], properties: { c: { type: integer } } } }",
        use: "thing.a?.at(0);\nthing.b?.c.toFixed();\n// @ts-expect-error it can be null\nthing.a.at(0);\n// @ts-expect-error it can be null\nthing.b.c.toFixed();",
      },
    ],
    [
      "with several types is any of them",
      {
        given:
          '{ Thing: { type: object, required: [a], properties: { a: { type: [string, integer, "null"] } } } }',
        use: "const a: string | number | null = thing.a;\nshow(a);\n// @ts-expect-error it can be a number\nconst b: string | null = thing.a;\nshow(b);",
      },
    ],
    [
      "with constants has their types",
      {
        given:
          "{ Thing: { type: object, required: [a, b, c, d], properties: { a: { const: x }, b: { const: 1 }, c: { const: true }, d: { const: null } } } }",
        use: 'const all: ["x", 1, true, null] = [thing.a, thing.b, thing.c, thing.d];\nshow(all);\n// @ts-expect-error another constant\nawait client.things.create({ a: "y", b: 1, c: true, d: null });',
      },
    ],
    [
      "that is all of several has the members of each",
      {
        given:
          "{ Thing: { allOf: [{ $ref: '#/components/schemas/Base' }, { type: object, properties: { b: { type: integer } } }], required: [b] }, Base: { type: object, required: [a], properties: { a: { type: string } } } }",
        use: 'thing.a.at(0);\nthing.b.toFixed();\n// @ts-expect-error b is required by the whole\nawait client.things.create({ a: "x" });',
      },
    ],
    [
      "that is any of several takes each",
      {
        given:
          "{ Thing: { anyOf: [{ type: object, required: [a], properties: { a: { type: string } } }, { type: array, items: { type: integer } }, { type: string }] } }",
        use: 'await client.things.create({ a: "x" });\nawait client.things.create([1]);\nawait client.things.create("x");\n// @ts-expect-error none of them\nawait client.things.create(1);',
      },
    ],
    [
      "that holds itself does so at any depth",
      {
        given:
          "{ Thing: { type: object, required: [children], properties: { children: { type: array, items: { $ref: '#/components/schemas/Thing' } }, parent: { $ref: '#/components/schemas/Thing' } } } }",
        use: "thing.children[0]?.children[0]?.parent?.children.at(0);\nawait client.things.create({ children: [{ children: [] }] });",
      },
    ],
    [
      "with additional properties has members by any name",
      {
        given:
          "{ Thing: { type: object, required: [labels], properties: { labels: { type: object, additionalProperties: { type: string } }, closed: { type: object, additionalProperties: false, properties: { a: { type: string } } } } } }",
        use: 'const label: string | undefined = thing.labels.a;\nshow(label);\nawait client.things.create({ labels: { b: "c" } });\n// @ts-expect-error labels are text\nawait client.things.create({ labels: { b: 1 } });\n// @ts-expect-error it has no other members\nthing.closed?.b;',
      },
    ],
    [
      "with formats is what they are on the wire",
      {
        given:
          "{ Thing: { type: object, required: [a, b, c, d, e], properties: { a: { type: string, format: date-time }, b: { type: string, format: uuid }, c: { type: integer, format: int64 }, d: { type: number, format: double }, e: { type: string, format: byte } } } }",
        use: "const all: [string, string, number, number, string] = [thing.a, thing.b, thing.c, thing.d, thing.e];\nshow(all);",
      },
    ],
    [
      "with members that are only read or only written has them all",
      {
        given:
          "{ Thing: { type: object, properties: { id: { type: string, readOnly: true }, secret: { type: string, writeOnly: true }, name: { type: string } } } }",
        use: 'show(thing.id, thing.name);\nawait client.things.create({ secret: "x", name: "y" });',
      },
    ],
    [
      "of a list with fixed places has a type for each",
      {
        given:
          "{ Thing: { type: object, required: [at], properties: { at: { type: array, prefixItems: [{ type: number }, { type: string }], minItems: 2, maxItems: 2, items: false } } } }",
        use: "thing.at[0].toFixed();\nthing.at[1].at(0);",
      },
    ],
  ])("%s", async (_name, { version = "3.1.0", given, use }) => {
    expect(typeErrors(await clientOf(withThing(version, given)), head + use)).toEqual([]);
  });
});

const parameter = (rest: string) => `parameters: [{ name: p, ${rest} }]`;
const list = "schema: { type: array, items: { type: string } }";
const object = "schema: { type: object, properties: { a: { type: string }, b: { type: integer } } }";

describe("a parameter", () => {
  test.each<[string, { given: string; want: string[]; use: string }]>([
    ...["form", "spaceDelimited", "pipeDelimited"].flatMap((style) =>
      [true, false].map((explode): [string, { given: string; want: string[]; use: string }] => [
        `of a query, ${style}, ${explode ? "exploded" : "in one"}, takes a list`,
        {
          given: parameter(`in: query, style: ${style}, explode: ${explode}, ${list}`),
          want: [
            'in: "query"',
            ...(style === "form" ? [] : [`style: "${style}"`]),
            // Left out where it is the usual one (Parameter Object: true for form, false for all others).
            ...(explode === (style === "form") ? [] : [`explode: ${explode}`]),
          ],
          use: 'await client.things.create({ p: ["a", "b"] });\n// @ts-expect-error a list of text\nawait client.things.create({ p: [1] });',
        },
      ]),
    ),
    [
      "of a query, as a deep object, takes an object",
      {
        given: parameter(`in: query, style: deepObject, explode: true, ${object}`),
        want: ['style: "deepObject"', "explode: true"],
        use: 'await client.things.create({ p: { a: "x", b: 1 } });\n// @ts-expect-error b is a number\nawait client.things.create({ p: { b: "x" } });',
      },
    ],
    [
      "of a header takes a list",
      {
        given: parameter(`in: header, style: simple, explode: true, ${list}`),
        want: ['in: "header"', "explode: true"],
        use: 'await client.things.create({ p: ["a"] });',
      },
    ],
    [
      "of a cookie takes text",
      {
        given: parameter("in: cookie, schema: { type: string }"),
        want: ['in: "cookie"'],
        use: 'await client.things.create({ p: "a" });',
      },
    ],
    [
      "with reserved characters says so",
      {
        given: parameter("in: query, allowReserved: true, schema: { type: string }"),
        want: ["allowReserved: true"],
        use: 'await client.things.create({ p: "a/b" });',
      },
    ],
    [
      "of JSON takes what the JSON holds",
      {
        given: parameter(`in: query, content: { application/json: { ${object} } }`),
        want: ['content: "application/json"'],
        use: 'await client.things.create({ p: { a: "x" } });',
      },
    ],
  ])("%s", async (_name, { given, want, use }) => {
    const files = await clientOf(operation(given, "{ schemas: { Thing: { type: string } } }"));
    for (const text of want) expect(textOf(files, "operations.ts")).toContain(text);
    expect(typeErrors(files, head.replace(", type Thing", "").replace("Thing", "string") + use)).toEqual([]);
  });

  test.each(["simple", "label", "matrix"])("of a path, %s, takes a list, exploded or not", async (style) => {
    const place = (explode: boolean) => ({
      get: {
        operationId: `get${explode}`,
        parameters: [
          {
            name: "p",
            in: "path",
            required: true,
            style,
            explode,
            schema: { type: "array", items: { type: "string" } },
          },
        ],
        responses: { 204: { description: "Done." } },
      },
    });
    const files = await clientOf({
      ...document(""),
      paths: { "/a/{p}": place(true), "/b/{p}": place(false) },
    });
    const operations = textOf(files, "operations.ts");
    expect(operations).toContain("explode: true");
    if (style !== "simple") expect(operations).toContain(`style: "${style}"`);
    const use = `import { TestClient } from "./index.js";
const client = new TestClient();
await client.a.retrieve(["x"]);
await client.b.retrieve(["x"]);
// @ts-expect-error a list of text
await client.b.retrieve([1]);`;
    expect(typeErrors(files, use)).toEqual([]);
  });
});

describe("a body", () => {
  const upload =
    "{ type: object, required: [file], properties: { file: { type: string, format: binary }, meta: { type: object, properties: { a: { type: integer } } }, tags: { type: array, items: { type: string } } } }";
  test.each<[string, { given: string; want: string[]; use: string }]>([
    [
      "of several parts says how each is written",
      {
        given: `{ multipart/form-data: { schema: ${upload}, encoding: { meta: { contentType: application/json }, file: { contentType: image/png }, tags: { style: form, explode: true } } } }`,
        want: ['encoding: "multipart"', '"application/json"', '"image/png"'],
        use: 'await client.things.create({ file: new Blob(["x"]), meta: { a: 1 }, tags: ["t"] });\n// @ts-expect-error a file is needed\nawait client.things.create({ meta: { a: 1 } });',
      },
    ],
    [
      "of a form says how each member is written",
      {
        given: `{ application/x-www-form-urlencoded: { schema: { type: object, required: [a], properties: { a: { type: string }, l: { type: array, items: { type: string } } } }, encoding: { l: { style: spaceDelimited, explode: false } } } }`,
        want: ['encoding: "urlencoded"', '"spaceDelimited"'],
        use: 'await client.things.create({ a: "x", l: ["y"] });\n// @ts-expect-error a is needed\nawait client.things.create({});',
      },
    ],
    [
      "of bytes takes whatever has bytes",
      {
        given: "{ image/png: { schema: { type: string, format: binary } } }",
        want: ['encoding: "binary"', 'mediaType: "image/png"'],
        use: 'await client.things.create(new Blob(["x"]));\nawait client.things.create(new Uint8Array(2));',
      },
    ],
    [
      "of text takes text",
      {
        given: "{ text/plain: { schema: { type: string } } }",
        want: ['encoding: "text"'],
        use: 'await client.things.create("x");\n// @ts-expect-error no text\nawait client.things.create(1);',
      },
    ],
  ])("%s", async (_name, { given, want, use }) => {
    const files = await clientOf(
      operation(
        `requestBody: { required: true, content: ${given} }`,
        "{ schemas: { Thing: { type: string } } }",
      ),
    );
    for (const text of want) expect(textOf(files, "operations.ts")).toContain(text);
    expect(typeErrors(files, head.replace(", type Thing", "").replace("Thing", "string") + use)).toEqual([]);
  });
});

test("several servers are all there, the first in use", async () => {
  const given = {
    ...operation(""),
    servers: [
      { url: "https://a.example/v1", description: "Here." },
      {
        url: "https://{region}.example",
        variables: { region: { default: "eu", enum: ["eu", "us"] } },
      },
    ],
  };
  const text = textOf(await clientOf(given), "operations.ts");
  expect(text).toContain('{ url: "https://a.example/v1", description: "Here." }');
  expect(text).toContain('variables: { region: { default: "eu", enum: ["eu", "us"] } }');
});

test("alternatives of security are kept in their order, and an operation can need none", async () => {
  const given = {
    ...operation("security: [{ key: [] }, { login: [read], token: [] }, {}]"),
    components: {
      securitySchemes: {
        key: { type: "apiKey", in: "header", name: "X-Key" },
        token: { type: "http", scheme: "bearer" },
        login: {
          type: "oauth2",
          flows: { clientCredentials: { tokenUrl: "https://a.example/token", scopes: { read: "Reads." } } },
        },
      },
    },
  };
  const text = textOf(await clientOf(given), "operations.ts").replace(/\s+/g, " ");
  expect(text).toContain('{ key: [] }, { login: ["read"], token: [] }, {}');
  for (const part of ['in: "header"', 'scheme: "bearer"', 'tokenUrl: "https://a.example/token"'])
    expect(text).toContain(part);
});

test("webhooks and callbacks are none of a client's calls, and what they describe has types", async () => {
  const media = {
    content: { "application/json": { schema: { $ref: "#/components/schemas/Event" } } },
  };
  const post = (operationId: string) => ({
    post: { operationId, requestBody: media, responses: { 204: { description: "Heard." } } },
  });
  const given: OpenAPIDocument = {
    ...operation(""),
    webhooks: { moored: post("moored") },
    components: { schemas: { Event: { type: "object", properties: { at: { type: "string" } } } } },
  };
  asObject(resolvePointer(given, "#/paths/~1things/post")).callbacks = {
    done: { "{$request.body#/url}": post("done") },
  };
  const { document: normalised } = normalise(given, "test.yaml");
  expect(Object.keys(normalised)).toContain("webhooks");
  const files = await clientOf(given);
  expect(textOf(files, "operations.ts").match(/export function \w+/g)).toEqual([
    "export function createClient",
    "export function run",
  ]);
  const use = 'import type { Event } from "./index.js";\nexport const event: Event = { at: "now" };';
  expect(typeErrors(files, use)).toEqual([]);
});

test("what is deprecated is struck out in an editor", async () => {
  const files = await clientOf(
    operation(
      "deprecated: true\nparameters: [{ name: p, in: query, deprecated: true, schema: { type: string } }]\nresponses: { 200: { description: OK, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } } }",
      "{ schemas: { Thing: { type: object, deprecated: true, properties: { old: { type: string, deprecated: true } } } } }",
    ),
  );
  expect(textOf(files, "client.ts")).toContain("@deprecated");
  expect(textOf(files, "operations.ts")).toContain("@deprecated");
  expect(textOf(files, "schema.ts").match(/@deprecated/g)).toHaveLength(3);
});
