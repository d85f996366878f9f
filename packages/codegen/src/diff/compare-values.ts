import type { Json } from "../json.ts";
import { breaking, type Comparison, effect, same } from "./comparison.ts";
import type { SchemaView } from "./schema-view.ts";
import { name, reporter, type Subject } from "./subject.ts";

/**
 * Compares what values of one place can be: types, enumerated values, bounds, and what is said about them.
 *
 * @returns false when they are of another kind now, so that there is nothing in them to compare
 */
export function compareValues(
  comparison: Comparison,
  old: SchemaView,
  next: SchemaView,
  pointer: string,
  subject: Subject,
): boolean {
  const comparable = compareTypes(comparison, old, next, pointer, subject);
  if (comparable) compareEnums(comparison, old.values, next.values, pointer, subject);
  compareWords(comparison, old.words, next.words, pointer, subject);
  return comparable;
}

function compareTypes(
  comparison: Comparison,
  { types: old }: SchemaView,
  { types: next }: SchemaView,
  pointer: string,
  subject: Subject,
): boolean {
  if (same([...(old ?? [])].sort(), [...(next ?? [])].sort()) && (old === undefined) === (next === undefined))
    return true;
  const [wider, narrower] = [isWithin(old, next), isWithin(next, old)];
  const change = wider ? "widened" : narrower ? "narrowed" : "changed";
  const message = `${name(subject)} is ${typeNames(next)} now, and was ${typeNames(old)}.`;
  reporter(comparison, subject)("type", effect(change, subject.direction), pointer, message);
  return change !== "changed";
}

/** True when every value of the first types is one of the second. */
function isWithin(types: ReadonlySet<string> | undefined, of: ReadonlySet<string> | undefined): boolean {
  if (of === undefined) return true;
  if (types === undefined) return false;
  return [...types].every((type) => of.has(type) || (type === "integer" && of.has("number")));
}

function typeNames(types: ReadonlySet<string> | undefined): string {
  return types === undefined
    ? "anything"
    : [...types].map((type) => `${/^[aeiou]/.test(type) ? "an" : "a"} ${type}`).join(" or ");
}

/** Compares the values of `enum` and `const`; a list that appears narrows, one that goes widens. */
export function compareEnums(
  comparison: Comparison,
  old: readonly Json[] | undefined,
  next: readonly Json[] | undefined,
  pointer: string,
  subject: Subject,
  isOpen = false,
): void {
  const report = reporter(comparison, subject);
  const { direction } = subject;
  if (old === undefined && next === undefined) return;
  if (old === undefined || next === undefined) {
    const message =
      next === undefined
        ? `${name(subject)} is no longer one of a list of values.`
        : `${name(subject)} is one of a list of values now: ${listOf(next)}.`;
    report("enum", effect(next === undefined ? "widened" : "narrowed", direction), pointer, message);
    return;
  }
  const gone = old.filter((value) => !next.some((other) => same(value, other)));
  const added = next.filter((value) => !old.some((other) => same(value, other)));
  const harmless = { level: "minor", breaks: [] } as const;
  if (gone.length > 0)
    report(
      "enum-narrowed",
      isOpen ? harmless : effect("narrowed", direction),
      pointer,
      `${name(subject)} can't be ${listOf(gone)} any more.`,
    );
  if (added.length > 0)
    report(
      "enum-widened",
      isOpen ? harmless : effect("widened", direction),
      pointer,
      `${name(subject)} can be ${listOf(added)} now.`,
    );
}

/** Values in a sentence, the first few of many. */
function listOf(values: readonly Json[]): string {
  const shown = values.slice(0, 5).map((value) => JSON.stringify(value));
  if (values.length > shown.length) return `${shown.join(", ")} and ${values.length - shown.length} others`;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} or ${shown.at(-1)}`;
}

/** Bounds: whether a greater number lets more values in. */
const bounds: Readonly<Record<string, "upper" | "lower">> = {
  ...{
    maximum: "upper",
    exclusiveMaximum: "upper",
    maxLength: "upper",
    maxItems: "upper",
    maxProperties: "upper",
  },
  ...{
    minimum: "lower",
    exclusiveMinimum: "lower",
    minLength: "lower",
    minItems: "lower",
    minProperties: "lower",
  },
};

/** Compares what a schema says in single words: bounds, formats, defaults, descriptions. */
export function compareWords(
  comparison: Comparison,
  old: Readonly<Record<string, Json>>,
  next: Readonly<Record<string, Json>>,
  pointer: string,
  subject: Subject,
): void {
  const report = reporter(comparison, subject);
  const { direction } = subject;
  for (const word of new Set([...Object.keys(old), ...Object.keys(next)])) {
    const [before, after] = [old[word], next[word]];
    if (same(before, after)) continue;
    const bound = bounds[word];
    if (bound !== undefined) {
      const tighter = isTighter(bound, before, after);
      // Answers are not checked against their bounds, so that only who has to keep to them is concerned.
      const effects = tighter && direction === "request" ? breaking("request") : minor;
      report(
        "bound",
        effects,
        pointer,
        `The ${word} of ${name(subject)} is ${worth(after)} now, and was ${worth(before)}.`,
      );
    } else if (["pattern", "multipleOf", "uniqueItems"].includes(word)) {
      const effects = after !== undefined && direction === "request" ? breaking("request") : minor;
      report(
        "bound",
        effects,
        pointer,
        `The ${word} of ${name(subject)} is ${worth(after)} now, and was ${worth(before)}.`,
      );
    } else if (word === "format" || word === "contentEncoding") {
      const effects = before !== undefined && after !== undefined ? breaking(direction) : minor;
      report(
        "format",
        effects,
        pointer,
        `The ${word} of ${name(subject)} is ${worth(after)} now, and was ${worth(before)}.`,
      );
    } else if (word === "default") {
      if (direction === "answer")
        report("default", patch, pointer, `The default of ${name(subject)} is ${worth(after)} now.`);
      else
        report(
          "default",
          minor,
          pointer,
          `${name(subject)} is ${worth(after)} now when it is left out, and was ${worth(before)}.`,
        );
    } else if (word === "deprecated") {
      if (after === true) report("deprecated", minor, pointer, `${name(subject)} is deprecated.`);
      else report("deprecated", patch, pointer, `${name(subject)} is no longer deprecated.`);
    } else if (word === "discriminator") {
      report(word, patch, pointer, `The variants of ${name(subject)} are told apart in another way.`);
    } else if (word === "description" || word === "title") {
      report("description", patch, pointer, `${name(subject)} is described in other words.`);
    }
  }
}

function isTighter(bound: "upper" | "lower", before: Json | undefined, after: Json | undefined): boolean {
  if (after === undefined || before === undefined) return before === undefined;
  return bound === "upper" ? Number(after) < Number(before) : Number(after) > Number(before);
}

const minor = { level: "minor", breaks: [] } as const;
const patch = { level: "patch", breaks: [] } as const;

function worth(value: Json | undefined): string {
  return value === undefined ? "not set" : JSON.stringify(value);
}
