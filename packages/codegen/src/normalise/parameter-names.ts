import { dereference, type OpenAPIDocument } from "../document.ts";
import { asArray, asObject, type JsonObject } from "../json.ts";

/** The names of an operation's parameters that stand in one place: `path`, `query`, `header` or `cookie`. */
export function parameterNames(document: OpenAPIDocument, operation: JsonObject, place: string): string[] {
  return asArray(operation.parameters)
    .map((parameter) => asObject(dereference(document, parameter)))
    .filter((parameter) => parameter.in === place)
    .map(({ name }) => String(name));
}
