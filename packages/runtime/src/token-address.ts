import { type Addresses, locateServer } from "./base-url.ts";
import { InvalidRequestError } from "./errors.ts";
import type { Server, Service } from "./operation.ts";
import type { ClientOptions } from "./options.ts";

/** A declared server: where the document has it, and where its operations go. */
interface Home {
  readonly from: URL;
  readonly to: string;
}

/** Where the document has a server. Undefined for one that is relative, or doesn't take the variables there are. */
function documentedURL(
  service: Service,
  server: Server,
  { serverVariables }: ClientOptions,
): URL | undefined {
  const own = Object.entries(serverVariables ?? {}).filter(([name]) =>
    Object.hasOwn(server.variables ?? {}, name),
  );
  const alone = { ...service, servers: [server], operationServers: [], environment: {} };
  const options = own.length > 0 ? { serverVariables: Object.fromEntries(own) } : {};
  try {
    return new URL((service.locate ?? locateServer)(alone, options).baseURL);
  } catch {
    return undefined;
  }
}

function homesOf(service: Service, addresses: Addresses, options: ClientOptions): readonly Home[] {
  const servers = [...service.servers, ...(service.operationServers ?? [])];
  return servers.flatMap((server) => {
    const from = documentedURL(service, server, options);
    if (from === undefined) return [];
    const to =
      service.locate === undefined
        ? addresses.baseURL
        : addresses.of({ id: "requestToken", servers: [server] });
    return [{ from, to }];
  });
}

/** The path of a server, where an address is below it. */
function pathAbove(url: URL, { from }: Home): string | undefined {
  const path = from.pathname.replace(/\/+$/, "");
  return url.origin === from.origin && url.pathname.startsWith(`${path}/`) ? path : undefined;
}

/** Where an address at a server is once the server has moved: below its path, else at the same path of its origin. */
function move(url: URL, home: Home): URL {
  const path = pathAbove(url, home);
  const rest = `${url.pathname.slice(path?.length)}${url.search}`;
  return path === undefined ? new URL(rest, home.to) : new URL(`${home.to}${rest}`);
}

/** Whether requests go where the document says. */
function isDocumented(baseURL: string, homes: readonly Home[]): boolean {
  const originOf = (address: string) => new URL(address).origin;
  if (baseURL === "") return homes.every(({ from, to }) => from.origin === originOf(to));
  return homes.some(({ from }) => from.origin === originOf(baseURL));
}

function parseTokenURL(value: string): URL {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const isPlain = url !== undefined && `${url.username}${url.password}${url.hash}` === "";
  if (isPlain && (url.protocol === "https:" || url.protocol === "http:")) return url;
  // The value itself stays out of the message: it may hold a password.
  throw new InvalidRequestError(
    "The option tokenURL takes an absolute http(s) URL without user name, password and fragment.",
  );
}

/**
 * Where tokens are asked for: the option `tokenURL`, else the document's token URL. One that is relative, or at the origin
 * of a declared server, moves with that server. One at another host is only used while requests go where the document says:
 * once they don't, the id and the secret of a program that was pointed at a mock server would go to the vendor.
 *
 * @returns undefined when nobody says where tokens are asked for.
 * @throws InvalidRequestError when the option or the document's token URL is no address.
 */
export function tokenAddress(
  service: Service,
  tokenUrl: string | undefined,
  addresses: Addresses,
  options: ClientOptions,
): URL | undefined {
  if (options.tokenURL !== undefined) return parseTokenURL(options.tokenURL);
  if (tokenUrl === undefined) return undefined;
  const { baseURL } = addresses;
  if (!URL.canParse(tokenUrl)) {
    if (baseURL === "") return undefined;
    if (URL.canParse(tokenUrl, `${baseURL}/`)) return new URL(tokenUrl, `${baseURL}/`);
    throw new InvalidRequestError(`The token URL of ${service.name}'s document is no address.`);
  }
  const url = new URL(tokenUrl);
  const homes = homesOf(service, addresses, options);
  // Of servers that share an origin, the one whose path the address is furthest below.
  const lengthOf = (home: Home) => pathAbove(url, home)?.length ?? -1;
  const [home] = homes
    .filter(({ from }) => from.origin === url.origin)
    .sort((one, two) => lengthOf(two) - lengthOf(one));
  if (home !== undefined) return move(url, home);
  const isThere = baseURL !== "" && new URL(baseURL).origin === url.origin;
  return isThere || isDocumented(baseURL, homes) ? url : undefined;
}
