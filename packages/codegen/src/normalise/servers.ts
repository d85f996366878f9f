import { operationsOf } from "../document.ts";
import { asArray, asObject, cloneJson, isObject, type JsonObject, joinPointer } from "../json.ts";
import { isRemote } from "../load/remote-reader.ts";
import type { Pass, Report } from "./report.ts";

/**
 * Each operation has those servers that are its own: its operation's, else its path's; one whose servers are those of
 * the document, or an empty list, has none. URLs that are relative stand below the document's, where that is known
 * (OpenAPI 3.2, Server Object). What no request can be sent to is a problem.
 */
export const servers: Pass = (document, report) => {
  tidyList(document, "#", report);
  for (const [path, item] of Object.entries(asObject(document.paths))) {
    if (isObject(item)) tidyList(item, joinPointer("#/paths", path), report);
  }
  for (const { pathItem, operation, pointer } of operationsOf(document)) {
    const place = joinPointer(pointer, "servers");
    tidyList(operation, pointer, report);
    if (operation.servers === undefined && pathItem.servers !== undefined) {
      operation.servers = cloneJson(pathItem.servers);
      const reason = "Servers of the path are those of each of its operations.";
      report.change({ rule: "servers", pointer: place, after: operation.servers, reason });
    }
    if (operation.servers !== undefined && isSame(operation.servers, document.servers)) {
      const reason = "All operations have these servers.";
      report.change({ rule: "servers", pointer: place, before: operation.servers, reason });
      delete operation.servers;
    }
  }
  for (const item of Object.values(asObject(document.paths))) {
    // The report has told what became of them, at each operation.
    if (isObject(item)) delete item.servers;
  }
};

/** Whether requests can tell two lists apart; descriptions don't count. */
function isSame(list: unknown, other: unknown): boolean {
  const wire = (servers: unknown) =>
    JSON.stringify(
      asArray(servers).map((server) => {
        const { url, name, variables } = asObject(server);
        const choices = Object.entries(asObject(variables)).map(([key, value]) => [
          key,
          asObject(value).default,
          asObject(value).enum,
        ]);
        return [url, name, choices];
      }),
    );
  return wire(list) === wire(other);
}

/** Tidies the servers of a document, a path or an operation; a list without any is left out. */
function tidyList(holder: JsonObject, pointer: string, report: Report): void {
  const place = joinPointer(pointer, "servers");
  if (holder.servers === undefined) return;
  const list = asArray(holder.servers);
  if (list.length === 0) {
    if (pointer === "#") return;
    const reason = "An empty list of servers names none, so that those above it count.";
    report.change({ rule: "servers", pointer: place, before: holder.servers, reason });
    delete holder.servers;
    return;
  }
  const usable = list.filter((server, index) => {
    const here = joinPointer(place, index);
    if (!isObject(server) || typeof server.url !== "string") {
      report.problem(here, 'a server has a "url".');
      return true;
    }
    return tidyServer(server as JsonObject & { url: string }, here, list.length === 1, report);
  });
  if (usable.length === list.length) return;
  if (usable.length === 0)
    report.problem(place, "none of these servers can be sent requests: name one by http or https.");
  else holder.servers = usable;
}

/** @returns whether the server can stay; where it is the only one, that it can't is a problem instead. */
function tidyServer(
  server: JsonObject & { url: string },
  pointer: string,
  isOnly: boolean,
  report: Report,
): boolean {
  const place = joinPointer(pointer, "url");
  const change = (after: string, reason: string) => {
    if (after === server.url) return;
    report.change({ rule: "servers", pointer: place, before: server.url, after, reason });
    server.url = after;
  };
  const problem = (message: string) => {
    report.problem(place, message);
    return true;
  };
  change(server.url.trim(), "White space is no part of a URL.");
  const defaults = tidyVariables(server, pointer, report);
  if (defaults === undefined) return true;
  const rest = server.url.replaceAll(serverVariable, "");
  if (/[{}]/.test(rest)) return problem("it has a brace that belongs to no variable.");
  if (/[?#]/.test(rest))
    return problem("a query or a fragment can't stand in the URL of a server, which paths are put behind.");
  if (isRelative(server.url) && isRemote(report.source)) {
    // The parser would escape the braces of variables.
    const { href } = new URL(server.url, report.source);
    change(href.replaceAll("%7B", "{").replaceAll("%7D", "}"), "It is relative to where the document is.");
  }
  const filled = server.url.replaceAll(serverVariable, (_, name: string) => defaults.get(name) ?? "");
  if (!URL.canParse(filled, nowhere)) return problem("with the defaults of its variables, it is no URL.");
  const { protocol, username, password, search, hash } = new URL(filled, nowhere);
  if (username !== "" || password !== "")
    return problem(
      "it holds a user name or a password, which would be printed into the client: remove them.",
    );
  if (search !== "" || hash !== "")
    return problem("a query or a fragment can't stand in the URL of a server, which paths are put behind.");
  if (protocol === "https:" || protocol === "http:") return true;
  if (isOnly) return problem(`requests can't be sent by "${protocol}", only by http and https.`);
  const reason = `Requests can't be sent by "${protocol}".`;
  report.change({ rule: "servers", pointer, before: server, reason });
  return false;
}

/** A variable in the URL of a server: its name, in braces. */
export const serverVariable = /\{([^{}]*)\}/g;

/** Stands for where the document is, when that isn't known. */
const nowhere = "https://document.invalid/";

function isRelative(url: string): boolean {
  return !/^[a-z][a-z\d+.-]*:/i.test(url) && !url.startsWith("{");
}

/** Tidies what is said of variables. Gives their defaults; `undefined` when one of the URL has none. */
function tidyVariables(
  server: JsonObject & { url: string },
  pointer: string,
  report: Report,
): ReadonlyMap<string, string> | undefined {
  const described = new Map(Object.entries(asObject(server.variables)));
  const names = new Set([...server.url.matchAll(serverVariable)].map(([, name = ""]) => name));
  const defaults = new Map<string, string>();
  for (const name of names) {
    const { default: given, enum: choices } = asObject(described.get(name));
    const here = joinPointer(pointer, "variables", name);
    if (given === undefined || given === null || typeof given === "object") {
      const what = described.has(name) ? 'which has no "default"' : "which its variables don't describe";
      report.problem(pointer, `its URL has a place for {${name}}, ${what}.`);
      continue;
    }
    defaults.set(name, String(given));
    const tidy = tidyVariable(asObject(described.get(name)), String(given), choices);
    if (JSON.stringify(tidy) === JSON.stringify(described.get(name))) continue;
    const reason = "A variable has a text by default, which is among its values.";
    report.change({ rule: "servers", pointer: here, before: described.get(name), after: tidy, reason });
    described.set(name, tidy);
  }
  if (defaults.size < names.size) return undefined;
  for (const [name, value] of described) {
    if (names.has(name)) continue;
    const reason = "The URL has no place for it.";
    report.change({
      rule: "servers",
      pointer: joinPointer(pointer, "variables", name),
      before: value,
      reason,
    });
    described.delete(name);
  }
  if (described.size > 0) server.variables = Object.fromEntries(described);
  else delete server.variables;
  return defaults;
}

function tidyVariable(given: JsonObject, usual: string, choices: unknown): JsonObject {
  const tidy: JsonObject = { ...given, default: usual };
  const values = asArray(choices).map(String);
  if (values.length === 0) delete tidy.enum;
  else tidy.enum = values.includes(usual) ? values : [usual, ...values];
  return tidy;
}
