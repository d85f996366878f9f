import { type Difference, diff, type IR } from "../src/index.ts";
import { document, representationOf } from "./documents.ts";

const head = `
servers: [{ url: https://example.com }]
components:
  securitySchemes: { key: { type: http, scheme: bearer }, token: { type: apiKey, in: header, name: X-Token } }
`;

/** A document with one operation `ships.create` and the given members, from YAML. */
export function ships(operation: string, schemas = "{}", root = ""): IR {
  const indented = operation.trim().replaceAll("\n", "\n      ");
  return representationOf(
    document(`${head}  schemas: ${schemas}
${root}
paths:
  /ships:
    post:
      operationId: createShip
      ${indented}
`),
  );
}

/** A request body of JSON. */
export const body = (schema: string) =>
  `requestBody: { required: true, content: { application/json: { schema: ${schema} } } }`;
/** A successful answer of JSON. */
export const answer = (schema: string) =>
  `responses: { 200: { description: OK, content: { application/json: { schema: ${schema} } } } }`;
/** A representation that asks for a body. */
export const asks = (schema: string) => ships(`${body(schema)}\nresponses: { 204: { description: Done. } }`);
/** A representation that answers with a schema. */
export const answers = (schema: string) => ships(answer(schema));

function lines(differences: readonly Difference[]): string[] {
  return differences.map(
    ({ level, breaks, message }) => `${level}${breaks.map((who) => ` ${who}`).join("")}: ${message}`,
  );
}

/** What differs, as `level audience: sentence`. */
export function found(old: IR, next: IR): string[] {
  return lines(diff(old, next));
}
