import type { IR, Operation } from "../ir/ir.ts";
import { isObject } from "../json.ts";

/** Which way values travel: into a request, written by who calls, or out of an answer. */
export type Direction = "request" | "answer";

/** Which operations use each named schema, by direction. */
export type Usage = Readonly<Record<Direction, ReadonlyMap<string, readonly string[]>>>;

/** Finds out which operations use which schemas, directly or through others. */
export function usageOf(ir: IR): Usage {
  const usage = { request: new Map<string, string[]>(), answer: new Map<string, string[]>() };
  const reached = new Map<string, ReadonlySet<string>>();
  for (const operation of ir.operations) {
    for (const direction of ["request", "answer"] as const) {
      const names = new Set<string>();
      for (const name of namesIn(rootsOf(operation)[direction]))
        for (const inner of reach(ir, name, reached)) names.add(inner);
      for (const name of names) {
        const users = usage[direction].get(name);
        if (users === undefined) usage[direction].set(name, [operation.id]);
        else users.push(operation.id);
      }
    }
  }
  return usage;
}

function rootsOf({ params, body, outcomes, errors, stream, pages }: Operation): Record<Direction, unknown> {
  return { request: [params, body?.schema], answer: [outcomes, errors, stream, pages] };
}

function reach(ir: IR, name: string, reached: Map<string, ReadonlySet<string>>): ReadonlySet<string> {
  const known = reached.get(name);
  if (known !== undefined) return known;
  const names = new Set([name]);
  // A set grows while it is gone through, which ends when nothing new is found.
  for (const next of names) for (const inner of namesIn(ir.schemas[next])) names.add(inner);
  reached.set(name, names);
  return names;
}

function namesIn(value: unknown): Set<string> {
  const names = new Set<string>();
  const look = (part: unknown): void => {
    if (Array.isArray(part)) for (const item of part) look(item);
    else if (isObject(part)) {
      if (typeof part.$ref === "string") names.add(part.$ref.replace("#/schemas/", ""));
      for (const [key, member] of Object.entries(part))
        if (!["enum", "const", "default"].includes(key)) look(member);
    }
  };
  look(value);
  return names;
}

/** The operations that use a schema, in whichever direction. */
export function usersOf(usage: Usage, schema: string): readonly string[] {
  return [...new Set([...(usage.request.get(schema) ?? []), ...(usage.answer.get(schema) ?? [])])];
}
