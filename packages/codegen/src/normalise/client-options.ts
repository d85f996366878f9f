import { operationsOf } from "../document.ts";
import { asArray, asObject, joinPointer } from "../json.ts";
import { shown } from "../keys/shape.ts";
import type { Pass } from "./report.ts";

/** What every client can be given, whatever its document. */
const usualOptions = [
  ...[
    "apiKey",
    "baseURL",
    "clientId",
    "clientSecret",
    "credentials",
    "dangerouslyAllowBrowser",
    "fetch",
    "fetchOptions",
    "headers",
  ],
  ...["idempotencyHeader", "logLevel", "logger", "maxRetries", "maxRetryAfter", "middleware", "onQuirk"],
  ...["query", "server", "serverURLs", "serverVariables", "strict", "timeout"],
];

/**
 * Changes nothing: `x-hawser-option` at a parameter names an option that `x-hawser-client` describes, and no such option
 * takes the name of one that every client has.
 */
export const clientOptions: Pass = (document, report) => {
  const options = Object.keys(asObject(asObject(document["x-hawser-client"]).options));
  for (const name of options) {
    if (!usualOptions.includes(name)) continue;
    const here = joinPointer("#/x-hawser-client/options", name);
    report.problem(here, `every client has an option "${name}": give this one another name.`);
  }
  for (const { operation, pointer } of operationsOf(document)) {
    for (const [index, value] of asArray(operation.parameters).entries()) {
      const { "x-hawser-option": option, in: place } = asObject(value);
      if (option === undefined) continue;
      const here = joinPointer(pointer, "parameters", index, "x-hawser-option");
      if (!options.includes(String(option))) {
        report.problem(
          here,
          `x-hawser-client describes no option ${shown(option)}: ${options.length === 0 ? "it has no options" : `it has ${options.join(", ")}`}.`,
        );
      } else if (place === "path") {
        report.problem(
          here,
          "a path parameter is part of what a call names: it can't come from an option of the client.",
        );
      }
    }
  }
};
