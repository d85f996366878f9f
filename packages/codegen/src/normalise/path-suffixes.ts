import { operationsOf } from "../document.ts";
import type { Pass } from "./report.ts";

/**
 * A path with a `#fragment` or a `?query` is a second description of the same path (some documents describe the stream
 * of an operation that way, or one action among several): neither is part of the path that is sent, which
 * `x-hawser-path` says from here on. The query becomes parameters, see `pathQueries`.
 */
export const pathSuffixes: Pass = (document, report) => {
  for (const { path, operation, pointer } of operationsOf(document)) {
    const sent = pathOf(path);
    if (sent === path || operation["x-hawser-path"] === sent) continue;
    operation["x-hawser-path"] = sent;
    report.change({
      rule: "path-suffixes",
      pointer,
      before: path,
      after: sent,
      reason: "A path is sent without a fragment, and a query is made of parameters.",
    });
  }
};

/** A path key without fragment and query: `/models?type=chat`, `/models{?type}` and `/models#chat` are `/models`. */
export function pathOf(path: string): string {
  return path.replace(/(#|\{?\?).*$/s, "");
}

/** The query of a path key, without the mark before it and without a fragment; `undefined` when it has none. */
export function queryOf(path: string): string | undefined {
  const query = /^[^#?]*\{?\?([^#]*)/.exec(path)?.[1];
  // `{?a,b}` names parameters (RFC 6570, 3.2.8).
  return path.includes("{?")
    ? query
        ?.replace(/\}.*$/s, "")
        .replaceAll(/([^,]+),?/g, "&$1={$1}")
        .slice(1)
    : query;
}
