import { jsonAnswers } from "../answers.ts";
import { dereference, type OpenAPIDocument, operationsOf, schemaNameOf, successesOf } from "../document.ts";
import { asObject, cloneJson, isObject, type JsonObject } from "../json.ts";
import { framingOf } from "../media-types.ts";
import { walkSchema } from "../walk-document.ts";
import type { Pass } from "./report.ts";

const key = "x-fern-streaming";

/**
 * What `x-fern-streaming` says becomes a sequential media type of the answer and `x-hawser-stream`: of
 * `{ format: sse | json, terminator?, stream-condition?: $request.stream, response?, response-stream? }`, or of `true`,
 * which stands for JSON lines. What the document or an overlay says by itself goes before it.
 *
 * @see https://buildwithfern.com/learn/api-definitions/openapi/endpoints/sse
 */
export const foreignStreams: Pass = (document, report) => {
  for (const { operation, pointer } of operationsOf(document)) {
    const given = operation[key];
    if (given !== true && !isObject(given)) continue;
    const stream = asObject(given);
    const condition = stream["stream-condition"];
    const flag = /^\$request\.([\w-]+)$/.exec(String(condition ?? ""))?.[1];
    const said = {
      ...(flag !== undefined && { flag }),
      ...(typeof stream.terminator === "string" && { sentinel: stream.terminator }),
    };
    const obstacle =
      condition !== undefined && flag === undefined
        ? "its condition is no member of the request body."
        : [stream.response, stream["response-stream"]].some((schema) => !isWhole(document, schema))
          ? "its schemas refer to something that is no component of the document."
          : undefined;
    if (obstacle !== undefined) {
      const reason = `It is not read as a stream: ${obstacle}`;
      report.change({ rule: "foreign-streams", pointer: `${pointer}/${key}`, before: given, reason });
      continue;
    }
    const added = streams(document, operation) ? undefined : addStream(document, operation, stream, flag);
    const own = asObject(operation["x-hawser-stream"]);
    // In the form of normalisation, it has been here.
    if (Array.isArray(own.events)) continue;
    const after = { ...said, ...own };
    if (Object.keys(after).length > 0) operation["x-hawser-stream"] = after;
    if (added === undefined && JSON.stringify(after) === JSON.stringify(own)) continue;
    report.change({
      rule: "foreign-streams",
      pointer,
      before: { [key]: given },
      after: { "x-hawser-stream": after, ...(added !== undefined && { content: added }) },
      reason: `${key} says it.`,
    });
  }
};

/** Whether a schema refers to components alone: references in a key of somebody else's were followed by nobody. */
function isWhole(document: OpenAPIDocument, schema: unknown): boolean {
  let whole = true;
  walkSchema(schema, (object) => {
    if (object.$ref === undefined) return;
    whole &&= schemaNameOf(object.$ref) !== undefined && dereference(document, object) !== undefined;
  });
  return whole;
}

/** Whether an answer of the operation is described as a stream. */
export function streams(document: OpenAPIDocument, operation: JsonObject): boolean {
  return successesOf(operation).some(([, response]) =>
    Object.keys(asObject(asObject(dereference(document, response)).content)).some(
      (mediaType) => framingOf(mediaType) !== undefined,
    ),
  );
}

/** Describes the stream as a media type of the first JSON answer, or of the first answer; gives its media types. */
export function addStream(
  document: OpenAPIDocument,
  operation: JsonObject,
  stream: JsonObject,
  flag: string | undefined,
): string[] | undefined {
  const [json] = jsonAnswers(document, operation);
  const status = json?.status ?? successesOf(operation)[0]?.[0];
  if (status === undefined) return undefined;
  const responses = asObject(operation.responses);
  // A copy: other operations may share the answer and don't stream.
  const response = cloneJson(asObject(dereference(document, responses[status])));
  const content = asObject(response.content);
  const schema = asObject(json?.media).schema;
  if (json !== undefined && flag === undefined) delete content[json.mediaType];
  else if (json !== undefined && isObject(stream.response))
    content[json.mediaType] = { schema: stream.response };
  const mediaType = stream.format === "sse" ? "text/event-stream" : "application/jsonl";
  const itemSchema = stream["response-stream"] ?? schema;
  content[mediaType] = itemSchema === undefined ? {} : { itemSchema };
  responses[status] = { ...response, content };
  return Object.keys(content);
}
