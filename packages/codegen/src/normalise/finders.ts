import { operationsOf } from "../document.ts";
import { asObject, joinPointer } from "../json.ts";
import { schemasAt } from "../schema-at.ts";
import { itemsOf } from "./pages.ts";
import { parameterNames } from "./parameter-names.ts";
import type { Pass } from "./report.ts";
import { requiredParameters } from "./waiters.ts";

/** What `x-hawser-finders` says of one finder: where an item has the value, and which parameter narrows the list. */
export interface FinderExtension {
  readonly pointer: string;
  readonly parameter?: string;
}

/** Changes nothing: a finder goes through a list whose items have the place it looks at. */
export const finders: Pass = (document, report) => {
  for (const { operation, pointer } of operationsOf(document)) {
    const given = operation["x-hawser-finders"];
    if (given === undefined) continue;
    if (operation["x-hawser-pages"] === undefined) {
      report.problem(
        `${pointer}/x-hawser-finders`,
        'it goes through a list: say with x-hawser-pages where the items are, with the scheme "none" when there is one page.',
      );
      continue;
    }
    const others = requiredParameters(document, operation).filter(
      (name) => !parameterNames(document, operation, "path").includes(name),
    );
    if (others.length > 0)
      report.problem(
        `${pointer}/x-hawser-finders`,
        `it isn't given ${others.join(", ")}, which the operation requires.`,
      );
    const queries = parameterNames(document, operation, "query");
    const items = itemsOf(document, operation);
    for (const [name, value] of Object.entries(asObject(given))) {
      const finder = value as FinderExtension;
      const here = joinPointer(pointer, "x-hawser-finders", name);
      if (items.some(({ schema }) => schemasAt(document, schema, finder.pointer).length === 0))
        report.problem(
          `${here}/pointer`,
          `an item of the list has no ${finder.pointer}: correct the pointer or the schema.`,
        );
      if (finder.parameter !== undefined && !queries.includes(finder.parameter))
        report.problem(`${here}/parameter`, `the operation has no query parameter "${finder.parameter}".`);
    }
  }
};
