import { isObject, type Json } from "../json.ts";
import { compareValues, compareWords } from "./compare-values.ts";
import { compareVariants } from "./compare-variants.ts";
import { breaking, type Comparison, effect, same } from "./comparison.ts";
import { type Place, referredName, type SchemaView, viewOf, withoutNull, wordsOf } from "./schema-view.ts";
import { name, reporter, type Subject } from "./subject.ts";

/** Compares two schemas that stand in one place, and everything below them. */
export function compareSchemas(comparison: Comparison, before: Place, after: Place, subject: Subject): void {
  const [old, next] = [withoutNull(before), withoutNull(after)];
  const report = reporter(comparison, subject);
  if (old.nullable !== next.nullable) {
    const message = next.nullable
      ? `${name(subject)} can be null now.`
      : `${name(subject)} can't be null any more.`;
    report("null", effect(next.nullable ? "widened" : "narrowed", subject.direction), after.pointer, message);
  }
  const [oldName, newName] = [referredName(old.schema), referredName(next.schema)];
  // What stands around a reference or a union with null is about this place, not about what stands within.
  if (
    old.schema !== before.schema ||
    next.schema !== after.schema ||
    oldName !== undefined ||
    newName !== undefined
  )
    compareWords(comparison, wordsAround(before, old), wordsAround(after, next), after.pointer, subject);
  if (oldName === undefined || newName === undefined) {
    compareCores(comparison, old, next, subject);
    return;
  }
  // A schema with a name is told about once, under its name, however many places refer to it.
  const pair = `${subject.direction} ${oldName} ${newName}`;
  if (comparison.visited.has(pair)) return;
  comparison.visited.add(pair);
  if (oldName !== newName) noteRenaming(comparison, oldName, newName);
  compareCores(comparison, named(oldName), named(newName), {
    ...subject,
    label: newName,
    schema: newName,
  });
}

function wordsAround(outer: Place, inner: Place): Record<string, Json> {
  const around = outer.schema !== inner.schema || referredName(outer.schema) !== undefined;
  return around ? wordsOf(outer.schema) : {};
}

function named(name: string): Place {
  return { schema: { $ref: `#/schemas/${name}` }, pointer: `#/schemas/${name}` };
}

function noteRenaming(comparison: Comparison, before: string, after: string): void {
  const gone = !Object.hasOwn(comparison.new.schemas, before);
  if (gone && !Object.hasOwn(comparison.old.schemas, after)) comparison.renamed.set(before, after);
}

function compareCores(comparison: Comparison, before: Place, after: Place, subject: Subject): void {
  const old = viewOf(comparison.old, before);
  const next = viewOf(comparison.new, after);
  if (old.variants.length > 0 || next.variants.length > 0) {
    compareVariants(
      comparison,
      { place: before, view: old },
      { place: after, view: next },
      subject,
      compareSchemas,
    );
  } else if (!compareValues(comparison, old, next, after.pointer, subject)) return;
  compareMembers(comparison, old, next, subject);
  compareItems(comparison, old, next, after.pointer, subject);
  compareAdditional(comparison, old, next, after.pointer, subject);
}

function compareMembers(comparison: Comparison, old: SchemaView, next: SchemaView, subject: Subject): void {
  const { direction } = subject;
  const report = reporter(comparison, subject);
  const hidden = direction === "request" ? "readOnly" : "writeOnly";
  const travels = ({ schema }: Place) => !(isObject(schema) && schema[hidden] === true);
  const needs = (view: SchemaView, member: string, place: Place) =>
    view.required.has(member) && !(direction === "request" && hasDefault(place.schema));
  for (const [member, place] of old.properties) {
    const label = memberLabel(subject, member);
    const now = next.properties.get(member);
    if (!travels(place)) continue;
    if (now === undefined || !travels(now)) {
      report("property-removed", breaking(direction), place.pointer, `\`${label}\` is gone.`);
      continue;
    }
    const [needed, isNeeded] = [needs(old, member, place), needs(next, member, now)];
    if (needed !== isNeeded) {
      const rule = isNeeded ? "property-required" : "property-optional";
      const message = `\`${label}\` ${presence[direction][isNeeded ? "needed" : "free"]}`;
      report(rule, effect(isNeeded ? "narrowed" : "widened", direction), now.pointer, message);
    }
    compareSchemas(comparison, place, now, { ...subject, label });
  }
  for (const [member, place] of next.properties) {
    if (old.properties.has(member) || !travels(place)) continue;
    const label = memberLabel(subject, member);
    if (direction === "request" && needs(next, member, place))
      report(
        "property-added",
        breaking(direction),
        place.pointer,
        `\`${label}\` is new, and has to be given.`,
      );
    else report("property-added", harmless, place.pointer, `\`${label}\` is new.`);
  }
}

const presence = {
  request: { needed: "has to be given now.", free: "can be left out now." },
  answer: { needed: "is always there now.", free: "can be missing now." },
} as const;

const harmless = { level: "minor", breaks: [] } as const;

function compareItems(
  comparison: Comparison,
  old: SchemaView,
  next: SchemaView,
  pointer: string,
  subject: Subject,
): void {
  if (old.items === undefined && next.items === undefined) return;
  const anything = { schema: true, pointer };
  compareSchemas(comparison, old.items ?? anything, next.items ?? anything, {
    ...subject,
    label: `${subject.label}[]`,
  });
}

function compareAdditional(
  comparison: Comparison,
  { additional: old }: SchemaView,
  { additional: next }: SchemaView,
  pointer: string,
  subject: Subject,
): void {
  if (old && next) {
    compareSchemas(comparison, old, next, { ...subject, label: `${subject.label}[string]` });
    return;
  }
  if (same(old, next)) return;
  const report = reporter(comparison, subject);
  if (next === false)
    report(
      "members-closed",
      effect("narrowed", subject.direction),
      pointer,
      `${name(subject)} has no members but those described any more.`,
    );
  else if (old === false)
    report(
      "members-opened",
      harmless,
      pointer,
      `${name(subject)} can have members that are not described now.`,
    );
  else
    report(
      "members-changed",
      breaking(subject.direction),
      pointer,
      `What ${name(subject)} holds beside the members described is something else now.`,
    );
}

function hasDefault(schema: Json): boolean {
  return isObject(schema) && schema.default !== undefined;
}

function memberLabel({ label }: Subject, member: string): string {
  return `${label}.${member}`;
}
