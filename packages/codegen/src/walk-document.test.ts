import { expect, test } from "vitest";
import { document } from "../test/documents.ts";
import { walkDocument, walkSchemas } from "./walk-document.ts";

const given = document(`
paths:
  /example:
    post:
      parameters: [{ name: a, in: query, schema: { type: string }, example: { schema: {} } }]
      requestBody:
        content:
          application/json:
            schema: { allOf: [{ type: object }], not: { type: "null" } }
            examples: { one: { value: { schema: { type: string } } } }
      responses:
        default:
          content:
            text/event-stream: { itemSchema: { type: object, properties: { example: { type: string } } } }
      x-note: { schema: {} }
      x-hawser-stream: { error: { type: string }, events: [{ schema: { type: number } }] }
components:
  responses: { schema: { content: { value: { schema: { type: boolean } } } } }
  schemas:
    default:
      properties: { properties: { type: string }, enum: { items: { type: string } } }
      default: { properties: { no: {} } }
      enum: [{ items: {} }]
      additionalProperties: true
`);

test("every schema is visited with its pointer, whatever it is called, and nothing that is data", () => {
  const pointers: string[] = [];
  walkSchemas(given, (_schema, pointer) => pointers.push(pointer));
  expect(pointers).toEqual([
    "#/paths/~1example/post/parameters/0/schema",
    "#/paths/~1example/post/requestBody/content/application~1json/schema",
    "#/paths/~1example/post/requestBody/content/application~1json/schema/allOf/0",
    "#/paths/~1example/post/requestBody/content/application~1json/schema/not",
    "#/paths/~1example/post/responses/default/content/text~1event-stream/itemSchema",
    "#/paths/~1example/post/responses/default/content/text~1event-stream/itemSchema/properties/example",
    "#/paths/~1example/post/x-hawser-stream/error",
    "#/paths/~1example/post/x-hawser-stream/events/0/schema",
    "#/components/responses/schema/content/value/schema",
    "#/components/schemas/default",
    "#/components/schemas/default/properties/properties",
    "#/components/schemas/default/properties/enum",
    "#/components/schemas/default/properties/enum/items",
  ]);
});

test("other objects are visited too, and said to be no schemas", () => {
  const pointers: string[] = [];
  walkDocument(given, (_object, pointer, kind) => kind === "other" && pointers.push(pointer));
  expect(pointers).toContain("#/paths/~1example/post/responses/default/content/text~1event-stream");
  expect(pointers).not.toContain("#/paths/~1example/post/x-note");
  expect(pointers.some((pointer) => pointer.includes("/examples/"))).toBe(false);
});
