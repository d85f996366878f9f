import { httpMethods } from "../document.ts";
import { type JsonObject, joinPointer } from "../json.ts";
import { keys, type Place } from "../keys/keys.ts";
import { walkDocument } from "../walk-document.ts";
import type { Pass } from "./report.ts";

const prefix = "x-hawser-";
const names = Object.keys(keys).map((name) => `${prefix}${name}`);

/**
 * Changes nothing: an `x-hawser-*` key that doesn't exist, stands where it means nothing, or holds something it can't
 * is a problem, so that a typing mistake doesn't turn into a client that does something else.
 */
export const keysAreSound: Pass = (document, report) => {
  walkDocument(document, (object, pointer, kind) => {
    for (const [name, value] of Object.entries(object)) {
      if (!name.startsWith(prefix)) continue;
      const key = Object.hasOwn(keys, name.slice(prefix.length))
        ? keys[name.slice(prefix.length)]
        : undefined;
      if (key === undefined) {
        report.problem(pointer, `there is no ${name}; there are ${names.join(", ")}.`);
        continue;
      }
      const place = kind === "schema" ? "a schema" : placeOf(object, pointer);
      if (kind === "other" && typeof object.$ref === "string") {
        report.problem(pointer, `${name} is not read beside a $ref: write it where the reference leads.`);
        continue;
      }
      if (place === undefined || !key.places.includes(place)) {
        report.problem(pointer, `${name} belongs to ${key.places.join(" or ")}, and has no meaning here.`);
        continue;
      }
      key.shape.check(value, joinPointer(pointer, name), report.problem.bind(report));
    }
  });
};

/** What kind of object stands at a place, of the kinds a key can stand at. */
function placeOf(object: JsonObject, pointer: string): Place | undefined {
  const parts = pointer.split("/");
  if (parts.length === 1) return "the document";
  if (typeof object.in === "string" && typeof object.name === "string") return "a parameter";
  if (httpMethods.includes(parts.at(-1) as never) && parts.length > 2) return "an operation";
  return parts.at(-2) === "content" || parts.at(-2) === "mediaTypes" ? "a media type" : undefined;
}
