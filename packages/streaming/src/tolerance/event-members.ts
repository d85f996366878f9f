import { invalidData } from "../errors.ts";
import { isJsonObject, type JsonObject } from "../json.ts";
import type { ReportQuirk } from "../quirk.ts";

/**
 * Makes sure that a member is a number, and gives it: `fallback` where there is none (Q45). Numbers of things in a list
 * are what it is for.
 */
export function requireNumber(
  object: JsonObject,
  name: string,
  fallback: () => number,
  report: ReportQuirk,
): number {
  const value = object[name];
  if (typeof value === "number") return value;
  report("Q45", `/${name}`, `The event has no ${name}`);
  const number = fallback();
  object[name] = number;
  return number;
}

/**
 * Makes sure that a member is text, and gives it: `fallback` where there is none (Q45). Throws a `StreamError`
 * (`invalid-data`) when it is something else.
 */
export function requireText(
  object: JsonObject,
  name: string,
  fallback: string,
  raw: string,
  report: ReportQuirk,
): string {
  const value = object[name];
  if (typeof value === "string") return value;
  if (value !== undefined && value !== null) throw invalidData(`The ${name} of an event is no text`, raw);
  report("Q45", `/${name}`, `The event has no ${name}`);
  object[name] = fallback;
  return fallback;
}

/** The member that is an object; `undefined` where there is none (Q45), and nothing to be put in its place. */
export function findObject(object: JsonObject, name: string, report: ReportQuirk): JsonObject | undefined {
  const value = object[name];
  if (isJsonObject(value)) return value;
  report("Q45", `/${name}`, `The event has no ${name}`);
  return undefined;
}
