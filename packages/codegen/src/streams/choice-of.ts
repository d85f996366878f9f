import { dereference, type OpenAPIDocument, variantsOf } from "../document.ts";
import { asArray, asObject, isObject, type JsonObject } from "../json.ts";

/** Which requests are answered with the stream. */
export interface StreamChoice {
  /** `accept`: those whose `Accept` header asks for it. */
  readonly mode: "always" | "flag" | "accept";
  /** The boolean member of the request body, or query parameter, that asks for the stream, when `mode` is `flag`. */
  readonly flag?: string;
  /** Where the flag is, when it isn't in the body. */
  readonly in?: "query";
}

/**
 * Which requests are answered with the stream: those with the flag that is named, or the one that is called `stream`, as
 * the field calls it; without one those whose `Accept` asks for it (RFC 9110, 12.5.1), where one answer is both.
 *
 * @param given the name of the flag, when a key says it
 * @returns the end of a sentence, saying what to write, when it can't be known
 */
export function choiceOf(
  document: OpenAPIDocument,
  operation: JsonObject,
  answer: { readonly status: string; readonly alternatives: readonly string[] },
  given: unknown,
): StreamChoice | string {
  if (answer.alternatives.length === 0) return { mode: "always" };
  const named = given ?? operation["x-speakeasy-stream-request-field"];
  const flag = String(named ?? "stream");
  const members = membersCalled(document, operation, flag);
  const parameter = queryParameter(document, operation, flag);
  const hasBody = operation.requestBody !== undefined;
  const inQuery = isBoolean(document, parameter);
  // What a body holds that nobody describes is for whoever named the flag to know.
  if (members.some((member) => isBoolean(document, member)) || (named !== undefined && hasBody && !inQuery))
    return { mode: "flag", flag };
  if (inQuery) return { mode: "flag", flag, in: "query" };
  const remedy = "remove one of the two answers, in an overlay if need be.";
  if (members.length > 0 || parameter !== undefined)
    return `"${flag}" of the request is no boolean. Set x-hawser-stream.flag to the boolean member of the request body, or the boolean query parameter, that does, or ${remedy}`;
  if (named !== undefined)
    return `it has no body, and no query parameter "${flag}". Set x-hawser-stream.flag to a boolean query parameter, leave it out if the Accept header chooses, or ${remedy}`;
  if (!answer.alternatives.includes(answer.status))
    return `they have different statuses. Set x-hawser-stream.flag to the boolean member of the request body, or the boolean query parameter, that does, or ${remedy}`;
  return { mode: "accept" };
}

/** The schemas a member of the request body has, in whichever of its variants. */
function membersCalled(document: OpenAPIDocument, operation: JsonObject, name: string): unknown[] {
  const body = asObject(dereference(document, operation.requestBody));
  return Object.values(asObject(body.content)).flatMap((media) => [
    ...declared(document, asObject(dereference(document, media)).schema, name),
  ]);
}

function* declared(
  document: OpenAPIDocument,
  schema: unknown,
  name: string,
  seen = new Set<unknown>(),
): Generator<unknown> {
  const target = dereference(document, schema);
  if (!isObject(target) || seen.has(target)) return;
  seen.add(target);
  const properties = asObject(target.properties);
  if (Object.hasOwn(properties, name)) yield properties[name];
  for (const part of [...asArray(target.allOf), ...variantsOf(target)])
    yield* declared(document, part, name, seen);
}

/** The schema of a query parameter; `undefined` when there is no such parameter. */
function queryParameter(document: OpenAPIDocument, operation: JsonObject, name: string): unknown {
  const found = asArray(operation.parameters)
    .map((parameter) => asObject(dereference(document, parameter)))
    .find((parameter) => parameter.in === "query" && parameter.name === name);
  return found && (found.schema ?? {});
}

/** Whether a schema is that of a value that can be true or false, perhaps beside `null`. */
function isBoolean(document: OpenAPIDocument, schema: unknown): boolean {
  const target = asObject(dereference(document, schema));
  return (
    [target.type].flat().includes("boolean") ||
    variantsOf(target).some((variant) => isBoolean(document, variant))
  );
}
