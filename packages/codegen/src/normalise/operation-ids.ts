import { operationsOf } from "../document.ts";
import { camelCase, uniqueName } from "../names.ts";
import type { Pass } from "./report.ts";

/** Every operation gets an id that is an identifier, its own; one without is named for its method and path. */
export const operationIds: Pass = (document, report) => {
  const taken = new Set<string>();
  for (const { path, method, operation, pointer } of operationsOf(document)) {
    const given =
      typeof operation.operationId === "string" && operation.operationId !== ""
        ? operation.operationId
        : undefined;
    const id = uniqueName(camelCase(given ?? `${method} ${path.replace(/\{([^}]+)\}/g, "by $1")}`), taken);
    if (id === given) continue;
    operation.operationId = id;
    report.change({
      rule: "operation-ids",
      pointer: `${pointer}/operationId`,
      ...(given !== undefined && { before: given }),
      after: id,
      reason: given === undefined ? "The operation had no id." : "The id was taken or is no identifier.",
    });
  }
};
