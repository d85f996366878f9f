import type { Fault } from "../answer/error-body.ts";
import type { Finding } from "./engine.ts";

const shown = 5;

/** What Prism says in the words of JSON Schema, in those of somebody who reads the message alone. */
const words: readonly (readonly [RegExp, string])[] = [
  [/\bboolean schema is false$/, "isn't allowed here"],
  [/\bmust match a schema in anyOf$/, "fits none of the forms it can have"],
  [/\bmust match exactly one schema in oneOf$/, "has to fit exactly one of the forms it can have"],
  [/\bmust NOT be valid$/, "is what it must not be"],
  [/\bmust NOT\b/, "must not"],
];

/**
 * What is wrong with a request in one message, and fault by fault, in Prism's words where they are words.
 *
 * Of a value that fits no variant of a union Prism tells every variant's reason. Only those that lead somewhere are
 * kept: what is wrong inside the value, when a variant got that far, or else the types it could have had.
 */
export function explain(findings: readonly Finding[]): { message: string; faults: readonly Fault[] } {
  const faults = new Map<string, Fault>();
  for (const finding of findings) {
    const message = messageOf(finding, findings);
    if (message === undefined) continue;
    const told = words.reduce((text, [pattern, word]) => text.replace(pattern, word), message);
    faults.set(told, { path: finding.path.slice(1), message: told });
  }
  const all = [...faults.values()];
  const messages = all.slice(0, shown).map((fault) => fault.message);
  const more = all.length > shown ? ` (and ${all.length - shown} more)` : "";
  return { message: `${messages.join("; ")}${more}`, faults: all };
}

/** The message of a finding; `undefined` when another one says it better. */
function messageOf(finding: Finding, findings: readonly Finding[]): string | undefined {
  const here = findings.filter(({ path }) => path.join("/") === finding.path.join("/"));
  const isUnion = here.some(({ code }) => code === "anyOf" || code === "oneOf");
  if (finding.code === "if") return undefined;
  if (!isUnion) return finding.message;
  const prefix = `${finding.path.join("/")}/`;
  const inside = findings.some(({ path }) => path.join("/").startsWith(prefix));
  const types = here.filter(({ code }) => code === "type").map(({ message }) => message);
  if (finding.code === "type") {
    if (inside || finding.message !== types[0]) return undefined;
    return [finding.message, ...types.slice(1).map((message) => message.replace(/^.* must be /, ""))].join(
      " or ",
    );
  }
  if (finding.code === "anyOf" || finding.code === "oneOf") {
    return inside || here.some(({ code }) => code !== "anyOf" && code !== "oneOf")
      ? undefined
      : finding.message;
  }
  return finding.message;
}
