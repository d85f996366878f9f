import { dataOfAnswer, envelopeOf } from "../answers.ts";
import { dereference, type OpenAPIDocument, type OperationEntry, successesOf } from "../document.ts";
import { asArray, asObject, asString, isObject, type Json, type JsonObject } from "../json.ts";
import { encodingOf, framingOf } from "../media-types.ts";
import { pascalCase, uniqueName } from "../names.ts";
import { mappedMembers } from "../normalise/maps.ts";
import type { StreamExtension } from "../normalise/streams.ts";
import { plansFrom, unionFrom } from "./build-plans.ts";
import type { Body, Example, Operation, Outcome, Parameter, Stream } from "./ir.ts";
import { schemaFrom } from "./schema-from.ts";
import { serversFrom } from "./servers.ts";

/**
 * Builds one operation. The schema of its query, header and cookie parameters is added to `schemas` under a name of
 * its own (`ListInstancesParams`).
 */
export function buildOperation(
  document: OpenAPIDocument,
  { path, method, operation }: OperationEntry,
  schemas: Record<string, Json>,
): Operation {
  const id = String(operation.operationId);
  const parameters = inPathOrder(
    path,
    asArray(operation.parameters).map((parameter) => parameterFrom(document, asObject(parameter))),
  );
  const others = parameters.filter(
    ({ in: place, constant, option }) => place !== "path" && constant === undefined && option === undefined,
  );
  const body = bodyFrom(document, operation);
  const stream = isObject(operation["x-hawser-stream"])
    ? streamFrom(operation["x-hawser-stream"] as unknown as StreamExtension)
    : undefined;
  return {
    id,
    method: method.toUpperCase(),
    path: asString(operation["x-hawser-path"]) ?? path,
    ...(operation.servers !== undefined && { servers: serversFrom(operation.servers) }),
    ...(typeof operation.summary === "string" && { summary: operation.summary.trim() }),
    ...(typeof operation.description === "string" && { description: operation.description.trim() }),
    deprecated: operation.deprecated === true,
    retry: retryOf(operation, method),
    security: asArray(operation.security ?? document.security).map((entry) => requirementFrom(entry)),
    parameters,
    ...(others.length > 0 && { params: nameParams(id, others, schemas) }),
    ...(body !== undefined && { body }),
    outcomes: outcomesFrom(document, operation, method),
    errors: errorsFrom(document, operation),
    ...(stream !== undefined && { stream }),
    ...plansFrom(document, operation),
    examples: examplesFrom(document, operation),
  };
}

/** Path parameters first, as they follow one another in the path, however they are listed: calls give them by position. */
function inPathOrder(path: string, parameters: readonly Parameter[]): Parameter[] {
  const place = ({ in: where, name }: Parameter) =>
    where === "path" ? path.indexOf(`{${name}}`) : Number.POSITIVE_INFINITY;
  return parameters.toSorted((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)));
}

/** RFC 9110, section 9.2: what may be repeated by the method alone; a POST may cost twice unless it is said not to. */
function retryOf(operation: JsonObject, method: string): Operation["retry"] {
  const declared = operation["x-hawser-retry"];
  if (declared === "safe" || declared === "idempotent" || declared === "costly") return declared;
  if (["get", "head", "options", "trace", "query"].includes(method)) return "safe";
  return method === "put" || method === "delete" ? "idempotent" : "costly";
}

function requirementFrom(entry: unknown): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(asObject(entry)).map(([name, scopes]) => [name, asArray(scopes).map(String)]),
  );
}

function parameterFrom(document: OpenAPIDocument, parameter: JsonObject): Parameter {
  const place = parameter.in as Parameter["in"];
  const [[content, media] = []] = Object.entries(asObject(parameter.content));
  const style = asString(parameter.style) ?? (place === "path" || place === "header" ? "simple" : "form");
  const schema = parameter.schema ?? asObject(dereference(document, media)).schema ?? {};
  const required = parameter.required === true || place === "path";
  const { const: constant } = asObject(dereference(document, schema));
  const isConstant = required && place !== "path" && constant !== undefined && content === undefined;
  return {
    name: String(parameter.name),
    in: place,
    ...(typeof parameter.description === "string" && { description: parameter.description.trim() }),
    required,
    deprecated: parameter.deprecated === true,
    style,
    explode:
      typeof parameter.explode === "boolean" ? parameter.explode : style === "form" || style === "cookie",
    allowReserved: parameter.allowReserved === true,
    ...(content !== undefined && { content }),
    ...(isConstant && { constant: constant as Json }),
    ...(typeof parameter["x-hawser-option"] === "string" && { option: parameter["x-hawser-option"] }),
    schema: schemaFrom(schema),
  };
}

function nameParams(id: string, parameters: readonly Parameter[], schemas: Record<string, Json>): Json {
  const name = uniqueName(`${pascalCase(id)}Params`, new Set(Object.keys(schemas)));
  const required = parameters.filter((parameter) => parameter.required).map((parameter) => parameter.name);
  schemas[name] = {
    type: "object",
    ...(required.length > 0 && { required }),
    properties: Object.fromEntries(
      parameters.map(({ name: wireName, schema, description, deprecated }) => {
        const said = { ...(description && { description }), ...(deprecated && { deprecated }) };
        return [wireName, isObject(schema) ? { ...(schema as Record<string, Json>), ...said } : schema];
      }),
    ),
  };
  return { $ref: `#/schemas/${name}` };
}

