import { schemasInData } from "../answers.ts";
import { operationsOf } from "../document.ts";
import { isObject } from "../json.ts";
import { parameterNames } from "./parameter-names.ts";
import type { Pass } from "./report.ts";
import { requiredParameters } from "./waiters.ts";

/** What `x-hawser-upload` says of an operation that hands out an address to send a file to. */
export interface UploadExtension {
  readonly method: string;
  readonly url: string;
  readonly result: string;
  readonly contentType: string;
  readonly extension: string;
}

/** Changes nothing: the places and parameters `x-hawser-upload` names are there, and nothing else is required. */
export const uploads: Pass = (document, report) => {
  for (const { operation, pointer } of operationsOf(document)) {
    if (!isObject(operation["x-hawser-upload"])) continue;
    const upload = operation["x-hawser-upload"] as unknown as UploadExtension;
    const here = `${pointer}/x-hawser-upload`;
    for (const member of ["url", "result"] as const) {
      if (schemasInData(document, operation, upload[member]).length > 0) continue;
      report.problem(
        `${here}/${member}`,
        `the data of ${operation.operationId} has no ${upload[member]}: correct the pointer or the schema.`,
      );
    }
    const queries = parameterNames(document, operation, "query");
    for (const member of ["contentType", "extension"] as const) {
      if (queries.includes(upload[member])) continue;
      report.problem(`${here}/${member}`, `the operation has no query parameter "${upload[member]}".`);
    }
    const given = [upload.contentType, upload.extension];
    const others = requiredParameters(document, operation).filter((name) => !given.includes(name));
    if (others.length > 0)
      report.problem(here, `it isn't given ${others.join(", ")}, which the operation requires.`);
  }
};
