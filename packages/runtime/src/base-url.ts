import { readEnvironment } from "./environment.ts";
import { InvalidRequestError } from "./errors.ts";
import type { Operation, Service } from "./operation.ts";
import type { ClientOptions } from "./options.ts";
import { parseBaseURL } from "./url.ts";

/** Where the requests of a client go: base URLs without a trailing slash. */
export interface Addresses {
  /** Of operations without servers of their own. Empty when the document names servers only at operations. */
  readonly baseURL: string;
  /** @throws InvalidRequestError when it can't be told where the operation is. */
  of(operation: Pick<Operation, "id" | "servers">): string;
}

/** The options that say where requests go. */
export type ServerOptions = Pick<ClientOptions, "baseURL" | "server" | "serverURLs" | "serverVariables">;

/** What the user says in the place of all servers: the option, else the environment. */
export function givenBaseURL({ environment }: Service, { baseURL }: ServerOptions): string | undefined {
  if (baseURL !== undefined) return parseBaseURL(baseURL, "The option baseURL");
  const variable = environment?.baseURL;
  const value = variable === undefined ? undefined : readEnvironment(variable);
  return value === undefined ? undefined : parseBaseURL(value, `The environment variable ${variable}`);
}

/**
 * The base URL a server of the document stands for.
 *
 * @param url - its URL, variables filled in; undefined when there is no server.
 * @param whose - for messages: ` of getShip`, or empty.
 * @throws InvalidRequestError
 */
export function documentURL(service: Service, url: string | undefined, whose = ""): string {
  if (url === undefined) {
    throw new InvalidRequestError(
      `The document of ${service.name} names no server${whose}: give the client the option baseURL.`,
    );
  }
  const source = `The server${whose} of ${service.name}'s document`;
  if (/^[a-z][a-z\d+.-]*:/i.test(url)) return parseBaseURL(url, source);
  throw new InvalidRequestError(
    `${source} is "${url}", relative to where the document is, which isn't known: give the client the option baseURL.`,
  );
}

/** Options that choose among servers, which a service names `locateServers` for. */
const choosing = ["server", "serverURLs", "serverVariables"] as const;

/**
 * Where the operations of a service with one plain server go; `locateServers` is for all others.
 *
 * @throws InvalidRequestError
 */
export function locateServer(service: Service, options: ServerOptions): Addresses {
  const needless = choosing.find((name) => options[name] !== undefined);
  if (needless !== undefined) {
    throw new InvalidRequestError(
      `The option ${needless} is for documents with more than one server, or with variables in a server's URL, and that of ${service.name} has neither: give the client the option baseURL.`,
    );
  }
  const baseURL = givenBaseURL(service, options) ?? documentURL(service, service.servers[0]?.url);
  return {
    baseURL,
    of({ id, servers }) {
      if (servers === undefined) return baseURL;
      throw new InvalidRequestError(
        `${id} has servers of its own, so ${service.name} has to name locateServers.`,
      );
    },
  };
}
