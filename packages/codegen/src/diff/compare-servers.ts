import type { Operation, Server } from "../ir/ir.ts";
import { allServers, defaultURL } from "../ir/servers.ts";
import { joinPointer } from "../json.ts";
import type { OperationPair } from "./compare-operations.ts";
import { type Comparison, same } from "./comparison.ts";

/** Compares where all operations are sent, and what people can choose there by name. */
export function compareServers(comparison: Comparison): void {
  const { old, new: next } = comparison;
  const pointer = "#/servers";
  const [server, now] = [urlOf(old.servers), urlOf(next.servers)];
  if (server !== now) {
    const message = `Requests go to ${now ?? "no server by default"} now, and went to ${server ?? "none by default"}.`;
    comparison.add({ rule: "server", level: "minor", pointer, message });
  } else if (!same(old.servers, next.servers)) {
    comparison.add({ rule: "servers", level: "patch", pointer, message: "Other servers are named." });
  }
  compareChoices(comparison, "server", namesOf(allServers(old)), namesOf(allServers(next)));
  const [was, is] = [variablesOf(allServers(old)), variablesOf(allServers(next))];
  compareChoices(comparison, "server variable", [...was.keys()], [...is.keys()]);
  for (const [name, values] of was) compareValues(comparison, name, values, is.get(name));
}

/**
 * Compares where an operation is sent, where that isn't where all are: programs built before go on asking the old
 * address, as they do when a path changes.
 */
export function compareOwnServers(
  comparison: Comparison,
  { old, new: next, pointer, call }: OperationPair,
): void {
  const [was, is] = [urlOf(old.servers), urlOf(next.servers)];
  const shared = { operations: [next.id], pointer: joinPointer(pointer, "servers") };
  if (was !== is) {
    const message = `\`${call}\` is sent to ${is ?? "the server of all operations"} now, and was sent to ${was ?? "the server of all operations"}: programs built before ask the wrong address.`;
    comparison.add({ rule: "operation-server", level: "major", breaks: ["callers"], message, ...shared });
  } else if (!same(old.servers, next.servers)) {
    const message = `Other servers are named for \`${call}\`.`;
    comparison.add({ rule: "operation-servers", level: "patch", message, ...shared });
  }
}

/** Where requests go by default. */
function urlOf(servers: Operation["servers"]): string | undefined {
  return servers?.[0] && defaultURL(servers[0]);
}

function namesOf(servers: readonly Server[]): string[] {
  return servers.flatMap(({ name }) => name ?? []);
}

/** The values of each variable; `undefined` where it can have any. */
function variablesOf(servers: readonly Server[]): ReadonlyMap<string, readonly string[] | undefined> {
  const all = servers.flatMap(({ variables = {} }) => Object.entries(variables));
  return new Map(all.map(([name, variable]) => [name, variable.enum]));
}

/** Names that programs may have written down. */
function compareChoices(
  comparison: Comparison,
  what: "server" | "server variable",
  was: readonly string[],
  is: readonly string[],
): void {
  const rule = what.replace(" ", "-");
  const pointer = "#/servers";
  for (const name of new Set(was)) {
    if (is.includes(name)) continue;
    const message = `The ${what} \`${name}\` is gone.`;
    comparison.add({
      rule: `${rule}-removed`,
      level: "major",
      breaks: ["callers"],
      pointer: joinPointer(pointer, name),
      message,
    });
  }
  for (const name of new Set(is)) {
    if (was.includes(name)) continue;
    const message = `The ${what} \`${name}\` is new.`;
    comparison.add({ rule: `${rule}-added`, level: "minor", pointer: joinPointer(pointer, name), message });
  }
}

function compareValues(
  comparison: Comparison,
  name: string,
  was: readonly string[] | undefined,
  is: readonly string[] | undefined,
): void {
  const shared = { rule: "server-variable", pointer: joinPointer("#/servers", name) };
  const known = was ?? [];
  const gone = is === undefined ? [] : known.filter((value) => !is.includes(value));
  if (is !== undefined && (was === undefined || gone.length > 0)) {
    const message = `The server variable \`${name}\` takes only ${is.map((value) => `\`${value}\``).join(", ")} now.`;
    comparison.add({ level: "major", breaks: ["callers"], message, ...shared });
  } else if (is?.some((value) => !known.includes(value))) {
    const message = `The server variable \`${name}\` takes more values.`;
    comparison.add({ level: "minor", message, ...shared });
  }
}
