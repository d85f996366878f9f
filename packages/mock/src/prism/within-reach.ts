import { asObject, dereference, isObject, type JsonObject, walkObjects } from "../json.ts";

/** From so many references on, put in their places, a document is too large for Prism. */
const tooMany = 5_000;
/** How many of such a document's references are kept, those near the answer first. */
const kept = 100;
/** What stands where a reference was cut. */
const cut: JsonObject = {};

/**
 * A document of one operation in a size that Prism can read: it puts every reference in its place, which has no end where
 * hundreds of schemas refer to one another. Of such a document the schemas near the answer stay, and what lies
 * behind is left out where it may be: members that aren't required, variants of a union that has others. A document of
 * another kind is given back as it is.
 */
export function withinReach(document: JsonObject): JsonObject {
  if (expand(document, tooMany) === undefined) return document;
  return structuredClone(prune(expand(document, kept) ?? document));
}

interface Waiting {
  readonly holder: Record<string, unknown>;
  readonly key: string;
  readonly reference: JsonObject & { readonly $ref: string };
  /** References it stands in. */
  readonly above: ReadonlySet<string>;
}

/** The paths with up to `limit` references in their places, breadth first; `undefined` when there are no more of them. */
function expand(document: JsonObject, limit: number): JsonObject | undefined {
  const waiting: Waiting[] = [];
  const copy = (value: unknown, above: ReadonlySet<string>): unknown => {
    if (typeof value !== "object" || value === null) return value;
    const holder = (Array.isArray(value) ? [] : {}) as Record<string, unknown>;
    for (const [key, item] of Object.entries(value)) {
      if (isReference(item)) {
        holder[key] = cut;
        waiting.push({ holder, key, reference: item, above });
      } else holder[key] = copy(item, above);
    }
    return holder;
  };
  const paths = copy(document.paths, new Set());
  let done = 0;
  for (const { holder, key, reference, above } of waiting) {
    if (above.has(reference.$ref)) continue;
    done += 1;
    if (done > limit) {
      const { components: _, ...rest } = document;
      return { ...rest, paths };
    }
    const { $ref, ...siblings } = reference;
    holder[key] = copy({ ...dereference(document, reference), ...siblings }, new Set([...above, $ref]));
  }
  return undefined;
}

function isReference(value: unknown): value is Waiting["reference"] {
  return isObject(value) && typeof value.$ref === "string";
}

function prune(document: JsonObject): JsonObject {
  walkObjects(document, (schema) => {
    // Its mapping leads to what isn't there any more.
    delete schema.discriminator;
    const required = Array.isArray(schema.required) ? schema.required : [];
    const properties = asObject(schema.properties);
    for (const [name, property] of Object.entries(properties))
      if (property === cut && !required.includes(name)) delete properties[name];
    for (const key of ["anyOf", "oneOf"]) {
      const variants = schema[key];
      if (!Array.isArray(variants)) continue;
      const rest = variants.filter((variant) => variant !== cut);
      if (rest.length > 0) schema[key] = rest;
    }
  });
  return document;
}
