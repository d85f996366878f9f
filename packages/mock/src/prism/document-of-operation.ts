import { asObject, isObject, type JsonObject } from "../json.ts";

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/**
 * The document as far as one operation needs it: the operation, and the components it refers to, directly or through
 * others. A reference to something that is no component keeps the whole document.
 */
export function documentOfOperation(document: JsonObject, path: string, method: string): JsonObject {
  const { openapi, info, servers, security, paths, components } = document;
  const pathItem = asObject(asObject(paths)[path]);
  const kept = Object.entries(pathItem).filter(
    ([key]) => key === method.toLowerCase() || !methods.includes(key),
  );
  const alone = {
    openapi,
    info,
    ...(servers !== undefined && { servers }),
    ...(security !== undefined && { security }),
    paths: { [path]: Object.fromEntries(kept) },
  };
  const found = reachable(asObject(components), alone.paths);
  if (found === undefined) return document;
  // Named by `security`, not by reference.
  const { securitySchemes } = asObject(components);
  return { ...alone, components: { ...found, ...(securitySchemes !== undefined && { securitySchemes }) } };
}

/** The components that a value refers to; `undefined` when it refers to anything else. */
function reachable(components: JsonObject, value: unknown): JsonObject | undefined {
  const found: Record<string, JsonObject> = {};
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (Array.isArray(next)) waiting.push(...next);
    if (!isObject(next)) continue;
    waiting.push(...Object.values(next));
    if (typeof next.$ref !== "string") continue;
    const [, kind, name] = /^#\/components\/([^/]+)\/([^/]+)/.exec(next.$ref) ?? [];
    if (kind === undefined || name === undefined) return undefined;
    const key = decodeURIComponent(name).replaceAll("~1", "/").replaceAll("~0", "~");
    const group = found[kind] ?? {};
    found[kind] = group;
    if (Object.hasOwn(group, key)) continue;
    group[key] = asObject(components[kind])[key];
    waiting.push(group[key]);
  }
  return found;
}
