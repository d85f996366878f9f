import { asArray, asObject, isObject, type JsonObject, joinPointer } from "../json.ts";
import { camelCase } from "../names.ts";
import type { Context } from "./context.ts";

/** A method of the configuration: its place in the client, and where it stands in the file. */
export interface Method {
  /** `["accounts", "friends", "list"]`, in the spelling of the client. */
  readonly place: readonly string[];
  readonly endpoint: string;
  /** What is said of it beside the endpoint. */
  readonly settings: JsonObject;
  readonly at: string;
  /** A message, when the method or one of its resources is deprecated. */
  readonly deprecated: unknown;
  /** It is not to be in this client. */
  readonly skipped: boolean;
}

/** Members of a method that say nothing about a client in code. */
const aboutOthers = ["type", "skip", "only", "mcp", "terraform", "docs", "skip_test_reason"];
const read = ["endpoint", "paginated", "streaming", "unwrap_response", "deprecated", ...aboutOthers];

/**
 * The methods of all resources with an endpoint, in their order, nested resources behind those they stand in. Methods
 * of other kinds, and what is said of resources and methods without a counterpart, are told.
 *
 * @see https://www.stainless.com/docs/reference/config#resource
 */
export function methodsIn(context: Context): Method[] {
  return Object.entries(asObject(context.config.resources)).flatMap(([name, resource]) => {
    const at = joinPointer("#/resources", name);
    if (name === "$shared") {
      if (Object.keys(asObject(asObject(resource).methods)).length > 0)
        context.problem(
          `${at}/methods`,
          "$shared holds models: write methods into a resource, or into $client.",
        );
      return [];
    }
    return methodsOf(context, asObject(resource), at, name === "$client" ? [] : [camelCase(name)], {
      skipped: false,
      deprecated: undefined,
    });
  });
}

type Inherited = Pick<Method, "skipped" | "deprecated">;

function methodsOf(
  context: Context,
  resource: JsonObject,
  at: string,
  place: readonly string[],
  inherited: Inherited,
): Method[] {
  const here: Inherited = {
    skipped: inherited.skipped || context.isSkipped(resource),
    deprecated: resource.deprecated ?? inherited.deprecated,
  };
  const methods = Object.entries(asObject(resource.methods)).flatMap(([name, value]) => {
    const method = methodFrom(
      context,
      value,
      joinPointer(at, "methods", name),
      [...place, camelCase(name)],
      here,
    );
    return method === undefined ? [] : [method];
  });
  const below = Object.entries(asObject(resource.subresources)).flatMap(([name, child]) =>
    methodsOf(
      context,
      asObject(child),
      joinPointer(at, "subresources", name),
      [...place, camelCase(name)],
      here,
    ),
  );
  return [...methods, ...below];
}

function methodFrom(
  context: Context,
  value: unknown,
  at: string,
  place: readonly string[],
  inherited: Inherited,
): Method | undefined {
  if (typeof value === "string") return { place, endpoint: value, settings: {}, at, ...inherited };
  const settings = asObject(value);
  if (typeof settings.endpoint !== "string") {
    const what =
      settings.type === "alias"
        ? "a second name for a method"
        : `a method of type "${String(settings.type)}"`;
    context.unused(at, settings, `there is no counterpart for ${what}, and it is left out.`);
    return undefined;
  }
  return {
    place,
    endpoint: settings.endpoint,
    settings,
    at,
    skipped: inherited.skipped || context.isSkipped(settings),
    deprecated: settings.deprecated ?? inherited.deprecated,
  };
}

/** Tells what is said of a method and has no counterpart. */
export function tellUnusedOf(
  context: Context,
  { settings, at }: Method,
  pathParameters: readonly string[],
  pointer: string,
): void {
  const rest = Object.fromEntries(
    Object.entries(settings).filter(([name, value]) => {
      if (read.includes(name)) return false;
      const positional = asArray(value);
      return name !== "positional_params" || positional.join() !== pathParameters.join();
    }),
  );
  if (Object.keys(rest).length === 0) return;
  const names = Object.keys(rest).join(", ");
  const reason = `${names} ${names.includes(",") ? "have" : "has"} no counterpart: path parameters come first, in the order of the path, then the body as it is, then the other parameters.`;
  context.unused(at, rest, reason, pointer);
}

/** Where a model's schema stands, or why it can't be found. */
export type ModelPlace = { readonly reference: string } | { readonly problem: string } | undefined;

/**
 * The schema a model path such as `chat.completions.chat_completion_chunk` stands for.
 *
 * @returns `undefined` when no model has that path
 * @see https://www.stainless.com/docs/reference/config#model
 */
export function modelNamed({ config }: Context, path: string): ModelPlace {
  const parts = path.split(".");
  const name = parts.pop() ?? "";
  let resource: unknown = { subresources: config.resources };
  for (const part of parts) resource = ownMember(asObject(resource).subresources, part);
  const models = asObject(resource).models;
  let model = ownMember(models, name);
  if (isObject(model) && typeof model.to === "string") model = ownMember(models, model.to);
  const uri = isObject(model) ? model.openapi_uri : model;
  if (typeof uri !== "string") return undefined;
  if (uri.startsWith("#/")) return { reference: uri };
  if (/^[\w.-]+$/.test(uri)) return { reference: joinPointer("#/components/schemas", uri) };
  return { problem: `its schema is found by a query, ${uri}, which is not followed` };
}

/** The paths of all models. */
export function* modelPaths(resources: unknown, path: readonly string[] = []): Generator<string> {
  for (const [name, resource] of Object.entries(asObject(resources))) {
    const { models, subresources } = asObject(resource);
    for (const model of Object.keys(asObject(models))) yield [...path, name, model].join(".");
    yield* modelPaths(subresources, [...path, name]);
  }
}

function ownMember(object: unknown, name: string): unknown {
  return isObject(object) && Object.hasOwn(object, name) ? object[name] : undefined;
}
