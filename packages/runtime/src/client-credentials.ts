import type { Addresses } from "./base-url.ts";
import { urlencodedBody } from "./body-writers.ts";
import type { Client } from "./client.ts";
import { transportOf } from "./client-settings.ts";
import { readEnvironment } from "./environment.ts";
import { InvalidRequestError } from "./errors.ts";
import type { Operation, SecurityScheme, Service } from "./operation.ts";
import type { ClientOptions, RenewableCredential } from "./options.ts";
import { tokenAddress } from "./token-address.ts";
import { createTokenCredential, type TokenGrant } from "./token-credential.ts";
import { unexpectedAnswer } from "./unexpected-answer.ts";

type OAuth2 = SecurityScheme & { readonly type: "oauth2" };

/** `createClient`, given by who calls: the two would import each other. */
type OpenClient = (service: Service, options: ClientOptions) => Client;

/** Tokens by the `fetch` they are asked with, then by what they were given for: clients made from others share them. */
const known = new WeakMap<typeof fetch, Map<string, RenewableCredential>>();

/** What a token endpoint answers, as far as it is used (RFC 6749, 5.1). */
interface TokenAnswer {
  readonly access_token?: unknown;
  readonly token_type?: unknown;
  /** Seconds. */
  readonly expires_in?: unknown;
}

/** Form encoding, which RFC 6749 (2.3.1) wants for id and secret before they are joined. */
function formEncode(text: string): string {
  return new URLSearchParams({ "": text }).toString().slice(1);
}

/** Asks a token endpoint by the client credentials grant (RFC 6749, 4.4). */
function askFor(
  service: Service,
  url: URL,
  key: string,
  { scopes }: OAuth2,
  options: ClientOptions,
  open: OpenClient,
): () => Promise<TokenGrant> {
  const { dangerouslyAllowBrowser } = options;
  const endpoint = open(
    {
      name: `the token endpoint of ${service.name}`,
      version: service.version,
      servers: [],
      security: { client: { type: "http", scheme: "basic" } },
    },
    { ...transportOf(options), baseURL: url.origin, apiKey: key, dangerouslyAllowBrowser },
  );
  const operation: Operation = {
    id: "requestToken",
    method: "POST",
    path: `${url.pathname}${url.search}`,
    retry: "idempotent",
    body: {
      encoding: "urlencoded",
      write: urlencodedBody,
      mediaType: "application/x-www-form-urlencoded",
      required: true,
    },
    outcomes: [{ status: "200", kind: "json", mediaType: "application/json" }],
  };
  const body = {
    grant_type: "client_credentials",
    ...(scopes !== undefined && scopes.length > 0 && { scope: scopes.join(" ") }),
  };
  return async () => {
    const { data, response } = await endpoint.request<TokenAnswer>(operation, { body }).withResponse();
    const { access_token: token, token_type: type, expires_in: seconds } = data;
    if (typeof token !== "string" || token === "") {
      throw unexpectedAnswer(operation, "the answer has no access_token", data, response);
    }
    if (typeof type === "string" && type.toLowerCase() !== "bearer") {
      throw unexpectedAnswer(
        operation,
        `the token is of type ${type}, which isn't sent as a bearer`,
        data,
        response,
      );
    }
    return { token, lifetime: Number(seconds) > 0 ? Number(seconds) * 1000 : undefined };
  };
}

/** The id and the secret, from the options, else from the environment. */
function readPair(
  service: Service,
  options: ClientOptions,
): readonly [id: string, secret: string] | undefined {
  const { clientId, clientSecret } = service.environment ?? {};
  const id = options.clientId ?? (clientId && readEnvironment(clientId));
  const secret = options.clientSecret ?? (clientSecret && readEnvironment(clientSecret));
  if (id && secret) return [id, secret];
  if (options.clientId === undefined && options.clientSecret === undefined) return undefined;
  throw new InvalidRequestError(
    `${service.name} needs both of the options clientId and clientSecret, and they must not be empty.`,
  );
}

/** Fails when it is asked, so that calls that need no token, and dry runs, go on. */
function unknownAddress({ name }: Service): RenewableCredential {
  const ask = async (): Promise<string> => {
    throw new InvalidRequestError(
      `Requests don't go where the document of ${name} says, so id and secret aren't sent to its token URL: say with the option tokenURL where tokens are asked for, or give one as apiKey.`,
    );
  };
  return Object.assign(ask, { forget() {} });
}

/** Gives a security scheme's credential, if the options have what it takes. */
export type TokenGrantor = (
  service: Service,
  scheme: OAuth2,
  addresses: Addresses,
  options: ClientOptions,
  open: OpenClient,
) => RenewableCredential | undefined;

/**
 * OAuth 2's client credentials grant: gets tokens for a program's id and secret. A token is asked for when the first
 * call needs it, kept until shortly before it expires and shared by all clients with the same id and `fetch`; one that
 * is refused with a 401 is renewed once per attempt.
 *
 * @returns undefined where the options name no id and secret, or a key or token by themselves.
 * @throws InvalidRequestError when only one of id and secret is given.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.4
 */
export const clientCredentials: TokenGrantor = (service, scheme, addresses, options, open) => {
  const { tokenUrl, scopes } = scheme;
  const pair = options.apiKey === undefined ? readPair(service, options) : undefined;
  if (pair === undefined || (tokenUrl ?? options.tokenURL) === undefined) return undefined;
  const key = pair.map(formEncode).join(":");
  const url = tokenAddress(service, tokenUrl, addresses, options);
  if (url === undefined) return unknownAddress(service);
  const asker = options.fetch ?? globalThis.fetch;
  const tokens = known.get(asker) ?? new Map<string, RenewableCredential>();
  known.set(asker, tokens);
  const purpose = JSON.stringify([url.href, key, scopes]);
  const credential =
    tokens.get(purpose) ?? createTokenCredential(askFor(service, url, key, scheme, options, open));
  tokens.set(purpose, credential);
  return credential;
};

/** Options by which tokens are asked for. */
const granting = ["clientId", "clientSecret", "tokenURL"] as const;

/** Credentials for those security schemes of a service that tokens can be asked for. */
export function tokenCredentials(
  service: Service,
  addresses: Addresses,
  options: ClientOptions,
  open: OpenClient,
): Readonly<Record<string, RenewableCredential>> {
  const credentials: Record<string, RenewableCredential> = {};
  const schemes = Object.values(service.security);
  const needless = granting.find((name) => options[name] !== undefined);
  if (needless !== undefined && !schemes.some((scheme) => scheme.type === "oauth2" && scheme.grant)) {
    throw new InvalidRequestError(
      `The option ${needless} is for services that give tokens, and ${service.name} names no grant.`,
    );
  }
  for (const [name, scheme] of Object.entries(service.security)) {
    if (scheme.type !== "oauth2") continue;
    const credential = scheme.grant?.(service, scheme, addresses, options, open);
    if (credential !== undefined) credentials[name] = credential;
  }
  return credentials;
}
