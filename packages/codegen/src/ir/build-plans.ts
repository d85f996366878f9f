import { envelopeOf, jsonAnswers } from "../answers.ts";
import type { OpenAPIDocument } from "../document.ts";
import { isObject, type Json, type JsonObject } from "../json.ts";
import type { CostExtension } from "../normalise/costs.ts";
import { itemsOf, type PagesExtension } from "../normalise/pages.ts";
import { operationId } from "../operation-named.ts";
import type { SchemaPlace } from "../schema-at.ts";
import type { Cost, Envelope, Operation, Pages } from "./ir.ts";
import { schemaFrom } from "./schema-from.ts";

type Plans = Pick<Operation, "envelope" | "pages" | "cost" | "whenUnknown" | "timeouts">;

/** What keys say of how an operation is called and its answers are read, beyond what OpenAPI describes. */
export function plansFrom(document: OpenAPIDocument, operation: JsonObject): Plans {
  const envelope = jsonAnswers(document, operation).length > 0 ? envelopeOf(document, operation) : undefined;
  const { "x-hawser-when-unknown": whenUnknown, "x-hawser-timeouts": timeouts } = operation;
  return {
    ...(envelope !== undefined && { envelope: envelope as Envelope }),
    ...(isObject(operation["x-hawser-pages"]) && { pages: pagesFrom(document, operation) }),
    ...(isObject(operation["x-hawser-cost"]) && { cost: costFrom(document, operation) }),
    ...(typeof whenUnknown === "string" && { whenUnknown: whenUnknown.trim() }),
    ...(isObject(timeouts) && { timeouts: timeouts as Record<string, number> }),
  };
}

/** One schema, or the union of several. */
export function unionFrom(places: readonly SchemaPlace[]): Json {
  const schemas = new Map(places.map(({ schema }) => [JSON.stringify(schema), schemaFrom(schema)]));
  const [only, ...others] = schemas.values();
  return others.length === 0 ? (only ?? {}) : { anyOf: [...schemas.values()] };
}

function pagesFrom(document: OpenAPIDocument, operation: JsonObject): Pages {
  const { scheme, items, ...names } = operation["x-hawser-pages"] as unknown as PagesExtension;
  return { scheme, items, item: unionFrom(itemsOf(document, operation)), ...names };
}

function costFrom(document: OpenAPIDocument, operation: JsonObject): Cost {
  const { perHour, prices } = operation["x-hawser-cost"] as unknown as CostExtension;
  if (prices === undefined) return { perHour };
  return { perHour, prices: { ...prices, operation: operationId(document, prices.operation) } };
}
