import type { MockOperation } from "../document/operation.ts";

/** Where a request leads. */
export type Route =
  | { readonly kind: "operation"; readonly operations: readonly MockOperation[]; readonly path: string }
  | { readonly kind: "other-method"; readonly allowed: readonly string[]; readonly path: string }
  | { readonly kind: "unknown"; readonly path: string };

/** Finds the operations a request is meant for. */
export type Router = (method: string, pathname: string) => Route;

/**
 * Makes a router. Paths are found below each base path and at the root, and those of operations with servers of their
 * own below the base paths of these too, which no other operation is found at. A path without parameters goes before a
 * template that matches it too (OpenAPI 3.2, Paths Object), and all before one whose parameter may have slashes. GET answers HEAD where the document has no HEAD.
 *
 * More than one operation is found only where a document tells them apart by a fragment, which never travels.
 */
export function createRouter(operations: readonly MockOperation[], basePaths: readonly string[]): Router {
  const paths = new Map<string, MockOperation[]>();
  for (const operation of operations) {
    const path = operation.path.replace(/#.*$/, "");
    paths.set(path, [...(paths.get(path) ?? []), operation]);
  }
  const templates = [...paths.entries()]
    .map(([path, entries]) => {
      const reserved = new Set(entries.flatMap((entry) => entry.reserved ?? []));
      return { path, entries, pattern: patternOf(path, reserved), spans: reserved.size > 0 };
    })
    .sort((a, b) => Number(a.spans) - Number(b.spans) || compareTemplates(a.path, b.path));

  const shared = new Set([...basePaths, ""]);
  const bases = [...new Set([...basePaths, ...operations.flatMap((operation) => operation.basePaths ?? [])])]
    .filter((base) => base !== "")
    .sort((a, b) => b.length - a.length);

  return (method, pathname) => {
    const below = bases
      .filter((base) => pathname === base || pathname.startsWith(`${base}/`))
      .map((base) => ({ base, candidate: pathname.slice(base.length) || "/" }));
    const candidates = [...below, { base: "", candidate: pathname }];
    const allowed = new Set<string>();
    let found: string | undefined;
    for (const { base, candidate } of candidates) {
      for (const template of templates) {
        const match = template.pattern.exec(candidate);
        if (match === null) continue;
        const entries = shared.has(base)
          ? template.entries
          : template.entries.filter((entry) => entry.basePaths?.includes(base));
        if (entries.length === 0) continue;
        const path = inSegments(template.path, match);
        const named = entries.filter((entry) => entry.method === method);
        const matching =
          named.length > 0 || method !== "HEAD" ? named : entries.filter((entry) => entry.method === "GET");
        if (matching.length > 0) return { kind: "operation", operations: matching, path };
        found ??= path;
        for (const entry of entries) allowed.add(entry.method);
      }
    }
    if (found !== undefined) return { kind: "other-method", allowed: [...allowed], path: found };
    return { kind: "unknown", path: candidates[0]?.candidate ?? pathname };
  };
}

/** Matches a path, each part of the template in a group of its own; reserved parameters reach over slashes. */
function patternOf(path: string, reserved: ReadonlySet<string>): RegExp {
  const groups = partsOf(path).map((part) => {
    if (!isParameter(part)) return `(${part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")})`;
    return reserved.has(part.slice(1, -1)) ? "(.+)" : "([^/]+)";
  });
  return new RegExp(`^${groups.join("")}$`);
}

/** The path with each parameter in one segment, which is all Prism knows. */
function inSegments(path: string, [, ...texts]: RegExpExecArray): string {
  const parts = partsOf(path);
  return texts
    .map((text, index) => (isParameter(parts[index] ?? "") ? text.replaceAll("/", "%2F") : text))
    .join("");
}

/** Literal parts and parameters of a template, in turn. */
function partsOf(path: string): string[] {
  return path.split(/(\{[^}]+\})/);
}

function isParameter(part: string): boolean {
  return part.startsWith("{");
}

/** Segment by segment, a literal one goes before a template. */
function compareTemplates(a: string, b: string): number {
  const [left, right] = [a.split("/"), b.split("/")];
  for (const [index, segment] of left.entries()) {
    const difference = Number(segment.includes("{")) - Number(right[index]?.includes("{") ?? false);
    if (difference !== 0) return difference;
  }
  return 0;
}
