import type { IR, Operation } from "../ir/ir.ts";
import { isObject, joinPointer } from "../json.ts";
import type { Audience, Difference, Level } from "./difference.ts";
import { type Direction, type Usage, usageOf } from "./usage.ts";

/** What becomes of the set of values a place can have. */
export type Change = "narrowed" | "widened" | "changed";

/** Two representations that are compared, and what was found so far. */
export class Comparison {
  readonly old: IR;
  readonly new: IR;
  readonly found: Difference[] = [];
  /** Old names of schemas that stand under another name now. */
  readonly renamed = new Map<string, string>();
  /** Ids of operations that are gone. */
  readonly removed = new Set<string>();
  readonly oldUsage: Usage;
  readonly newUsage: Usage;
  /** Pairs of schemas that are compared or being compared. */
  readonly visited = new Set<string>();

  constructor(old: IR, next: IR) {
    this.old = old;
    this.new = next;
    this.oldUsage = usageOf(old);
    this.newUsage = usageOf(next);
  }

  add(difference: Omit<Difference, "breaks" | "operations"> & Partial<Difference>): void {
    // Names come from documents, and a sentence is one line.
    const message = difference.message.replaceAll(/\p{Cc}+/gu, " ");
    this.found.push({ breaks: [], operations: [], ...difference, message });
  }

  /** How a call of the client reads: `videos.create`. */
  callOf(operation: Operation, side: "old" | "new" = "new"): string {
    return callsOf(this[side]).get(operation.id) ?? operation.id;
  }
}

/**
 * Who writes must not find less accepted, who reads must not find more: what a narrowed request breaks, a narrowed
 * answer doesn't.
 */
export function effect(change: Change, direction: Direction): { level: Level; breaks: readonly Audience[] } {
  const audience: Audience = direction === "request" ? "callers" : "readers";
  const harmless = direction === "request" ? "widened" : "narrowed";
  return change === harmless ? { level: "minor", breaks: [] } : { level: "major", breaks: [audience] };
}

/** Something gone, or something one has to know about: it breaks who uses it. */
export function breaking(direction: Direction): { level: Level; breaks: readonly Audience[] } {
  return effect("changed", direction);
}

const calls = new WeakMap<IR, ReadonlyMap<string, string>>();

/** The place of each operation and helper in the client, by id: `createVideo` is `videos.create`. */
export function callsOf(ir: IR): ReadonlyMap<string, string> {
  let known = calls.get(ir);
  if (known === undefined) {
    const found = new Map<string, string>();
    collectCalls(ir.resources, "", found);
    calls.set(ir, found);
    known = found;
  }
  return known;
}

function collectCalls(resource: IR["resources"], prefix: string, found: Map<string, string>): void {
  for (const { name, operation } of resource.methods) found.set(operation, prefix + name);
  for (const { name, helper } of resource.helpers) found.set(helper, prefix + name);
  for (const inner of resource.resources) collectCalls(inner, `${prefix}${inner.name}.`, found);
}

/** Two JSON values that say the same, whatever the order of members. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => same(item, b[index]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]))
  );
}

/** The pointer of an operation in its representation. */
export function operationPointer(ir: IR, operation: Operation): string {
  return joinPointer("#/operations", ir.operations.indexOf(operation));
}
