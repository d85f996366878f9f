import { readEnvironment } from "./environment.ts";
import { InvalidRequestError } from "./errors.ts";
import { unsendable } from "./headers.ts";
import type { Operation, SecurityScheme, Service } from "./operation.ts";
import type { ClientOptions, Credential } from "./options.ts";

/** What proves who sends a request, ready to be put into it. */
export interface Authentication {
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** `name=value` pairs, encoded. */
  readonly query: readonly string[];
  /** `name=value` pairs. */
  readonly cookies: readonly string[];
  /** The keys themselves, so that they can be kept out of what is printed. */
  readonly secrets: readonly string[];
}

/** For operations that need no key. */
const noAuthentication: Authentication = { headers: [], query: [], cookies: [], secrets: [] };

type KeyOptions = Pick<ClientOptions, "apiKey" | "credentials">;

/**
 * The alternatives of an operation; without any, the service's first scheme is the only one. The alternative without
 * a scheme ("a key is optional") comes last, since a key that is there is sent.
 */
function alternativesOf(service: Service, operation: Operation): readonly (readonly string[])[] {
  if (operation.security !== undefined) {
    const alternatives = operation.security.map((schemes) => Object.keys(schemes));
    return alternatives.sort((a, b) => Number(a.length === 0) - Number(b.length === 0));
  }
  const [first] = Object.keys(service.security);
  return first === undefined ? [] : [[first]];
}

async function ask(credential: Credential, source: string): Promise<string> {
  const key = typeof credential === "function" ? await credential() : credential;
  if (typeof key !== "string" || key === "") {
    throw new InvalidRequestError(
      `${source} gave ${key === "" ? "an empty text" : `a ${typeof key}`} instead of a key.`,
    );
  }
  const found = /^\s|\s$/.test(key) ? "white space around it" : unsendable(key);
  if (found !== undefined)
    throw new InvalidRequestError(`${source} is a key with ${found}, which can't be sent.`);
  return key;
}

/** Base64 of the UTF-8 bytes: `btoa` alone refuses what isn't Latin-1 (RFC 7617, 2.1). */
function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

function basicValue(key: string, source: string): string {
  if (!key.includes(":")) {
    throw new InvalidRequestError(`${source} has no colon; HTTP basic authentication takes "user:password".`);
  }
  return `Basic ${base64(key)}`;
}

/** One scheme's key, put to where the scheme wants it. */
function present(scheme: SecurityScheme, key: string, source: string): Authentication {
  if (scheme.type === "mutualTLS") return noAuthentication;
  if (scheme.type === "http" && scheme.scheme === "basic") {
    const value = basicValue(key, source);
    return {
      ...noAuthentication,
      headers: [["Authorization", value]],
      // The password by itself is one too: servers that quote what they refuse have split the pair.
      secrets: [key, value.slice("Basic ".length), key.slice(key.indexOf(":") + 1)],
    };
  }
  if (scheme.type !== "apiKey") {
    return { ...noAuthentication, headers: [["Authorization", `Bearer ${key}`]], secrets: [key] };
  }
  if (scheme.in === "header") return { ...noAuthentication, headers: [[scheme.name, key]], secrets: [key] };
  const pair = `${encodeURIComponent(scheme.name)}=${encodeURIComponent(key)}`;
  const secrets = [key, encodeURIComponent(key)];
  if (scheme.in === "query") return { ...noAuthentication, query: [pair], secrets };
  if (/[\s",;\\]/.test(key)) {
    throw new InvalidRequestError(`${source} is a key with a character that can't go into a cookie.`);
  }
  return { ...noAuthentication, cookies: [`${scheme.name}=${key}`], secrets };
}

/** Where a scheme's key comes from: the option for this scheme, the option for all, the environment. */
function findCredential(service: Service, name: string, options: KeyOptions) {
  const named = options.credentials?.[name];
  if (named !== undefined) return { credential: named, source: `The option credentials, scheme "${name}",` };
  if (options.apiKey !== undefined) return { credential: options.apiKey, source: "The option apiKey" };
  const variable = service.environment?.apiKey;
  const value = variable === undefined ? undefined : readEnvironment(variable);
  return value === undefined
    ? undefined
    : { credential: value, source: `The environment variable ${variable}` };
}

function missingKey(service: Service, operation: Operation): InvalidRequestError {
  const variable = service.environment?.apiKey;
  const place = variable === undefined ? "" : `, or set the environment variable ${variable}`;
  return new InvalidRequestError(
    `${operation.id} of ${service.name} needs a key: give the client the option apiKey${place}.`,
  );
}

/**
 * Finds the keys an operation needs: the first alternative of its security for which every scheme has one.
 *
 * @param isSet - whether the caller set a header of this name by hand, which makes a key for it needless.
 * @throws InvalidRequestError when there is no key, or when it can't be sent. The key itself is never named.
 */
export async function authenticate(
  service: Service,
  operation: Operation,
  options: KeyOptions,
  isSet: (headerName: string) => boolean,
): Promise<Authentication> {
  const alternatives = alternativesOf(service, operation);
  for (const names of alternatives) {
    const needed = names.filter((name) => !isProvided(service.security[name], isSet));
    const found = needed.map((name) => findCredential(service, name, options));
    if (found.includes(undefined)) continue;
    const parts = await Promise.all(
      found.map(async (entry, index) => {
        const { credential, source } = entry!;
        return present(schemeOf(service, operation, needed[index]!), await ask(credential, source), source);
      }),
    );
    return {
      headers: parts.flatMap((part) => part.headers),
      query: parts.flatMap((part) => part.query),
      cookies: parts.flatMap((part) => part.cookies),
      secrets: parts.flatMap((part) => part.secrets),
    };
  }
  if (alternatives.length === 0) return noAuthentication;
  throw missingKey(service, operation);
}

function schemeOf(service: Service, operation: Operation, name: string): SecurityScheme {
  const scheme = service.security[name];
  if (scheme !== undefined) return scheme;
  throw new InvalidRequestError(
    `${operation.id} names the security scheme "${name}", which ${service.name} doesn't have.`,
  );
}

/** Whether nothing is to be looked for: the transport proves it (mutual TLS), or the caller set the header by hand. */
function isProvided(scheme: SecurityScheme | undefined, isSet: (headerName: string) => boolean): boolean {
  if (scheme === undefined) return false;
  if (scheme.type === "mutualTLS") return true;
  if (scheme.type === "apiKey") return scheme.in === "header" && isSet(scheme.name);
  return isSet("Authorization");
}
