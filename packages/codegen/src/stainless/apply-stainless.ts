import { jsonAnswers } from "../answers.ts";
import {
  dereference,
  httpMethods,
  type OpenAPIDocument,
  type OperationEntry,
  operationsOf,
} from "../document.ts";
import { asArray, asObject, asString, cloneJson, isObject, type JsonObject, joinPointer } from "../json.ts";
import type { Language } from "../language.ts";
import type { Change } from "../normalise/report.ts";
import { applyClient } from "./client.ts";
import { type Context, contextOf } from "./context.ts";
import type { StainlessFile } from "./load-stainless.ts";
import { suggestion } from "./nearest.ts";
import { isDescribed, pagesOf } from "./pages.ts";
import { type Method, methodsIn, tellUnusedOf } from "./resources.ts";
import { streamsOf } from "./streams.ts";

/** Members of a configuration that are read, in part at least. */
const read = [
  ...[
    "resources",
    "pagination",
    "streaming",
    "client_settings",
    "environments",
    "security",
    "security_schemes",
  ],
  ...["unspecified_endpoints", "organization", "settings"],
];
/** Those that are about how Stainless works, and no part of what a client is. */
const reasons: Readonly<Record<string, string>> = {
  openapi: "transforms are not applied: an overlay does what they do.",
  query_settings: "parameters are written as the document says, with style and explode.",
};

/** A document with what a Stainless configuration says of it, and what that changed. */
export interface Stainless {
  readonly document: OpenAPIDocument;
  readonly changes: readonly Change[];
}

/**
 * Writes what a Stainless configuration says into a document: names as `x-hawser-method`, pages as `x-hawser-pages`,
 * streams as `x-hawser-stream`, the client's name, variables and options as `x-hawser-client`, environments as servers.
 * Keys that are there already, in the document or by an overlay, go before it. What has no counterpart is told.
 *
 * @param base the document before overlays were applied to it
 * @throws {DocumentError} for endpoints, models, schemes and parameters the document doesn't have
 */
export function applyStainless(
  given: OpenAPIDocument,
  base: OpenAPIDocument,
  file: StainlessFile,
  language: Language = "typescript",
): Stainless {
  const document = cloneJson(given);
  const { context, report } = contextOf(document, base, file, language);
  putPathsInPlace(document);
  applyResources(context);
  applyClient(context);
  tellUnused(context);
  report.throwProblems();
  return { document, changes: report.changes };
}

/** Path items two paths share are two: what is said of the one isn't said of the other. */
function putPathsInPlace(document: OpenAPIDocument): void {
  const paths = asObject(document.paths);
  for (const [path, item] of Object.entries(paths)) {
    const target = isObject(item) && item.$ref !== undefined ? dereference(document, item) : undefined;
    if (isObject(target)) paths[path] = cloneJson(target);
  }
}

function applyResources(context: Context): void {
  const entries = new Map<string, OperationEntry>(
    [...operationsOf(context.document)].map((entry) => [`${entry.method} ${entry.path}`, entry]),
  );
  const find = (endpoint: string) =>
    entries.get(endpoint.replace(/^\S+\s+/, (verb) => `${verb.trim().toLowerCase()} `));
  const writePages = pagesOf(context);
  const writeStream = streamsOf(context);
  const taken = new Map<OperationEntry, Method>();
  const skipped = new Map<OperationEntry, string>();
  for (const method of methodsIn(context)) {
    const entry = find(method.endpoint);
    if (entry === undefined && method.skipped) {
      context.unused(
        method.at,
        method.endpoint,
        "the document has no such operation, and no client is to have it.",
      );
      continue;
    }
    if (entry === undefined) {
      const message = `the document has no operation ${method.endpoint}.${suggestion(method.endpoint, entries.keys())}`;
      context.problem(
        typeof method.settings.endpoint === "string" ? `${method.at}/endpoint` : method.at,
        message,
      );
      continue;
    }
    if (method.skipped) {
      if (!skipped.has(entry)) skipped.set(entry, method.at);
      continue;
    }
    const other = taken.get(entry);
    if (other !== undefined) {
      const reason = `an operation has one method, and ${method.endpoint} is ${other.place.join(".")} already.`;
      context.unused(method.at, method.place.join("."), reason, entry.pointer);
      continue;
    }
    taken.set(entry, method);
    applyMethod(context, method, entry, { writePages, writeStream });
  }
  for (const [entry, at] of skipped) if (!taken.has(entry)) leaveOut(context, entry, at);
  for (const [index, endpoint] of asArray(context.config.unspecified_endpoints).entries()) {
    const entry = find(String(endpoint));
    const at = joinPointer("#/unspecified_endpoints", index);
    if (entry === undefined) context.unused(at, endpoint, "the document has no such operation.");
    else if (!taken.has(entry)) leaveOut(context, entry, at);
  }
  if (isObject(context.config.resources)) tellUnnamed(context, taken);
}

type Write = (method: Method, entry: OperationEntry, whole: JsonObject) => void;

