import type { Client } from "./client.ts";
import type { ClientOptions } from "./options.ts";

const settings = new WeakMap<Client, ClientOptions>();

/** Remembers what a client was made with, out of sight of those who print, compare and spread it. */
export function rememberOptions(client: Client, options: ClientOptions): void {
  settings.set(client, options);
}

/** What a client was made with; nothing for one that `createClient` didn't make, such as a test's. */
export function optionsOf(client: Client): ClientOptions {
  return settings.get(client) ?? {};
}

/** Options by which a client reaches servers, and nothing that tells who asks: no key, header, query or middleware. */
export function transportOf(options: ClientOptions): ClientOptions {
  const { fetch, fetchOptions, maxRetries, maxRetryAfter, timeout, logger, logLevel } = options;
  return { fetch, fetchOptions, maxRetries, maxRetryAfter, timeout, logger, logLevel };
}
