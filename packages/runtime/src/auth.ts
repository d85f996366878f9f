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
  /** Finds the keys anew after the server has refused them. Undefined where that would give the same again. */
  readonly renew?: (() => Promise<Authentication>) | undefined;
}

/** For operations that need no key. */
const noAuthentication: Authentication = { headers: [], query: [], cookies: [], secrets: [] };

/** Stands for a key that wasn't asked for; fits every scheme. */
const unasked = "not:asked";

type KeyOptions = Pick<ClientOptions, "apiKey" | "credentials">;

/** The alternatives of an operation; without any, the service's first scheme is the only one. */
function alternativesOf(service: Service, operation: Operation): readonly (readonly string[])[] {
  if (operation.security !== undefined) return operation.security.map((schemes) => Object.keys(schemes));
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

/** The text before form encoding, which ids and secrets of programs have (RFC 6749, 2.3.1). */
function formDecode(text: string): string {
  return new URLSearchParams(`=${text.replaceAll("&", "%26")}`).get("") ?? text;
}

/** One scheme's key, put to where the scheme wants it. */
function present(scheme: SecurityScheme, key: string, source: string): Authentication {
  if (scheme.type === "mutualTLS") return noAuthentication;
  if (scheme.type === "http" && scheme.scheme === "basic") {
    const value = basicValue(key, source);
    const password = key.slice(key.indexOf(":") + 1);
    return {
      ...noAuthentication,
      headers: [["Authorization", value]],
      // The password by itself is one too: servers that quote what they refuse have split the pair, and decoded it.
      secrets: [key, value.slice("Basic ".length), password, formDecode(password)],
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

/** A key that was found, and where. */
interface Found {
  readonly scheme: string;
  readonly credential: Credential;
  /** For messages. */
  readonly source: string;
  /** How much the caller meant just this one: 0 by the scheme's name, 1 as the key, 2 by the environment alone. */
  readonly rank: 0 | 1 | 2;
}

/** Where a scheme's key comes from: the option for this scheme, the option for all, the environment. */
function findCredential(service: Service, scheme: string, options: KeyOptions): Found | undefined {
  const { credentials = {} } = options;
  const named = Object.hasOwn(credentials, scheme) ? credentials[scheme] : undefined;
  if (named !== undefined) {
    return { scheme, credential: named, source: `The option credentials, scheme "${scheme}",`, rank: 0 };
  }
  if (options.apiKey !== undefined) {
    return { scheme, credential: options.apiKey, source: "The option apiKey", rank: 1 };
  }
  const variable = service.environment?.apiKey;
  const value = variable === undefined ? undefined : readEnvironment(variable);
  if (value === undefined) return undefined;
  return { scheme, credential: value, source: `The environment variable ${variable}`, rank: 2 };
}

/** HTTP basic takes a pair: a key without a colon is meant for another scheme, where there is one. */
function rankOf(scheme: SecurityScheme | undefined, { credential, rank }: Found): number {
  const isBasic = scheme?.type === "http" && scheme.scheme === "basic";
  return isBasic && typeof credential === "string" && !credential.includes(":") ? rank + 0.5 : rank;
}

/**
 * The keys of the alternative to use: of those for which every scheme has a key, the one the caller meant most, and
 * among equals the first. Undefined when none can be met.
 */
function chooseAlternative(
  service: Service,
  alternatives: readonly (readonly string[])[],
  options: KeyOptions,
  isSet: (headerName: string) => boolean,
): readonly Found[] | undefined {
  let chosen: readonly Found[] | undefined;
  let best = Number.POSITIVE_INFINITY;
  for (const names of alternatives) {
    const needed = names.filter((name) => !isProvided(service.security[name], isSet));
    const found = needed.map((name) => findCredential(service, name, options));
    if (!found.every((entry) => entry !== undefined)) continue;
    // A key that is there is sent, also where none is needed.
    const rank =
      names.length === 0
        ? 3
        : Math.max(0, ...found.map((entry) => rankOf(service.security[entry.scheme], entry)));
    if (rank >= best) continue;
    best = rank;
    chosen = found;
  }
  return chosen;
}

function missingKey(service: Service, operation: Operation): InvalidRequestError {
  const variable = service.environment?.apiKey;
  const place = variable === undefined ? "" : `, or set the environment variable ${variable}`;
  return new InvalidRequestError(
    `${operation.id} of ${service.name} needs a key: give the client the option apiKey${place}.`,
  );
}

/**
 * Finds the keys an operation needs: those of one alternative of its security. A key given for a scheme by name counts
 * more than the key for all, and both more than the environment.
 *
 * @param isSet - whether the caller set a header of this name by hand, which makes a key for it needless.
 * @param rehearsal - whether nothing is sent: then functions aren't asked, as they may ask a server.
 * @throws InvalidRequestError when there is no key, or when it can't be sent. The key itself is never named.
 */
export async function authenticate(
  service: Service,
  operation: Operation,
  options: KeyOptions,
  isSet: (headerName: string) => boolean,
  rehearsal = false,
): Promise<Authentication> {
  const alternatives = alternativesOf(service, operation);
  if (alternatives.length === 0) return noAuthentication;
  const found = chooseAlternative(service, alternatives, options, isSet);
  if (found === undefined) throw missingKey(service, operation);
  const parts = await Promise.all(
    found.map(async ({ scheme, credential, source }) => {
      const isAsked = typeof credential === "function";
      const key = rehearsal && isAsked ? unasked : await ask(credential, source);
      const refuse = isAsked && "forget" in credential ? () => credential.forget(key) : undefined;
      return { ...present(schemeOf(service, operation, scheme), key, source), refuse };
    }),
  );
  const secrets = parts.flatMap((part) => part.secrets);
  const renew = async () => {
    for (const { refuse } of parts) refuse?.();
    const renewed = await authenticate(service, operation, options, isSet);
    // Whoever hides the old ones hides the new ones too.
    secrets.push(...renewed.secrets);
    return renewed;
  };
  return {
    headers: parts.flatMap((part) => part.headers),
    query: parts.flatMap((part) => part.query),
    cookies: parts.flatMap((part) => part.cookies),
    secrets,
    renew: parts.some(({ refuse }) => refuse !== undefined) ? renew : undefined,
  };
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
