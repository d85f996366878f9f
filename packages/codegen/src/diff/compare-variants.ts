import { isObject, type Json } from "../json.ts";
import { compareEnums, compareWords } from "./compare-values.ts";
import { type Comparison, effect, same } from "./comparison.ts";
import { type Place, referredName, type SchemaView, viewOf } from "./schema-view.ts";
import { name, reporter, type Subject } from "./subject.ts";

interface Side {
  readonly place: Place;
  readonly view: SchemaView;
}

interface Variant extends Place {
  readonly view: SchemaView;
  readonly called: string;
}

/** Compares what is one of several things, or has become so, variant by variant. */
export function compareVariants(
  comparison: Comparison,
  before: Side,
  after: Side,
  subject: Subject,
  compareSchemas: (comparison: Comparison, before: Place, after: Place, subject: Subject) => void,
): void {
  const old = variantsOf(comparison.old, before);
  const next = variantsOf(comparison.new, after);
  const pairs = pairUp(comparison, old, next);
  const report = reporter(comparison, subject);
  // A list of known values beside any text: nobody can rely on there being no others.
  const open = [...next].some(isAnyText);
  for (const [was, is] of pairs) {
    if (
      was.view.values !== undefined &&
      is.view.values !== undefined &&
      referredName(is.schema) === undefined
    )
      compareEnums(comparison, was.view.values, is.view.values, is.pointer, subject, open);
    else compareSchemas(comparison, was, is, { ...subject, label: labelOf(is, subject) });
  }
  const paired = new Set(pairs.flat());
  for (const variant of old) {
    if (paired.has(variant)) continue;
    const message = `${name(subject)} can't be ${variant.called} any more.`;
    report("variant-removed", effect("narrowed", subject.direction), variant.pointer, message);
  }
  for (const variant of next) {
    if (paired.has(variant)) continue;
    const effects =
      open && variant.view.values !== undefined
        ? ({ level: "minor", breaks: [] } as const)
        : effect("widened", subject.direction);
    report("variant-added", effects, variant.pointer, `${name(subject)} can be ${variant.called} now.`);
  }
  compareWords(comparison, before.view.words, after.view.words, after.place.pointer, subject);
}

function labelOf(variant: Variant, { label }: Subject): string {
  return referredName(variant.schema) ?? label;
}

/** The variants of a union; anything else is a union of one. */
function variantsOf(root: unknown, { place, view }: Side): Variant[] {
  const places = view.variants.length > 0 ? view.variants : [place];
  return places.map((variant) => {
    const inner = viewOf(root, variant);
    return { ...variant, view: inner, called: describe(variant.schema, inner) };
  });
}

function describe(schema: Json, view: SchemaView): string {
  const reference = referredName(schema);
  if (reference !== undefined) return `\`${reference}\``;
  const tag = tagOf(view);
  if (tag !== undefined) return `the variant ${tag}`;
  const [type] = view.types ?? [];
  return type === undefined ? "anything else" : `${/^[aeiou]/.test(type) ? "an" : "a"} ${type}`;
}

/** Pairs variants that are the same thing: by name, by the member that tells them apart, by what they are. */
function pairUp(
  comparison: Comparison,
  old: readonly Variant[],
  next: readonly Variant[],
): [Variant, Variant][] {
  const pairs: [Variant, Variant][] = [];
  const free = new Set(next);
  const left = new Set(old);
  const matches: ((a: Variant, b: Variant) => boolean)[] = [
    (a, b) => referredName(a.schema) !== undefined && referredName(a.schema) === referredName(b.schema),
    (a, b) => same(a.schema, b.schema),
    (a, b) => tagOf(a.view) !== undefined && tagOf(a.view) === tagOf(b.view),
    (a, b) =>
      kindOf(a.view) !== undefined && kindOf(a.view) === kindOf(b.view) && mayBeRenamed(comparison, a, b),
  ];
  for (const match of matches) {
    for (const variant of left) {
      const found = [...free].find((other) => match(variant, other));
      if (found === undefined) continue;
      pairs.push([variant, found]);
      free.delete(found);
      left.delete(variant);
    }
  }
  return pairs;
}

/** The constants of a variant, which tell it apart from the others: `type: "text"`. */
function tagOf(view: SchemaView): string | undefined {
  const constants = [...view.properties].flatMap(([member, { schema }]) => {
    const value = isObject(schema)
      ? (schema.const ??
        (Array.isArray(schema.enum) && schema.enum.length === 1 ? schema.enum[0] : undefined))
      : undefined;
    return value === undefined ? [] : [`${member}: ${JSON.stringify(value)}`];
  });
  return constants.length === 0 ? undefined : constants.join(", ");
}

/** What a variant without a tag is; two objects without one can't be told apart, and aren't taken for each other. */
function kindOf(view: SchemaView): string | undefined {
  const types = [...(view.types ?? [])].sort().join(" or ");
  if (types === "" || (types === "object" && tagOf(view) !== undefined)) return undefined;
  return `${types}${view.values === undefined ? "" : " of a list"}`;
}

function isAnyText({ view }: Variant): boolean {
  return view.types?.has("string") === true && view.values === undefined && view.words.pattern === undefined;
}

/** False for two schemas with names of which one still stands, or stood already, beside the other. */
function mayBeRenamed({ old, new: next }: Comparison, a: Variant, b: Variant): boolean {
  const [before, after] = [referredName(a.schema), referredName(b.schema)];
  if (before === undefined || after === undefined) return true;
  return !Object.hasOwn(next.schemas, before) && !Object.hasOwn(old.schemas, after);
}
