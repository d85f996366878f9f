import type { OpenAPIDocument } from "../src/document.ts";

/** Strings that would leave the place they are printed at, were they printed as they are. */
export const attacks = [
  '"; globalThis.owned = true; "',
  "'; globalThis.owned = true; '",
  "`; globalThis.owned = true; `",
  "*/ globalThis.owned = true; /*",
  "$".concat("{globalThis.owned = true}"),
  "}; globalThis.owned = true; {",
  "x\n globalThis.owned = true; //",
  "x\u2028globalThis.owned = true;\u2029//",
  "\\",
  "\\u0022; globalThis.owned = true;",
  "// <reference path='x' />",
  "/// <reference path='x' />",
  "```\n@deprecated\n```ts\n",
  "@constant */ x: 1, /*",
  "__proto__",
  "constructor",
  "$ref",
  "toString",
  "class",
  "",
  "%zz",
  "~0~1",
  "模型²",
];

/** A document with a string wherever OpenAPI lets a document choose one. */
export function hostileDocument(attack: string): OpenAPIDocument {
  const token = attack.replaceAll("~", "~0").replaceAll("/", "~1");
  const text = { description: attack, summary: attack, title: attack };
  const named = (value: unknown) => Object.fromEntries([[attack, value]]);
  const reference = `#/components/schemas/${encodeURIComponent(attack.replaceAll("~", "~0").replaceAll("/", "~1"))}`;
  const schema = {
    ...text,
    type: "object",
    required: [attack],
    properties: {
      ...named({
        ...text,
        type: "string",
        enum: [attack, "other"],
        default: attack,
        example: attack,
        format: attack,
      }),
      value: { const: attack, description: attack },
      list: { type: "array", items: { enum: [attack, 1] } },
      map: { type: "object", additionalProperties: { $ref: reference } },
      nested: { allOf: [{ $ref: reference }], ...text },
    },
  };
  const parameter = (place: string) => ({
    name: place === "path" ? attack.replaceAll(/[{}]/g, "") || "id" : attack,
    in: place,
    required: true,
    description: attack,
    schema: { type: "string", enum: [attack], default: attack },
  });
  const path = parameter("path");
  const variable = attack.replaceAll(/[{}]/g, "") || "name";
  const ownServer = {
    url: `https://{${variable}}.example.com`,
    name: attack,
    description: attack,
    variables: Object.fromEntries([
      [variable, { default: "a", enum: ["a", attack, `${attack} `], description: attack }],
    ]),
  };
  return {
    openapi: "3.2.0",
    info: { title: attack, version: attack, description: attack },
    "x-hawser-client": {
      name: attack,
      environment: { apiKey: "KEY" },
      options: { place: { description: attack.trim() || "Where." } },
    },
    servers: [{ url: `https://example.com/${attack.replaceAll(/[?#{}]/g, "")}`, description: attack }],
    tags: [{ name: attack, description: attack }],
    security: [named([attack])],
    paths: {
      [`/${attack.replaceAll(/[?#{}]/g, "")}`]: {
        post: {
          operationId: attack,
          tags: [attack],
          ...text,
          parameters: [parameter("query"), parameter("header"), parameter("cookie")],
          requestBody: {
            description: attack,
            content: {
              "application/json": {
                schema: { $ref: reference },
                examples: named({
                  summary: attack,
                  value: Object.fromEntries([
                    [attack, attack],
                    ["x", [attack]],
                  ]),
                }),
              },
            },
          },
          responses: {
            200: {
              description: attack,
              content: {
                "application/json": { schema: { $ref: reference } },
                "text/event-stream": {
                  schema: {
                    oneOf: [
                      { properties: { event: { const: `${attack} ` }, data: { $ref: reference } } },
                      { properties: { event: { const: "two" }, data: { type: "number" } } },
                      { properties: { data: { const: attack } } },
                    ],
                  },
                },
              },
            },
            "4XX": {
              description: attack,
              content: { "application/json": { schema: { type: "string", description: attack } } },
            },
          },
          "x-hawser-stream": { flag: attack },
        },
      },
      "/lists": {
        get: {
          operationId: "hostileList",
          servers: [ownServer],
          parameters: [{ ...parameter("query"), required: false, "x-hawser-option": "place" }],
          "x-hawser-pages": { scheme: "offset", offset: attack, items: `/${token}` },
          "x-hawser-finders": { findIt: { pointer: `/${token}`, parameter: attack } },
          responses: {
            200: {
              content: { "application/json": { schema: { $ref: "#/components/schemas/HostileList" } } },
            },
          },
        },
        post: {
          operationId: "hostileCreate",
          "x-hawser-envelope": {
            data: `/${token} data`,
            success: { pointer: `/${token} data`, values: [attack] },
          },
          "x-hawser-cost": {
            perHour: `/${token}`,
            prices: { operation: "hostileList", perHour: `/${token}`, match: named(`/${token}`) },
          },
          "x-hawser-when-unknown": attack.trim() || "Look.",
          requestBody: {
            content: {
              "application/json": {
                schema: {
                  properties: named({
                    "x-hawser-map": { key: attack, value: `${attack} value` },
                    type: "array",
                    items: {
                      properties: { ...named({ type: "string" }), [`${attack} value`]: { type: "string" } },
                    },
                  }),
                },
              },
            },
          },
          responses: {
            200: {
              content: { "application/json": { schema: { $ref: "#/components/schemas/HostileAnswer" } } },
            },
          },
        },
      },
      [`/lists/{${path.name}}`]: {
        get: {
          operationId: "hostilePoll",
          parameters: [path],
          "x-hawser-envelope": { data: `/${token} data` },
          "x-hawser-waiters": {
            waitUntilIt: {
              delay: { minimum: 1, maximum: 2 },
              timeout: 3,
              acceptors: [{ state: "success", pointer: `/${token}`, values: [attack, named(attack)] }],
              progress: `/${token}`,
              reason: `/${token}`,
              create: { operation: "hostileCreate", id: `/${token}` },
            },
          },
          responses: {
            200: {
              content: { "application/json": { schema: { $ref: "#/components/schemas/HostileAnswer" } } },
            },
          },
        },
      },
      "/uploads": {
        get: {
          operationId: "hostileUpload",
          parameters: [parameter("query")],
          "x-hawser-upload": {
            method: "upload",
            url: `/${token}`,
            result: `/${token}`,
            contentType: attack,
            extension: attack,
          },
          responses: { 200: { content: { "application/json": {} } } },
        },
      },
      [`/things/{${path.name}}`]: {
        get: {
          ...text,
          parameters: [path],
          responses: {
            200: {
              description: attack,
              content: {
                "application/json": { schema },
                "text/plain": {
                  schema: { type: "string" },
                  "x-hawser-when": { property: attack, values: [attack] },
                },
              },
            },
          },
        },
        put: {
          parameters: [path],
          requestBody: {
            required: true,
            content: { "multipart/form-data": { schema, encoding: named({ contentType: attack }) } },
          },
          responses: {
            200: {
              description: attack,
              content: {
                "application/json": { schema },
                "text/plain": {
                  schema: { type: "string" },
                  "x-hawser-when": { property: attack, values: [attack] },
                },
              },
            },
          },
        },
      },
    },
    components: {
      schemas: {
        HostileAnswer: {
          properties: {
            [`${attack} data`]: { description: attack, properties: { [attack]: { type: "string" } } },
          },
        },
        HostileList: {
          properties: {
            [attack]: { type: "array", items: { properties: { [attack]: { type: "string" } } } },
          },
        },
        ...named(schema),
        Other: { type: "object", discriminator: { propertyName: attack }, oneOf: [{ $ref: reference }] },
      },
      securitySchemes: named({ type: "apiKey", in: "header", name: attack, description: attack }),
    },
  };
}
