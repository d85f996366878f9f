import { dereference, type OperationEntry, schemaNameOf } from "../document.ts";
import {
  asArray,
  asObject,
  cloneJson,
  isObject,
  type JsonObject,
  joinPointer,
  resolvePointer,
} from "../json.ts";
import { addStream, streams } from "../normalise/foreign-streams.ts";
import { parameterNames } from "../normalise/parameter-names.ts";
import { schemasAt } from "../schema-at.ts";
import type { Context } from "./context.ts";
import { suggestion } from "./nearest.ts";
import { type Method, modelNamed, modelPaths } from "./resources.ts";

/**
 * Reads how streams go, and gives what writes `x-hawser-stream`, and a media type where none is described, at the
 * operation of a method with `streaming`.
 *
 * @see https://www.stainless.com/docs/guides/streaming
 */
export function streamsOf(
  context: Context,
): (method: Method, entry: OperationEntry, whole: JsonObject) => void {
  const sentinel = sentinelIn(context);
  return (method, entry, whole) => {
    if (!isObject(method.settings.streaming)) return;
    const { param_discriminator: discriminator, stream_event_model: model } = method.settings.streaming;
    const at = joinPointer(method.at, "streaming");
    if (method.settings.streaming.params_type_name !== undefined)
      context.unused(
        joinPointer(at, "params_type_name"),
        method.settings.streaming.params_type_name,
        "types keep the names of the document.",
        entry.pointer,
      );
    const flag = typeof discriminator === "string" ? discriminator : undefined;
    if (flag !== undefined && !hasFlag(context, whole, flag, at, entry)) return;
    const schema =
      typeof model === "string"
        ? schemaOf(context, model, joinPointer(at, "stream_event_model"), entry)
        : undefined;
    const given = entry.operation["x-hawser-stream"];
    // In the form of normalisation, it has been here.
    if (Array.isArray(asObject(given).events)) return;
    const described = streams(context.document, entry.operation);
    const content = described
      ? undefined
      : addStream(
          context.document,
          entry.operation,
          { format: "sse", ...(schema && { "response-stream": schema }) },
          flag,
        );
    if (!described && content === undefined)
      return context.problem(
        at,
        `${method.endpoint} has no 2xx answer in the document that could be a stream: describe one.`,
      );
    const said = {
      ...(flag !== undefined && { flag }),
      ...(schema !== undefined && { itemSchema: schema }),
      ...(sentinel !== undefined && { sentinel }),
    };
    const after = { ...said, ...asObject(given) };
    if (Object.keys(after).length > 0) entry.operation["x-hawser-stream"] = after;
    if (content === undefined && JSON.stringify(after) === JSON.stringify(given)) return;
    context.change(at, {
      pointer: entry.pointer,
      ...(given !== undefined && { before: { "x-hawser-stream": given } }),
      after: { "x-hawser-stream": after, ...(content !== undefined && { content }) },
      reason:
        given === undefined ? "it says it." : "it says it, and what x-hawser-stream says goes before it.",
    });
  };
}

/** Whether what asks for the stream is a member of the body or a query parameter; tells when it isn't. */
function hasFlag(
  context: Context,
  operation: JsonObject,
  flag: string,
  at: string,
  entry: OperationEntry,
): boolean {
  const { document } = context;
  const body = asObject(dereference(document, operation.requestBody));
  const schemas = Object.values(asObject(body.content)).map(
    (media) => asObject(dereference(document, media)).schema,
  );
  if (schemas.some((schema) => schemasAt(document, schema ?? {}, joinPointer("", flag)).length > 0))
    return true;
  const stands = (where: string) => parameterNames(document, operation, where).includes(flag);
  if (stands("query")) return true;
  const place = joinPointer(at, "param_discriminator");
  if (["header", "path"].some(stands)) {
    const reason =
      "a stream is asked for in the request body or the query, where it isn't: calls give the other answer.";
    context.unused(place, flag, reason, entry.pointer);
    return false;
  }
  const members = schemas.flatMap((schema) =>
    Object.keys(asObject(asObject(dereference(document, schema)).properties)),
  );
  context.problem(
    place,
    `${entry.method} ${entry.path} has no member "${flag}" in the body of its request, and no query parameter of that name: null says that it always streams.${suggestion(flag, members)}`,
  );
  return false;
}

/** The schema of an event: a reference to a component, or a copy of what stands elsewhere. */
function schemaOf(
  context: Context,
  model: string,
  at: string,
  entry: OperationEntry,
): JsonObject | undefined {
  const place = modelNamed(context, model);
  if (place === undefined) {
    const known = modelPaths(context.config.resources);
    context.problem(at, `no resource has a model ${model}.${suggestion(model, known)}`);
    return undefined;
  }
  if ("problem" in place) {
    context.unused(
      at,
      model,
      `${place.problem}: an event has the type the document gives it.`,
      entry.pointer,
    );
    return undefined;
  }
  const schema = resolvePointer(context.document, place.reference);
  if (schema === undefined) {
    const schemas = Object.keys(asObject(asObject(context.document.components).schemas));
    context.problem(
      at,
      `the model ${model} is ${place.reference}, which the document doesn't have.${suggestion(place.reference.split("/").at(-1) ?? "", schemas)}`,
    );
    return undefined;
  }
  if (schemaNameOf(place.reference) !== undefined) return { $ref: place.reference };
  return isObject(schema) ? cloneJson(schema) : undefined;
}

/** What `data` marks the end of a stream with; the other things said of events are told. */
function sentinelIn(context: Context): string | undefined {
  let sentinel: string | undefined;
  const events = asArray(asObject(context.config.streaming).on_event);
  for (const [index, value] of events.entries()) {
    const event = asObject(value);
    const { handle, data_starts_with: start, event_type: type, error_property: property } = event;
    const at = `#/streaming/on_event/${index}`;
    if (handle === "done" && typeof start === "string" && sentinel === undefined) {
      sentinel = start;
    } else if (handle === "done") {
      context.unused(
        at,
        value,
        "there is one marker of the end, and it is all of an event's data: such events are items.",
      );
    } else if (handle === "error" && type === undefined) {
      context.unused(
        at,
        value,
        'an error is told by an event "error", or by a member "error" of the data: other events are items.',
      );
    } else if (handle === "error" && [type].flat().some((each) => each !== "error")) {
      context.unused(at, value, 'the event of an error is called "error": others are items.');
    } else if (handle !== "yield" && handle !== "error") {
      context.unused(at, value, `there is no counterpart for "${String(handle)}": such events are items.`);
    }
    if (property !== undefined && property !== "error")
      context.unused(
        `${at}/error_property`,
        property,
        'an error in an item is told by its member "error" alone.',
      );
  }
  return sentinel;
}
