import { dataOf, schemasInData } from "../answers.ts";
import { bodyMembers } from "../body-members.ts";
import { type OpenAPIDocument, type OperationEntry, operationsOf } from "../document.ts";
import { isObject, type JsonObject, joinPointer } from "../json.ts";
import { shown } from "../keys/shape.ts";
import { operationNamed } from "../operation-named.ts";
import { type SchemaPlace, schemasAt } from "../schema-at.ts";
import { itemsOf } from "./pages.ts";
import type { Pass, Report } from "./report.ts";

/** What `x-hawser-cost` says: where an answer tells the price per hour, and where prices are listed. */
export interface CostExtension {
  readonly perHour: string;
  readonly prices?: {
    readonly operation: string;
    readonly perHour: string;
    readonly match: Readonly<Record<string, string>>;
  };
}

/** Changes nothing: what `x-hawser-cost` names is there, and only what costs has an outcome that can be unknown. */
export const costs: Pass = (document, report) => {
  for (const entry of operationsOf(document)) {
    const { operation, pointer, method } = entry;
    if (isObject(operation["x-hawser-cost"])) checkCost(document, entry, report);
    const retry = operation["x-hawser-retry"] ?? (["post", "patch"].includes(method) ? "costly" : "other");
    if (operation["x-hawser-when-unknown"] !== undefined && retry !== "costly") {
      report.problem(
        `${pointer}/x-hawser-when-unknown`,
        "the operation is not costly, so that it is simply sent again: take it out, or set x-hawser-retry: costly.",
      );
    }
  }
};

function checkCost(document: OpenAPIDocument, { operation, pointer }: OperationEntry, report: Report): void {
  const { perHour, prices } = operation["x-hawser-cost"] as unknown as CostExtension;
  const here = `${pointer}/x-hawser-cost`;
  const lacks = (place: string) => `has no ${place}: correct the pointer or the schema.`;
  if (schemasInData(document, operation, perHour).length === 0)
    report.problem(`${here}/perHour`, `the data of ${operation.operationId} ${lacks(perHour)}`);
  if (prices === undefined) return;
  const list = operationNamed(document, prices.operation);
  if (list === undefined) {
    report.problem(`${here}/prices/operation`, `there is no operation ${shown(prices.operation)}.`);
    return;
  }
  if (list.operation["x-hawser-cost"] !== undefined)
    report.problem(
      `${here}/prices/operation`,
      `${prices.operation} has a cost of its own: prices are looked up where it is free.`,
    );
  const items = pricesOf(document, list.operation);
  if (items.length === 0) {
    report.problem(
      `${here}/prices/operation`,
      `${prices.operation} gives no list: say with x-hawser-pages where its items are.`,
    );
    return;
  }
  const has = (place: string) => items.every(({ schema }) => schemasAt(document, schema, place).length > 0);
  if (!has(prices.perHour))
    report.problem(`${here}/prices/perHour`, `an item of ${prices.operation} ${lacks(prices.perHour)}`);
  const members = bodyMembers(document, operation);
  for (const [member, place] of Object.entries(prices.match)) {
    const at = joinPointer(here, "prices", "match", member);
    if (!has(place)) report.problem(at, `an item of ${prices.operation} ${lacks(place)}`);
    if (!members.has(member))
      report.problem(at, `the request body of ${operation.operationId} has no member "${member}".`);
  }
}

/** The schemas of an item of a list: by `x-hawser-pages`, or of a list that is the data itself. */
function pricesOf(document: OpenAPIDocument, operation: JsonObject): SchemaPlace[] {
  const items = itemsOf(document, operation);
  if (items.length > 0) return items;
  return dataOf(document, operation).flatMap(({ schema }) => schemasAt(document, schema, "/0"));
}
