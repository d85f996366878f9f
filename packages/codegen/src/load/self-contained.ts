import { isObject, resolvePointer } from "../json.ts";

/**
 * Whether a document is in one piece already: every `$ref` in it begins with `#/` and leads somewhere, no value of a
 * discriminator looks like a file, and no example stands in one. Bundling would leave it as it is, and takes longer than all else that is done to read it.
 */
export function isSelfContained(document: unknown): boolean {
  const found = new Map<string, boolean>();
  const leads = (reference: string): boolean => {
    let known = found.get(reference);
    if (known === undefined) {
      known = reference.startsWith("#/") && resolvePointer(document, reference) !== undefined;
      found.set(reference, known);
    }
    return known;
  };
  const isClosed = (value: unknown): boolean => {
    if (Array.isArray(value)) return value.every(isClosed);
    if (!isObject(value)) return true;
    for (const key of Object.keys(value)) {
      const member = value[key];
      if (key === "$ref" && typeof member === "string" && !leads(member)) return false;
      if ((key === "mapping" || key === "defaultMapping") && !namesComponents(member)) return false;
      // What is left of those may not be read, which the bundler says.
      if (key === "externalValue" && typeof member === "string") return false;
      if (!isClosed(member)) return false;
    }
    return true;
  };
  return isClosed(document);
}

/** What a discriminator maps to: names of schemas, or references within the document. */
function namesComponents(mapping: unknown): boolean {
  const values = isObject(mapping) ? Object.values(mapping) : [mapping];
  return values.every((value) => typeof value !== "string" || value.startsWith("#/") || !/[./:]/.test(value));
}