function applyMethod(
  context: Context,
  method: Method,
  entry: OperationEntry,
  { writePages, writeStream }: { writePages: Write; writeStream: Write },
): void {
  const { operation, pathItem, path, pointer } = entry;
  const name = method.place.join(".");
  const declared = operation["x-hawser-method"];
  if (declared === undefined) {
    operation["x-hawser-method"] = name;
    context.change(method.at, { pointer: `${pointer}/x-hawser-method`, after: name, reason: "it says it." });
  } else if (declared !== name) {
    const reason = "x-hawser-method goes before it.";
    context.change(method.at, {
      pointer: `${pointer}/x-hawser-method`,
      before: name,
      after: declared,
      reason,
    });
  }
  if (method.deprecated !== undefined && method.deprecated !== false && operation.deprecated !== true) {
    operation.deprecated = true;
    const reason = "it is deprecated; for whom and why is not told.";
    context.change(method.at, {
      pointer: `${pointer}/deprecated`,
      before: method.deprecated,
      after: true,
      reason,
    });
  }
  const own = asArray(operation.parameters).map((each) => asObject(dereference(context.document, each)));
  const inherited = asArray(pathItem.parameters).filter((each) => {
    const { name: given, in: place } = asObject(dereference(context.document, each));
    return !own.some((parameter) => parameter.name === given && parameter.in === place);
  });
  const whole = { ...operation, parameters: [...asArray(operation.parameters), ...inherited] };
  const pathParameters = [...path.matchAll(/\{([^{}]+)\}/g)].map(([, parameter = ""]) => parameter);
  tellUnusedOf(context, method, pathParameters, pointer);
  writeStream(method, entry, whole);
  writePages(method, entry, whole);
  writeEnvelope(context, method, entry);
}

/**
 * `unwrap_response`, or `settings.unwrap_response_fields`, where every JSON answer has the member and isn't a list.
 *
 * @see https://www.stainless.com/docs/reference/config#settings
 */
function writeEnvelope(context: Context, method: Method, { operation, pointer }: OperationEntry): void {
  const { unwrap_response: own } = method.settings;
  if (
    own === false ||
    operation["x-hawser-pages"] !== undefined ||
    operation["x-hawser-envelope"] !== undefined
  )
    return;
  const usual = asArray(asObject(context.config.settings).unwrap_response_fields);
  const answers = jsonAnswers(context.document, operation);
  const member = (typeof own === "string" ? [own] : usual).find(
    (name) =>
      answers.length > 0 &&
      answers.every(({ media }) =>
        isDescribed(context.document, media.schema, joinPointer("", String(name))),
      ),
  );
  const at =
    typeof own === "string" ? joinPointer(method.at, "unwrap_response") : "#/settings/unwrap_response_fields";
  if (member === undefined) {
    if (typeof own === "string")
      context.unused(at, own, "not every answer has it: a call gives the whole answer.", pointer);
    return;
  }
  const after = { data: joinPointer("", String(member)) };
  operation["x-hawser-envelope"] = after;
  context.change(at, {
    pointer: `${pointer}/x-hawser-envelope`,
    after,
    reason: "a call gives what is in it.",
  });
}

/** An operation that is not to be in the client is not in the document any more, unless a key names it. */
function leaveOut(
  context: Context,
  { operation, path, method, pathItem, pointer }: OperationEntry,
  at: string,
): void {
  const declared = asString(operation["x-hawser-method"]);
  if (declared !== undefined) {
    const reason = "it is left in, since x-hawser-method goes before it.";
    context.change(at, { pointer, after: declared, reason });
    return;
  }
  delete pathItem[method];
  if (!httpMethods.some((each) => isObject(pathItem[each]))) delete asObject(context.document.paths)[path];
  const before = { operationId: operation.operationId, summary: operation.summary };
  context.change(at, { pointer, before, reason: "it says that no client has it." });
}

/** Operations without a method keep the name their path gives them. */
function tellUnnamed(context: Context, taken: ReadonlyMap<OperationEntry, Method>): void {
  const named = new Set([...taken.keys()].map(({ operation }) => operation));
  for (const { operation, pointer, method, path } of operationsOf(context.document)) {
    if (named.has(operation) || operation["x-hawser-method"] !== undefined) continue;
    const reason = `no method is ${method} ${path}: it has the name its path gives it. List it in unspecified_endpoints to leave it out.`;
    context.change("#/resources", { pointer, reason });
  }
}

/** Tells of everything in the configuration that nothing was made of. */
function tellUnused(context: Context): void {
  const { config, unused } = context;
  for (const [name, value] of Object.entries(config)) {
    if (read.includes(name) || value === null) continue;
    unused(joinPointer("#", name), value, reasons[name] ?? "it has no counterpart in a client.");
  }
  const partly = {
    organization: ["name"],
    settings: ["unwrap_response_fields"],
    client_settings: ["opts", "default_env_prefix"],
    streaming: ["on_event"],
  };
  for (const [name, known] of Object.entries(partly)) {
    for (const [member, value] of Object.entries(asObject(config[name]))) {
      if (!known.includes(member))
        unused(joinPointer("#", name, member), value, "it has no counterpart in a client.");
    }
  }
  tellModels(context, config.resources, "#/resources");
}

/** Types keep the names of the document's schemas. */
function tellModels(context: Context, resources: unknown, at: string): void {
  for (const [name, resource] of Object.entries(asObject(resources))) {
    const { models, subresources } = asObject(resource);
    const here = joinPointer(at, name);
    if (Object.keys(asObject(models)).length > 0)
      context.unused(`${here}/models`, models, "types keep the names of the document's schemas.");
    tellModels(context, subresources, `${here}/subresources`);
  }
}
