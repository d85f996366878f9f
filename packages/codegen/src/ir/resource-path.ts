import type { OperationEntry } from "../document.ts";
import { camelCase } from "../names.ts";
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
 * `videos.download` (one word behind a member is what is done to it, unless it is a plural: then it is a collection).
 */
export function resourcePathOf({ path, method, operation }: OperationEntry): ResourcePath {
  const declared = operation["x-hawser-method"];
  if (typeof declared === "string" && declared !== "") {
    const parts = declared.split(".").map(camelCase);
    return { resources: parts.slice(0, -1), method: parts.at(-1) ?? "", declared: true };
  }
  const segments = pathOf(path)
    .split("/")
    .filter((segment) => segment !== "" && !isVersion(segment));
  const words = segments.filter((segment) => !isParameter(segment)).map(camelCase);
  const last = segments.at(-1);
  if (last === undefined || words.length === 0)
    return { resources: [], method: String(operation.operationId), declared: false };
  if (isParameter(last))
    return { resources: words, method: memberMethods[method] ?? method, declared: false };
  const action = words.at(-1) ?? "";
  const behindMember = isParameter(segments.at(-2) ?? "");
  if (behindMember && !action.endsWith("s") && (method === "post" || method === "get")) {
    return { resources: words.slice(0, -1), method: action, declared: false };
  }
  return { resources: words, method: collectionMethods[method] ?? method, declared: false };
}

function isParameter(segment: string): boolean {
  return segment.startsWith("{");
}

/** `v1`, `v2beta` and `api` in front of a path name no resource. */
function isVersion(segment: string): boolean {
  return /^(v\d+(\w+)?|api)$/.test(segment);
}
