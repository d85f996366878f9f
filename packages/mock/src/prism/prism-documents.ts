import { asObject, dereference, isObject, type JsonObject, walkObjects } from "../json.ts";

/**
 * What of a document (already readable for Prism) is needed to check requests: no answers, and unions that say which
 * variant is meant.
 *
 * A `oneOf` with a discriminator becomes a choice by the discriminator's value, so that what is wrong is told of the
 * variant the request names, instead of every variant's reasons not to fit.
 */
export function documentForChecks(document: JsonObject): JsonObject {
  const copy = structuredClone(document);
  for (const operation of operationsIn(copy)) operation.responses = {};
  walkObjects(copy, (schema) => {
    const choice = choiceOf(copy, schema);
    if (choice === undefined) return;
    delete schema.oneOf;
    delete schema.anyOf;
    delete schema.discriminator;
    Object.assign(schema, choice);
  });
  return copy;
}

/** What of a document is needed to answer: no requests, no credentials. */
export function documentForAnswers(document: JsonObject): JsonObject {
  const copy = structuredClone(document);
  delete copy.security;
  for (const operation of operationsIn(copy)) {
    delete operation.requestBody;
    delete operation.parameters;
    delete operation.security;
  }
  return copy;
}

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

function operationsIn(document: JsonObject): JsonObject[] {
  return Object.values(asObject(document.paths)).flatMap((item) => {
    const pathItem = dereference(document, item);
    return methods.map((method) => pathItem[method]).filter(isObject);
  });
}

/** The union as `allOf` conditions; `undefined` for what is no union or whose variants don't say their values. */
function choiceOf(document: JsonObject, schema: JsonObject): JsonObject | undefined {
  const property = asObject(schema.discriminator).propertyName;
  const variants = [schema.oneOf, schema.anyOf].find(Array.isArray) as unknown[] | undefined;
  if (typeof property !== "string" || variants === undefined) return undefined;
  const mapping = Object.entries(asObject(asObject(schema.discriminator).mapping));
  const branches = variants.map((variant) => {
    const reference = asObject(variant).$ref;
    const mapped = mapping.filter(([, target]) => target === reference).map(([value]) => value);
    return { variant, values: mapped.length > 0 ? mapped : valuesOf(document, variant, property) };
  });
  if (branches.some(({ values }) => values.length === 0)) return undefined;
  const named = { type: "object", required: [property] };
  return {
    allOf: [
      ...(Array.isArray(schema.allOf) ? schema.allOf : []),
      { ...named, properties: { [property]: { enum: branches.flatMap(({ values }) => values) } } },
      ...branches.map(({ variant, values }) => ({
        if: { ...named, properties: { [property]: { enum: values } } },
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema (2020-12, 10.2.2.2)
        then: variant,
      })),
    ],
  };
}

function valuesOf(document: JsonObject, schema: unknown, property: string): unknown[] {
  const target = dereference(document, schema);
  const own = dereference(document, asObject(target.properties)[property]);
  if (own.const !== undefined) return [own.const];
  if (Array.isArray(own.enum)) return own.enum;
  return Array.isArray(target.allOf)
    ? target.allOf.flatMap((part) => valuesOf(document, part, property))
    : [];
}
