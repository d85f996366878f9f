import { type Addresses, documentURL, givenBaseURL, type ServerOptions } from "./base-url.ts";
import { InvalidRequestError } from "./errors.ts";
import type { Server, Service } from "./operation.ts";
import { parseBaseURL } from "./url.ts";

/** Finds out where the operations of a service go. */
export type ServerLocator = (service: Service, options: ServerOptions) => Addresses;

/** What the document names a server by: its name, its URL. */
const idsOf = ({ name, url }: Server): readonly string[] => (name === undefined ? [url] : [name, url]);

const quoted = (values: Iterable<string>) => [...values].map((value) => JSON.stringify(value)).join(", ");

/** Why a value can't stand for a variable of a server's URL. Undefined when it can. */
function objection({ url, variables = {} }: Server, name: string, value: unknown): string | undefined {
  const choices = variables[name]?.enum;
  if (choices !== undefined)
    return choices.includes(value as string) ? undefined : `takes one of ${quoted(choices)}`;
  if (typeof value !== "string" || value === "") return "takes a text that is not empty";
  const before = url.slice(0, url.indexOf(`{${name}}`));
  // What would end the host, or the path: requests would go to where nobody meant them to.
  if (/[\s?#@\\%{}]|(^|\/)\.\.?(\/|$)/.test(value) || (/\/\/[^/]*$/.test(before) && value.includes("/")))
    return "takes a text that leads nowhere else";
  return undefined;
}

function badValue(name: string, value: unknown, reason: string | undefined): InvalidRequestError {
  return new InvalidRequestError(
    `The option serverVariables has ${JSON.stringify(value)} for "${name}", which ${reason}.`,
  );
}

type Values = Readonly<Record<string, string | undefined>>;

function fill(server: Server, values: Values): string {
  const { url, variables = {} } = server;
  return url.replace(/\{([^{}]*)\}/g, (template, name: string) => {
    if (!Object.hasOwn(variables, name)) return template;
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) return variables[name]!.default;
    const reason = objection(server, name, value);
    if (reason !== undefined) throw badValue(name, value, reason);
    return value;
  });
}

/** What the options name must be there: a word mistyped would send requests to another server than was meant. */
function checkNames(service: Service, { server, serverURLs, serverVariables }: ServerOptions): void {
  const servers = [...service.servers, ...(service.operationServers ?? [])];
  const ids = new Set(servers.flatMap(idsOf));
  const refuse = (option: string, word: string, known: ReadonlySet<string>) => {
    if (known.has(word)) return;
    const names = known.size === 0 ? "it has none" : `it has ${quoted(known)}`;
    throw new InvalidRequestError(
      `The option ${option} names "${word}", which ${service.name}'s document doesn't: ${names}.`,
    );
  };
  if (server !== undefined) refuse("server", server, ids);
  for (const id of Object.keys(serverURLs ?? {})) refuse("serverURLs", id, ids);
  const variables = new Set(servers.flatMap(({ variables: own }) => Object.keys(own ?? {})));
  for (const [name, value] of Object.entries(serverVariables ?? {})) {
    if (value === undefined) continue;
    refuse("serverVariables", name, variables);
    const holders = servers.filter((one) => Object.hasOwn(one.variables ?? {}, name));
    const [reason, ...others] = holders.map((one) => objection(one, name, value));
    // One that some servers take is for those.
    if (reason !== undefined && !others.includes(undefined)) throw badValue(name, value, reason);
  }
}

/**
 * Finds out where the operations of a service go. Of one operation, the first that there is:
 *
 * 1. the option `serverURLs` for the server it would go to;
 * 2. the option `baseURL`, else the service's environment variable: what a user sets moves every operation, so that a
 *    test's calls, or a gateway's, don't go to the vendor by another way;
 * 3. of its own servers, or of the service's, the one the option `server` names, else the first; its variables are
 *    those of the option `serverVariables`, else their defaults.
 *
 * @throws InvalidRequestError
 * @see https://spec.openapis.org/oas/v3.2.0.html#server-object
 */
export const locateServers: ServerLocator = (service, options) => {
  checkNames(service, options);
  const given = givenBaseURL(service, options);
  const replaced = new Map<string, string>();
  for (const [id, url] of Object.entries(options.serverURLs ?? {})) {
    if (url !== undefined) replaced.set(id, parseBaseURL(url, `The option serverURLs, server "${id}",`));
  }
  const { server: wanted } = options;

  /** @param whose - for messages. */
  function locate(servers: readonly Server[], whose: string): string {
    const named = wanted === undefined ? undefined : servers.find((one) => idsOf(one).includes(wanted));
    // Where there is one server, there is no choice to be made.
    const server = named ?? (wanted === undefined || servers.length === 1 ? servers[0] : undefined);
    const moved = server && idsOf(server).find((id) => replaced.has(id));
    const chosen = moved === undefined ? given : replaced.get(moved);
    if (chosen !== undefined) return chosen;
    if (server === undefined && servers.length > 0) {
      throw new InvalidRequestError(
        `The option server names "${wanted}", and the servers${whose} of ${service.name} are ${quoted(servers.flatMap(idsOf))}: say where it is with the option serverURLs, or leave the option server out.`,
      );
    }
    return documentURL(service, server && fill(server, options.serverVariables ?? {}), whose);
  }

  const isElsewhere = service.servers.length === 0 && service.operationServers !== undefined;
  const baseURL = isElsewhere ? (given ?? "") : locate(service.servers, "");
  return {
    baseURL,
    of({ id, servers = [] }) {
      if (servers.length > 0) return locate(servers, ` of ${id}`);
      return baseURL === "" ? documentURL(service, undefined, ` for ${id}`) : baseURL;
    },
  };
};
