import type { IR, Server } from "../../ir/ir.ts";
import { allServers, defaultURL, hasServerChoice, operationServers, serverId } from "../../ir/servers.ts";
import { docComment } from "./doc-comment.ts";
import { Code, literal, propertyName } from "./literal.ts";

/** A server as the runtime takes it: what is said of its variables stands at the options alone. */
export function serverData({ variables, ...server }: Server): Record<string, unknown> {
  if (variables === undefined) return server;
  const data = Object.entries(variables).map(([name, { default: usual, enum: choices }]) => [
    name,
    { default: usual, ...(choices !== undefined && { enum: choices }) },
  ]);
  return { ...server, variables: Object.fromEntries(data) };
}

/** What a service says of servers. It names what chooses among them, so that no other client carries it. */
export function serversOfService(ir: IR): Record<string, unknown> {
  const own = operationServers(ir);
  return {
    servers: ir.servers.map(serverData),
    ...(own.length > 0 && { operationServers: own.map(serverData) }),
    ...(hasServerChoice(ir) && { locate: new Code("locateServers") }),
  };
}

/** Whether there is more to choose among than URLs, which need no type of their own. */
function hasTypedChoice(ir: IR): boolean {
  const says = ({ name, variables }: Server) => name !== undefined || variables !== undefined;
  return hasServerChoice(ir) && (operationServers(ir).length > 0 || ir.servers.some(says));
}

/** The members of the client's options that choose among its servers, typed by their names and values. */
export function serverOptions(ir: IR): string[] {
  if (!hasTypedChoice(ir)) return [];
  const servers = new Map(allServers(ir).map((server) => [serverId(server), server]));
  const variables = new Map(allServers(ir).flatMap((server) => Object.entries(server.variables ?? {})));
  const ids = [...servers.keys()].map((id) => literal(id));
  const members = [
    `${docComment([`Which server of the document is used. Default: the first.`], "  ")}  server?: ${ids.join(" | ")} | undefined;\n`,
    block(
      "serverURLs",
      "Where single servers of the document are. Goes before `baseURL`.",
      [...servers].map(([id, server]) => {
        const url = defaultURL(server);
        const text = [server.description, url === id ? undefined : `In the document: \`${url}\`.`];
        return `${docComment(text, "    ")}    ${propertyName(id)}?: string | undefined;\n`;
      }),
    ),
  ];
  if (variables.size === 0) return members;
  const values = [...variables].map(([name, { default: usual, enum: choices, description }]) => {
    const type = choices === undefined ? "string" : choices.map((choice) => literal(choice)).join(" | ");
    const text = [description, `Default: \`${usual}\`.`];
    return `${docComment(text, "    ")}    ${propertyName(name)}?: ${type} | undefined;\n`;
  });
  return [...members, block("serverVariables", "Values of the variables in URLs of servers.", values)];
}

function block(name: string, text: string, members: readonly string[]): string {
  return `${docComment([text], "  ")}  ${name}?: {\n${members.join("")}  } | undefined;\n`;
}

/** Whether a client has a type of options for itself: some of its own, or servers to choose among by name. */
export function hasOwnOptions(ir: IR): boolean {
  return Object.keys(ir.client.options).length > 0 || hasTypedChoice(ir);
}
