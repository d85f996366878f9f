import { parse } from "yaml";
import type { OpenAPIDocument } from "../src/document.ts";
import { resolvePointer } from "../src/json.ts";
import type { Language } from "../src/language.ts";
import { applyStainless } from "../src/stainless/apply-stainless.ts";
import { document } from "./documents.ts";

/** Two operations that list and add berths, with what a configuration says of them. */
export const berths = `
paths:
  /berths:
    get:
      parameters: [{ name: after, in: query, schema: {} }, { name: limit, in: query, schema: {} }]
      responses: { 200: { description: OK, content: { application/json: { schema: { $ref: "#/components/schemas/Berths" } } } } }
    post:
      requestBody: { content: { application/json: { schema: { type: object, properties: { name: {}, streamed: { type: boolean } } } } } }
      responses: { 200: { description: OK, content: { application/json: { schema: { $ref: "#/components/schemas/Berth" } } } } }
components:
  securitySchemes: { Key: { type: http, scheme: bearer }, Pair: { type: http, scheme: basic } }
  schemas:
    Berth: { type: object, required: [id], properties: { id: { type: string } } }
    Berths: { type: object, required: [data], properties: { data: { type: array, items: { $ref: "#/components/schemas/Berth" } }, next: { type: string }, more: { type: boolean } } }
`;

/** What applying a configuration to a document gives, and what its two operations have become. */
export function applyToBerths(config: string, given = berths, language?: Language, base?: OpenAPIDocument) {
  const before = document(given);
  const file = { source: "/api/stainless.yml", config: parse(config) ?? {}, lineOf: () => undefined };
  const applied = applyStainless(before, base ?? before, file, language);
  const at = (pointer: string) => resolvePointer(applied.document, pointer);
  const list = at("#/paths/~1berths/get") as Record<string, unknown>;
  const add = at("#/paths/~1berths/post") as Record<string, unknown>;
  return { ...applied, at, list, add };
}
