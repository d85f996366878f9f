import { dereference, type OpenAPIDocument, type OperationEntry, operationsOf } from "../document.ts";
import { asArray, asObject, isObject, joinPointer } from "../json.ts";
import { walkSchemas } from "../walk-document.ts";
import type { Pass } from "./report.ts";

const schemaTypes = ["string", "number", "integer", "boolean", "object", "array", "null"];

/**
 * Changes nothing: what a document says and a generated client could not do is a problem, so that it doesn't turn into
 * a client that does something else.
 */
export const representable: Pass = (document, report) => {
  for (const [path, item] of Object.entries(asObject(document.paths))) {
    const pathItem = asObject(dereference(document, item));
    const pointer = joinPointer("#/paths", path);
    if (isObject(pathItem.additionalOperations)) {
      report.problem(
        pointer,
        "additionalOperations has methods of its own, which no client can be generated for: remove it with an overlay.",
      );
    }
  }
  for (const entry of operationsOf(document)) checkOperation(document, entry, report.problem.bind(report));
  for (const [name, value] of Object.entries(asObject(asObject(document.components).securitySchemes))) {
    const { type, in: place } = asObject(dereference(document, value));
    const pointer = joinPointer("#/components/securitySchemes", name);
    if (type === "apiKey" && !["header", "query", "cookie"].includes(String(place))) {
      report.problem(
        pointer,
        `an API key stands in a header, a query parameter or a cookie, not in "${String(place)}".`,
      );
    } else if (!["http", "apiKey", "oauth2", "openIdConnect", "mutualTLS"].includes(String(type))) {
      report.problem(pointer, `"${String(type)}" is no type of a security scheme.`);
    }
  }
  walkSchemas(document, ({ type }, pointer) => {
    const unknown = [type].flat().find((name) => name !== undefined && !schemaTypes.includes(String(name)));
    if (unknown !== undefined) {
      report.problem(
        pointer,
        `${said(unknown)} is no type of JSON Schema, which has ${schemaTypes.join(", ")}; without a type, a value can be anything.`,
      );
    }
  });
};

function said(type: unknown): string {
  return typeof type === "string" ? `"${type}"` : `${JSON.stringify(type).slice(0, 60)}…`;
}

type Problem = (pointer: string, message: string) => void;

function checkOperation(
  document: OpenAPIDocument,
  { operation, pointer }: OperationEntry,
  problem: Problem,
): void {
  for (const [index, value] of asArray(operation.parameters).entries()) {
    const { in: place } = asObject(dereference(document, value));
    if (["path", "query", "header", "cookie"].includes(String(place))) continue;
    problem(
      joinPointer(pointer, "parameters", index),
      `a parameter in "${String(place)}" can't be sent: describe it in path, query, header or cookie.`,
    );
  }
  const declared = asObject(asObject(document.components).securitySchemes);
  for (const requirement of asArray(operation.security ?? document.security)) {
    for (const name of Object.keys(asObject(requirement))) {
      if (!Object.hasOwn(declared, name))
        problem(pointer, `its security names "${name}", which components.securitySchemes doesn't describe.`);
    }
  }
}