const bodyPreference: readonly Body["encoding"][] = ["json", "multipart", "urlencoded", "text", "binary"];

/** The media type of the request body that is sent, when the document has several. */
function chosenMedia(document: OpenAPIDocument, operation: JsonObject) {
  const body = asObject(dereference(document, operation.requestBody));
  const choices = Object.entries(asObject(body.content)).map(([mediaType, value]) => ({
    mediaType,
    encoding: encodingOf(mediaType),
    media: asObject(dereference(document, value)),
    required: body.required === true,
  }));
  return choices.toSorted(
    (a, b) => bodyPreference.indexOf(a.encoding) - bodyPreference.indexOf(b.encoding),
  )[0];
}

function bodyFrom(document: OpenAPIDocument, operation: JsonObject): Body | undefined {
  const chosen = chosenMedia(document, operation);
  if (chosen === undefined) return undefined;
  const { required, mediaType, encoding, media } = chosen;
  const parts = Object.entries(asObject(media.encoding)).map(([name, value]) => {
    const part = asObject(value);
    return [
      name,
      {
        ...(typeof part.contentType === "string" && { contentType: part.contentType }),
        ...(typeof part.style === "string" && { style: part.style }),
        ...(typeof part.explode === "boolean" && { explode: part.explode }),
        ...(typeof part.allowReserved === "boolean" && { allowReserved: part.allowReserved }),
      },
    ];
  });
  return {
    required,
    mediaType,
    encoding,
    schema: schemaFrom(media.schema ?? {}),
    parts: Object.fromEntries(parts),
    maps:
      encoding === "json"
        ? Object.fromEntries(mappedMembers(document, operation).map(({ name, map }) => [name, { ...map }]))
        : {},
  };
}

function outcomesFrom(document: OpenAPIDocument, operation: JsonObject, method: string): Outcome[] {
  const outcomes: Outcome[] = [];
  const opened = envelopeOf(document, operation) !== undefined;
  const stream = operation["x-hawser-stream"] as StreamExtension | undefined;
  for (const [status, value] of successesOf(operation)) {
    // What is described for an answer to HEAD never comes (RFC 9110, 9.3.2).
    const content =
      method === "head" ? [] : Object.entries(asObject(asObject(dereference(document, value)).content));
    if (content.length === 0) outcomes.push({ status, kind: "empty" });
    for (const [mediaType, media] of content) {
      const target = asObject(dereference(document, media));
      const { schema, "x-hawser-when": when } = target;
      const isStream =
        framingOf(mediaType) !== undefined || (stream?.status === status && stream.mediaType === mediaType);
      const kind = isStream ? "stream" : kindOf(mediaType);
      outcomes.push({
        status,
        kind,
        mediaType,
        ...(schema !== undefined && kind !== "stream" && { schema: schemaFrom(schema) }),
        ...(opened && kind === "json" && { data: unionFrom(dataOfAnswer(document, operation, target)) }),
        ...(isObject(when) && {
          when: { property: String(when.property), values: asArray(when.values) as Json[] },
        }),
      });
    }
  }
  return outcomes.length > 0 ? outcomes : [{ status: "2XX", kind: "empty" }];
}

function kindOf(mediaType: string): Outcome["kind"] {
  const encoding = encodingOf(mediaType);
  return encoding === "json" || encoding === "text" ? encoding : "binary";
}

function errorsFrom(document: OpenAPIDocument, operation: JsonObject): Operation["errors"] {
  return Object.entries(asObject(operation.responses))
    .filter(([status]) => !/^[123]/.test(status))
    .map(([status, value]) => {
      const response = asObject(dereference(document, value));
      const media = Object.entries(asObject(response.content)).find(
        ([mediaType]) => encodingOf(mediaType) === "json",
      );
      const schema = media && asObject(dereference(document, media[1])).schema;
      return {
        status,
        ...(typeof response.description === "string" && { description: response.description.trim() }),
        ...(schema !== undefined && { schema: schemaFrom(schema) }),
      };
    });
}

function streamFrom({
  status: _status,
  mediaType: _mediaType,
  events,
  error,
  ...stream
}: StreamExtension): Stream {
  return {
    ...stream,
    events: events.map(({ name, schema }) => ({
      ...(name !== undefined && { name }),
      schema: schemaFrom(schema),
    })),
    ...(error !== undefined && { error: schemaFrom(error) }),
  };
}

/** The named examples of the body that is sent; the one of a media type without names is called `example`. */
function examplesFrom(document: OpenAPIDocument, operation: JsonObject): Example[] {
  const media = chosenMedia(document, operation)?.media ?? {};
  if (media.example !== undefined) return [{ name: "example", value: media.example as Json }];
  return Object.entries(asObject(media.examples)).flatMap(([name, entry]) => {
    const example = asObject(dereference(document, entry));
    const given = example.dataValue ?? example.value;
    if (given === undefined) return [];
    return [
      {
        name,
        ...(typeof example.summary === "string" && { summary: example.summary }),
        value: given as Json,
      },
    ];
  });
}
