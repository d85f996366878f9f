import { dereference, operationsOf } from "../document.ts";
import { asArray, asObject, cloneJson, isObject, type JsonObject, joinPointer } from "../json.ts";
import type { Pass } from "./report.ts";

/** Headers that are described elsewhere; a parameter of such a name is to be ignored (OpenAPI 3.2, Parameter Object). */
const ignoredHeaders = ["accept", "content-type", "authorization"];

/**
 * Path items and parameters given by `$ref` are put in place, and parameters of a path item are given to each of its
 * operations, unless the operation has its own of that name and place (OpenAPI 3.2, Path Item Object). Header
 * parameters the specification says to ignore are left out.
 */
export const pathParameters: Pass = (document, report) => {
  const paths = asObject(document.paths);
  for (const [path, item] of Object.entries(paths)) {
    if (!isObject(item) || typeof item.$ref !== "string") continue;
    const target = dereference(document, item);
    if (!isObject(target)) continue;
    // A copy: operations of two paths must not be one object, since each gets an id of its own.
    paths[path] = cloneJson(target);
    report.change({
      rule: "path-parameters",
      pointer: joinPointer("#/paths", path),
      before: item,
      after: { methods: Object.keys(target) },
      reason: "A path stands in its place.",
    });
  }

  for (const { path, pathItem, operation, pointer } of operationsOf(document)) {
    const place = `${pointer}/parameters`;
    const inPlace = (parameter: unknown): JsonObject => {
      const target = asObject(dereference(document, parameter));
      if (target === parameter) return target;
      const after = { name: target.name, in: target.in };
      report.change({
        rule: "path-parameters",
        pointer: place,
        before: parameter,
        after,
        reason: "It stands in its place.",
      });
      return cloneJson(target);
    };
    const own = asArray(operation.parameters).map(inPlace);
    const inherited = asArray(pathItem.parameters)
      .map((parameter) => asObject(dereference(document, parameter)))
      .filter(
        (shared) => !own.some((parameter) => parameter.name === shared.name && parameter.in === shared.in),
      );
    for (const parameter of inherited) {
      report.change({
        rule: "path-parameters",
        pointer: place,
        after: { name: parameter.name, in: parameter.in },
        reason: "A parameter of the path belongs to each of its operations.",
      });
    }
    const parameters = [...inherited.map(cloneJson), ...own].filter((parameter) => {
      const ignored =
        parameter.in === "header" && ignoredHeaders.includes(String(parameter.name).toLowerCase());
      const before = { name: parameter.name, in: parameter.in };
      const reason = "OpenAPI describes this header by content types or security schemes.";
      if (ignored) report.change({ rule: "path-parameters", pointer: place, before, reason });
      return !ignored;
    });
    for (const [, name] of String(operation["x-hawser-path"] ?? path).matchAll(/\{([^}]+)\}/g)) {
      if (!parameters.some((parameter) => parameter.in === "path" && parameter.name === name)) {
        report.problem(
          pointer,
          `the path has a place for {${name}}, but no path parameter of that name is described.`,
        );
      }
    }
    if (parameters.length > 0) operation.parameters = parameters;
    else delete operation.parameters;
  }
};
