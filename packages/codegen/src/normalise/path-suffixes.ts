import { operationsOf } from "../document.ts";
import type { Pass } from "./report.ts";

/**
 * A path with a `#fragment` is a second description of the same path (some documents describe the stream of an
 * operation that way): the fragment never travels, so it is kept out of `x-hawser-path`, the path that is sent.
 * A path with a `?query` can't be told apart on the wire by its path and needs a parameter instead.
 */
export const pathSuffixes: Pass = (document, report) => {
  for (const { path, operation, pointer } of operationsOf(document)) {
    const sent = path.replace(/#.*$/s, "");
    if (sent.includes("?")) {
      report.problem(
        pointer,
        `the path ${path} holds a query: describe it as a query parameter with a "const" schema, in an overlay if need be.`,
      );
    } else if (sent !== path && operation["x-hawser-path"] !== sent) {
      operation["x-hawser-path"] = sent;
      report.change({
        rule: "path-suffixes",
        pointer,
        before: path,
        after: sent,
        reason: "A fragment is not part of a request.",
      });
    }
  }
};
