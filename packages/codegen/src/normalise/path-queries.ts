import { operationsOf } from "../document.ts";
import { asArray, asObject, type JsonObject } from "../json.ts";
import { queryOf } from "./path-suffixes.ts";
import type { Pass } from "./report.ts";

/**
 * The query of a path becomes parameters: `/models?type=chat&page={page}` has a parameter `type` that is always `chat`,
 * and `page`, described as a path parameter or as one of the query, is one of the query.
 */
export const pathQueries: Pass = (document, report) => {
  for (const { path, operation, pointer } of operationsOf(document)) {
    const query = queryOf(path);
    if (query === undefined) continue;
    const parameters = asArray(operation.parameters).map(asObject);
    const place = `${pointer}/parameters`;
    for (const pair of query.split("&").filter(Boolean)) {
      const [name = "", value = ""] = pair.split(/=(.*)/s).map(decode);
      const variable = /^\{([^}]+)\}$/.exec(value)?.[1];
      const described = parameters.find(
        (parameter) =>
          parameter.name === (variable ?? name) && ["path", "query"].includes(String(parameter.in)),
      );
      const present = parameters.find((parameter) => parameter.name === name && parameter.in === "query");
      if (variable === undefined && present === undefined) {
        const after = { name, in: "query", required: true, schema: { const: value } };
        parameters.push(after);
        report.change({
          rule: "path-queries",
          pointer: place,
          after,
          reason: "The path says that it is always sent.",
        });
      } else if (variable !== undefined && described === undefined && present === undefined) {
        report.problem(
          pointer,
          `the path has a place for {${variable}}, but no parameter of that name is described.`,
        );
      } else if (variable !== undefined && described?.in === "path") {
        const before = { name: described.name, in: described.in };
        moveToQuery(described, name);
        report.change({
          rule: "path-queries",
          pointer: place,
          before,
          after: { name, in: "query" },
          reason: "It stands in the query of the path.",
        });
      }
    }
    if (parameters.length > 0) operation.parameters = parameters;
  }
};

function moveToQuery(parameter: JsonObject, name: string): void {
  parameter.in = "query";
  parameter.name = name;
  // The style of a path says nothing of a query.
  delete parameter.style;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
