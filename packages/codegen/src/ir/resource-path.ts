import { dataOf } from "../answers.ts";
import { dereference, type OpenAPIDocument, type OperationEntry } from "../document.ts";
import { asArray, asObject } from "../json.ts";
import { camelCase, wordsOf } from "../names.ts";
import { pathOf } from "../normalise/path-suffixes.ts";

/** Where an operation sits in the resource client: `["chat", "completions"]` and `create`. */
export interface ResourcePath {
  readonly resources: readonly string[];
  readonly method: string;
  /** Whether the document or an overlay said so, with `x-hawser-method`. */
  readonly declared: boolean;
}

/** The field's names for what is done to a collection and to one member of it. */
const collectionMethods: Record<string, string> = {
  get: "list",
  post: "create",
  put: "replace",
  patch: "update",
  delete: "delete",
};
const memberMethods: Record<string, string> = {
  get: "retrieve",
  post: "update",
  put: "replace",
  patch: "update",
  delete: "delete",
};

/**
 * Reads `x-hawser-method` (`chat.completions.create`), or derives it from the path and the verb:
 * `GET /videos` → `videos.list`, `GET /videos/{id}` → `videos.retrieve`, `GET /videos/{id}/download` →
 * `videos.download` (one word behind a member is what is done to it, unless it is a plural: then it is a collection),
 * `GET /videos/findByTag` → `videos.findByTag`, and `GET /me`, which answers with no list, → `me.retrieve`.
 */
export function resourcePathOf(document: OpenAPIDocument, entry: OperationEntry): ResourcePath {
  const { path, method, operation } = entry;
  const declared = operation["x-hawser-method"];
  if (typeof declared === "string" && declared !== "") {
    const parts = declared.split(".").map(camelCase);
    return { resources: parts.slice(0, -1), method: parts.at(-1) ?? "", declared: true };
  }
  const segments = pathOf(path)
    .split("/")
    .filter((segment, index, all) => segment !== "" && !isVersion(segment, index === all.length - 1));
  const words = segments.filter((segment) => !isParameter(segment)).map(camelCase);
  const last = segments.at(-1);
  if (last === undefined || words.length === 0)
    return { resources: [], method: String(operation.operationId), declared: false };
  if (isParameter(last))
    return { resources: words, method: memberMethods[method] ?? method, declared: false };
  const action = words.at(-1) ?? "";
  const behindMember = isParameter(segments.at(-2) ?? "");
  const isAction = (behindMember && !action.endsWith("s")) || (words.length > 1 && isDeed(action));
  if (isAction && (method === "post" || method === "get")) {
    return { resources: words.slice(0, -1), method: action, declared: false };
  }
  const isOne = method === "get" && !isPlural(action) && !listsSomething(document, operation);
  const name = (isOne ? memberMethods : collectionMethods)[method] ?? method;
  return { resources: words, method: name, declared: false };
}

/** `status`, `access` and `analysis` are one thing each. */
function isPlural(word: string): boolean {
  return /s$/i.test(word) && !/(ss|us|is)$/i.test(word);
}

const verbs = new Set([
  ...["add", "confirm", "create", "delete", "find", "generate", "get", "list", "login", "logout", "remove"],
  ...["resend", "reset", "send", "set", "submit", "update", "upload", "validate", "verify"],
]);

/** `findByTag`, `createWithList` or `login`: what is done, not what it is done to. */
function isDeed(word: string): boolean {
  const [verb = "", ...rest] = wordsOf(word);
  return verbs.has(verb) && (rest.length > 0 || verb === "login" || verb === "logout");
}

/** Whether an operation answers with a list, or with an object that has one. */
function listsSomething(document: OpenAPIDocument, operation: OperationEntry["operation"]): boolean {
  if (operation["x-hawser-pages"] !== undefined) return true;
  const isList = (schema: unknown) => [asObject(dereference(document, schema)).type].flat().includes("array");
  return dataOf(document, operation).some(
    ({ schema }) => isList(schema) || membersOf(document, schema).some(isList),
  );
}

/** The members of an object, those of its parts among them. */
function membersOf(document: OpenAPIDocument, schema: unknown, depth = 0): unknown[] {
  const { properties, allOf } = asObject(dereference(document, schema));
  // Parts that refer to one another have no end.
  const parts = depth < 8 ? asArray(allOf) : [];
  return [
    ...Object.values(asObject(properties)),
    ...parts.flatMap((part) => membersOf(document, part, depth + 1)),
  ];
}

function isParameter(segment: string): boolean {
  return segment.startsWith("{");
}

/** `v1`, `v2beta` and `api` name no resource, except for an `api` that is what a path is about. */
function isVersion(segment: string, isLast: boolean): boolean {
  return /^v\d+(\w+)?$/.test(segment) || (segment === "api" && !isLast);
}
