import type { Helper } from "../ir/ir.ts";
import { joinPointer } from "../json.ts";
import { compareServers } from "./compare-servers.ts";
import { type Comparison, callsOf, same } from "./comparison.ts";
import { usersOf } from "./usage.ts";

/** Compares what belongs to the client as a whole: its name, environment, options, servers, keys, helpers. */
export function compareClients(comparison: Comparison): void {
  compareDescriptions(comparison);
  compareSchemes(comparison);
  compareHelpers(comparison);
  compareNames(comparison);
}

function compareDescriptions(comparison: Comparison): void {
  const { old, new: next } = comparison;
  if (old.client.name !== next.client.name) {
    const message = `The client \`${old.client.name}\` is called \`${next.client.name}\` now.`;
    comparison.add({
      rule: "client-renamed",
      level: "major",
      breaks: ["callers"],
      pointer: "#/client/name",
      message,
    });
  }
  for (const variable of ["apiKey", "baseURL"] as const) {
    const [was, is] = [old.client.environment[variable], next.client.environment[variable]];
    if (was === is) continue;
    const pointer = joinPointer("#/client/environment", variable);
    const message = `The client reads \`${variable}\` from ${is ?? "no environment variable"} now, and did from ${was ?? "none"}.`;
    if (was === undefined) comparison.add({ rule: "environment", level: "minor", pointer, message });
    else comparison.add({ rule: "environment", level: "major", breaks: ["callers"], pointer, message });
  }
  const [was, is] = [old.client.options, next.client.options];
  for (const name of new Set([...Object.keys(was), ...Object.keys(is)])) {
    const pointer = joinPointer("#/client/options", name);
    if (!Object.hasOwn(is, name))
      comparison.add({
        rule: "option-removed",
        level: "major",
        breaks: ["callers"],
        pointer,
        message: `The client's option \`${name}\` is gone.`,
      });
    else if (!Object.hasOwn(was, name))
      comparison.add({
        rule: "option-added",
        level: "minor",
        pointer,
        message: `The client's option \`${name}\` is new.`,
      });
    else if (!same(was[name], is[name]))
      comparison.add({
        rule: "option",
        level: "patch",
        pointer,
        message: `The client's option \`${name}\` is described in other words.`,
      });
  }
  compareServers(comparison);
  if (!same(old.info, next.info)) {
    const message =
      old.info.version === next.info.version
        ? "The API is described in other words."
        : `The API is at version ${next.info.version} now, and was at ${old.info.version}.`;
    comparison.add({ rule: "info", level: "patch", pointer: "#/info", message });
  }
}

function compareSchemes(comparison: Comparison): void {
  const [old, next] = [comparison.old.security.schemes, comparison.new.security.schemes];
  for (const [name, scheme] of Object.entries(old)) {
    const pointer = joinPointer("#/security/schemes", name);
    // One that is gone is told about where operations ask for it.
    if (!Object.hasOwn(next, name) || same(scheme, next[name])) continue;
    const message = `${name} is sent in another way: programs built before are turned away.`;
    comparison.add({ rule: "security-scheme", level: "major", breaks: ["callers"], pointer, message });
  }
}

function compareHelpers(comparison: Comparison): void {
  const [old, next] = [comparison.old.helpers, comparison.new.helpers];
  const [was, is] = [callsOf(comparison.old), callsOf(comparison.new)];
  for (const [index, helper] of old.entries()) {
    const now = next.find(({ id }) => id === helper.id);
    const operations = [helper.operation];
    const call = was.get(helper.id) ?? helper.id;
    if (now === undefined) {
      const pointer = joinPointer("#/helpers", index);
      comparison.add({
        rule: "helper-removed",
        level: "major",
        breaks: ["callers"],
        operations,
        pointer,
        message: `\`${call}\` is gone.`,
      });
      continue;
    }
    const pointer = joinPointer("#/helpers", next.indexOf(now));
    const callNow = is.get(now.id) ?? now.id;
    if (call !== callNow)
      comparison.add({
        rule: "method-renamed",
        level: "major",
        breaks: ["callers"],
        operations,
        pointer,
        message: `The method \`${call}\` is called \`${callNow}\` now.`,
      });
    if (!same(withoutName(helper), withoutName(now)))
      comparison.add({
        rule: "helper",
        level: "minor",
        operations,
        pointer,
        message: `\`${callNow}\` works in another way.`,
      });
  }
  for (const [index, helper] of next.entries()) {
    if (old.some(({ id }) => id === helper.id)) continue;
    const message = `\`${is.get(helper.id) ?? helper.id}\` is new.`;
    comparison.add({
      rule: "helper-added",
      level: "minor",
      operations: [helper.operation],
      pointer: joinPointer("#/helpers", index),
      message,
    });
  }
}

function withoutName({ name: _name, ...helper }: Helper): Omit<Helper, "name"> {
  return helper;
}

/**
 * Types are imported by their names: one that is gone breaks who names it, whatever became of its values. Types that
 * went with their operations, or came with new ones, are told about there.
 */
function compareNames(comparison: Comparison): void {
  const { old, new: next, oldUsage, newUsage, renamed, removed } = comparison;
  for (const name of Object.keys(old.schemas)) {
    const users = usersOf(oldUsage, name);
    if (Object.hasOwn(next.schemas, name) || (users.length > 0 && users.every((id) => removed.has(id))))
      continue;
    const now = renamed.get(name);
    const message =
      now === undefined ? `The type \`${name}\` is gone.` : `The type \`${name}\` is called \`${now}\` now.`;
    const rule = now === undefined ? "type-removed" : "type-renamed";
    const pointer = joinPointer("#/schemas", name);
    comparison.add({
      rule,
      level: "major",
      breaks: ["callers", "readers"],
      operations: users,
      pointer,
      message,
    });
  }
  for (const name of Object.keys(next.schemas)) {
    if (Object.hasOwn(old.schemas, name) || usersOf(newUsage, name).length > 0) continue;
    const message = `The type \`${name}\` is new.`;
    comparison.add({ rule: "type-added", level: "minor", pointer: joinPointer("#/schemas", name), message });
  }
}
