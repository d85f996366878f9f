import type { Operation } from "../ir/ir.ts";
import { joinPointer } from "../json.ts";
import { compareAnswers } from "./compare-answers.ts";
import { compareRequests } from "./compare-requests.ts";
import { compareSecurity } from "./compare-security.ts";
import { compareOwnServers } from "./compare-servers.ts";
import { type Comparison, callsOf, operationPointer, same } from "./comparison.ts";

/** The two versions of one operation, and how sentences call it. */
export interface OperationPair {
  readonly old: Operation;
  readonly new: Operation;
  readonly oldPointer: string;
  readonly pointer: string;
  /** `videos.create`. */
  readonly call: string;
  /** The operations that use a schema; of one without a name, this one. */
  readonly users: (direction: "request" | "answer") => (schema: string | undefined) => readonly string[];
}

/** Compares operations: those of one method and path, and of the others those of one id. */
export function compareOperations(comparison: Comparison): void {
  const { newUsage: usage, oldUsage: gone } = comparison;
  const pairs = pairUp(comparison);
  for (const [old, next] of pairs) {
    const pair: OperationPair = {
      old,
      new: next,
      oldPointer: operationPointer(comparison.old, old),
      pointer: operationPointer(comparison.new, next),
      call: comparison.callOf(next),
      users: (direction) => (schema) =>
        schema === undefined
          ? [next.id]
          : (usage[direction].get(schema) ?? gone[direction].get(schema) ?? [next.id]),
    };
    compareOne(comparison, pair);
  }
  const paired = new Set(pairs.flat());
  for (const operation of comparison.old.operations) {
    if (paired.has(operation)) continue;
    comparison.removed.add(operation.id);
    comparison.add({
      rule: "operation-removed",
      level: "major",
      breaks: ["callers"],
      operations: [operation.id],
      pointer: operationPointer(comparison.old, operation),
      message: `\`${comparison.callOf(operation, "old")}\` (${operation.method} ${operation.path}) is gone.`,
    });
  }
  for (const operation of comparison.new.operations) {
    if (paired.has(operation)) continue;
    comparison.add({
      rule: "operation-added",
      level: "minor",
      operations: [operation.id],
      pointer: operationPointer(comparison.new, operation),
      message: `\`${comparison.callOf(operation)}\` (${operation.method} ${operation.path}) is new.`,
    });
  }
}

function pairUp({ old, new: next }: Comparison): [Operation, Operation][] {
  const byWire = new Map(next.operations.map((operation) => [wire(operation), operation]));
  const byId = new Map(next.operations.map((operation) => [operation.id, operation]));
  const wires = new Set(old.operations.map(wire));
  return old.operations.flatMap((operation): [Operation, Operation][] => {
    const moved = byId.get(operation.id);
    const match = byWire.get(wire(operation)) ?? (moved && !wires.has(wire(moved)) ? moved : undefined);
    return match === undefined ? [] : [[operation, match]];
  });
}

/** Names of path parameters are nobody's business on the wire. */
function wire({ method, path }: Operation): string {
  return `${method} ${path.replaceAll(/\{[^}]*\}/g, "{}")}`;
}

function compareOne(comparison: Comparison, pair: OperationPair): void {
  const { old, new: next, pointer, call } = pair;
  const operations = [next.id];
  const found = comparison.found.length;
  if (wire(old) !== wire(next)) {
    const message = `\`${call}\` is ${next.method} ${next.path} now, and was ${old.method} ${old.path}: programs built before ask the wrong address.`;
    comparison.add({
      rule: "operation-moved",
      level: "major",
      breaks: ["callers"],
      operations,
      pointer,
      message,
    });
  }
  compareOwnServers(comparison, pair);
  compareNames(comparison, pair);
  compareRequests(comparison, pair);
  compareAnswers(comparison, pair);
  compareSecurity(comparison, pair);
  if (old.retry !== next.retry) {
    const message = `\`${call}\` is ${retries[next.retry]} now, and was ${retries[old.retry]}.`;
    comparison.add({
      rule: "retry",
      level: "minor",
      operations,
      pointer: joinPointer(pointer, "retry"),
      message,
    });
  }
  if (old.deprecated !== next.deprecated) {
    const level = next.deprecated ? "minor" : "patch";
    const message = `\`${call}\` is ${next.deprecated ? "deprecated" : "no longer deprecated"}.`;
    comparison.add({ rule: "deprecated", level, operations, pointer, message });
  }
  if (old.summary !== next.summary || old.description !== next.description) {
    const message = `\`${call}\` is described in other words.`;
    comparison.add({ rule: "description", level: "patch", operations, pointer, message });
  }
  if (comparison.found.length === found && !same(old, next)) {
    // What no rule above speaks of: examples, timeouts, what stands in no type.
    const details = detailsOf(old, next);
    if (details.length > 0) {
      const message = `\`${call}\` differs in details: ${details.join(", ")}.`;
      comparison.add({ rule: "operation-details", level: "patch", operations, pointer, message });
    }
  }
}

const retries = {
  safe: "safe to send again",
  idempotent: "sent again after a failure",
  costly: "costly, and not sent again unless it certainly did not arrive",
} as const;

function compareNames(comparison: Comparison, { old, new: next, pointer }: OperationPair): void {
  const [was, is] = [callsOf(comparison.old).get(old.id), callsOf(comparison.new).get(next.id)];
  if (was !== undefined && was !== is) {
    comparison.add({
      rule: "method-renamed",
      level: "major",
      breaks: ["callers"],
      operations: [next.id],
      pointer,
      message:
        is === undefined
          ? `The method \`${was}\` is gone.`
          : `The method \`${was}\` is called \`${is}\` now.`,
    });
  }
  if (was === undefined && is !== undefined) {
    const message = `The method \`${is}\` is new.`;
    comparison.add({ rule: "method-added", level: "minor", operations: [next.id], pointer, message });
  }
  if (old.id !== next.id) {
    comparison.add({
      rule: "operation-renamed",
      level: "major",
      breaks: ["callers"],
      operations: [next.id],
      pointer: joinPointer(pointer, "id"),
      message: `The function \`${old.id}\` is called \`${next.id}\` now.`,
    });
  }
}

/** Members of an operation that differ in more than schemas, which are told about where they stand. */
function detailsOf(old: Operation, next: Operation): string[] {
  const [was, is] = [bare(old), bare(next)];
  return Object.keys({ ...was, ...is }).filter((member) => !same(was[member], is[member]));
}

function bare(operation: Operation): Record<string, unknown> {
  const { examples, timeouts, cost, whenUnknown, envelope, parameters, body, outcomes } = operation;
  return {
    constants: parameters.filter(({ constant }) => constant !== undefined),
    examples,
    timeouts,
    cost,
    whenUnknown,
    envelope,
    body: body && { ...body, schema: undefined },
    outcomes: outcomes.map((outcome) => ({ ...outcome, schema: undefined, data: undefined })),
  };
}
