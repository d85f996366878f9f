import { asArray, asObject, asString } from "../json.ts";
import { serverVariable } from "../normalise/servers.ts";
import type { IR, Server } from "./ir.ts";

/** The servers of a normalised document, or of one of its operations. */
export function serversFrom(list: unknown): Server[] {
  return asArray(list).map((entry) => {
    const { url, name, description, variables } = asObject(entry);
    const described = Object.entries(asObject(variables)).map(([variable, value]) => {
      const { default: usual, enum: choices, description: words } = asObject(value);
      const said = asString(words)?.trim();
      return [
        variable,
        {
          default: String(usual),
          ...(choices !== undefined && { enum: asArray(choices).map(String) }),
          ...(said && { description: said }),
        },
      ];
    });
    return {
      url: String(url),
      ...(typeof name === "string" && name !== "" && { name }),
      ...(typeof description === "string" && { description: description.trim() }),
      ...(described.length > 0 && { variables: Object.fromEntries(described) }),
    };
  });
}

/** The URL of a server with the defaults of its variables. */
export function defaultURL({ url, variables = {} }: Server): string {
  return url.replaceAll(serverVariable, (place, name: string) =>
    Object.hasOwn(variables, name) ? (variables[name]?.default ?? place) : place,
  );
}

/** What a server is chosen by: its name, else its URL. */
export function serverId({ name, url }: Server): string {
  return name ?? url;
}

/** Servers that single operations have for themselves, each once. */
export function operationServers({ operations }: IR): Server[] {
  const all = operations.flatMap(({ servers = [] }) => servers);
  return [...new Map(all.map((server) => [JSON.stringify(server), server])).values()];
}

/** All servers a request can be sent to, the document's first. */
export function allServers(ir: IR): Server[] {
  return [...ir.servers, ...operationServers(ir)];
}

/** Whether there is more to say about where requests go than one URL. */
export function hasServerChoice(ir: IR): boolean {
  const servers = allServers(ir);
  return servers.length > ir.servers.length || servers.length > 1 || servers[0]?.variables !== undefined;
}
