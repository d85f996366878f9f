import { dirname, resolve } from "node:path";
import type { Problem } from "../document-error.ts";
import { resolvePointer, walkObjects } from "../json.ts";

/** What the bundler says of one reference it can't follow. */
export interface BundlerMessage {
  readonly message: string;
  readonly source: string;
  readonly pointer: string;
  /** The file the problem is in, parsed; `undefined` when it doesn't parse. */
  readonly file: unknown;
}

/**
 * One sentence about a reference that can't be followed: which it is, what is wrong with it, what to do.
 * `undefined` when the file it names has a problem of its own, which is reported there.
 */
export function referenceProblem({ message, source, pointer, file }: BundlerMessage): Problem | undefined {
  const failure = /^Failed to parse: (.*)$/s.exec(message)?.[1];
  if (failure !== undefined) return { source, pointer: "", message: parseProblem(failure) };
  const place = resolvePointer(file, pointer) as { $ref?: unknown } | undefined;
  const reference = typeof place === "string" ? place : place?.$ref;
  if (typeof reference !== "string") return { source, pointer, message: `${message.replace(/\s+/g, " ")}.` };
  const reason = message.replace(/^Can't resolve \$ref:?\s*/, "");
  if (reason === "") {
    return {
      source,
      pointer,
      message: `the reference "${reference}" leads nowhere: correct it, or describe what it names.`,
    };
  }
  if (/ENOENT/.test(reason)) {
    return {
      source,
      pointer,
      message: `the reference "${reference}" names a file that does not exist: correct it, or add the file.`,
      missing: resolve(dirname(source), reference.replace(/#.*$/, "")),
    };
  }
  if (/\(\d+:\d+\)/.test(reason)) return undefined;
  return { source, pointer, message: `the reference "${reference}" can't be followed: ${reason}.` };
}

/** What a YAML parser says, as a sentence with a line number: `bad indentation in "x.yaml" (6:1)`. */
export function parseProblem(message: string): string {
  const [first = ""] = message.split("\n");
  const reason = first.replace(/(?: in ".*")? \((\d+):(\d+)\)\s*$/, " (line $1, column $2)");
  return `this does not parse as YAML or JSON: ${reason}.`;
}

/** References of one file that lead only to each other, so that nothing stands at their end. */
export function referenceCycles(file: unknown, source: string): Problem[] {
  const problems: Problem[] = [];
  walkObjects(file, (object, pointer) => {
    if (typeof object.$ref !== "string") return;
    const seen = new Set<unknown>([object]);
    let next = target(file, object);
    while (next !== undefined && !seen.has(next)) {
      seen.add(next);
      next = target(file, next);
    }
    if (next !== object) return;
    problems.push({
      source,
      pointer,
      message: `the reference "${String(object.$ref)}" leads back to itself: describe what it stands for.`,
    });
  });
  return problems;
}

function target(file: unknown, value: unknown): unknown {
  const reference = (value as { $ref?: unknown } | null)?.$ref;
  return typeof reference === "string" && reference.startsWith("#")
    ? resolvePointer(file, reference)
    : undefined;
}
