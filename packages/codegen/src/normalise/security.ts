import { dereference, operationsOf } from "../document.ts";
import { asArray, asObject, type JsonObject, joinPointer } from "../json.ts";
import type { Pass } from "./report.ts";

/**
 * A way to authenticate whose HTTP scheme no client can send (`Digest`, `Negotiate`, one of the server's own) is left out
 * where there is another; where there is none, it is a problem of what asks for it.
 */
export const security: Pass = (document, report) => {
  const declared = asObject(asObject(document.components).securitySchemes);
  const unsendable = new Map<string, string>();
  for (const [name, value] of Object.entries(declared)) {
    const { type, scheme } = asObject(dereference(document, value));
    const word = String(scheme);
    if (type === "http" && !["basic", "bearer"].includes(word.toLowerCase())) unsendable.set(name, word);
  }
  if (unsendable.size === 0) return;

  const holders: [holder: JsonObject, pointer: string][] = [
    [document, "#"],
    ...[...operationsOf(document)].map(({ operation, pointer }): [JsonObject, string] => [
      operation,
      pointer,
    ]),
  ];
  let isNeeded = false;
  for (const [holder, pointer] of holders) {
    const before = asArray(holder.security);
    const needsOne = (requirement: unknown) =>
      Object.keys(asObject(requirement)).find((name) => unsendable.has(name));
    const after = before.filter((requirement) => needsOne(requirement) === undefined);
    if (after.length === before.length) continue;
    const name = String(needsOne(before[0]) ?? "");
    if (after.length === 0) {
      isNeeded = true;
      report.problem(
        joinPointer(pointer, "security"),
        `it asks for "${name}" with the scheme "${unsendable.get(name)}", but a client sends "bearer" and "basic" alone: give it another security with an overlay, or none (\`security: []\`) if every call brings the header itself.`,
      );
      continue;
    }
    holder.security = after;
    report.change({
      rule: "security",
      pointer: joinPointer(pointer, "security"),
      before,
      after,
      reason: "A client can't send the scheme of what was left out.",
    });
  }
  if (isNeeded) return;
  for (const [name, scheme] of unsendable) {
    const pointer = joinPointer("#/components/securitySchemes", name);
    const reason = `A client can't send the scheme "${scheme}".`;
    report.change({ rule: "security", pointer, before: declared[name], reason });
    delete declared[name];
  }
};
