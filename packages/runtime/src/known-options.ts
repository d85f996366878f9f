import { InvalidRequestError } from "./errors.ts";
import type { Service } from "./operation.ts";
import type { ClientOptions, RequestOptions, SharedOptions } from "./options.ts";
import { streamReadingNames } from "./stream-reading.ts";

/** Members by name, whatever their value. */
type Members = Readonly<Record<string, unknown>>;

/** Every member of some options: one that is forgotten doesn't compile. */
export type OptionNames<Options> = Readonly<Record<keyof Options, 1>>;

const shared: OptionNames<Omit<SharedOptions, (typeof streamReadingNames)[number]>> = {
  maxRetries: 1,
  timeout: 1,
  headers: 1,
  query: 1,
  middleware: 1,
  fetchOptions: 1,
  validate: 1,
};

const reading = Object.fromEntries(streamReadingNames.map((name) => [name, 1]));

const ofCall: OptionNames<Omit<RequestOptions, keyof SharedOptions>> = {
  signal: 1,
  extraBody: 1,
  idempotencyKey: 1,
  dryRun: 1,
};

const ofClient: OptionNames<Omit<ClientOptions, keyof SharedOptions>> = {
  apiKey: 1,
  credentials: 1,
  clientId: 1,
  clientSecret: 1,
  baseURL: 1,
  server: 1,
  serverURLs: 1,
  serverVariables: 1,
  fetch: 1,
  maxRetryAfter: 1,
  idempotencyHeader: 1,
  dangerouslyAllowBrowser: 1,
  logger: 1,
  logLevel: 1,
};

const callMembers: Members = { ...shared, ...reading, ...ofCall };
const clientMembers: Members = { ...shared, ...reading, ...ofClient };

/** How many characters two names have in common at their beginnings and ends, in small or capital letters. */
function closeness(name: string, other: string): number {
  const [a, b] = [name.toLowerCase().replace(/[^a-z]/g, ""), other.toLowerCase()];
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < shorter - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  // Fewer than half of a name are in common by chance.
  return (start + end) * 2 > shorter ? start + end : 0;
}

function nearest(name: string, known: readonly string[]): string {
  const [best] = known
    .map((other) => ({ other, score: closeness(name, other) }))
    .sort((one, two) => two.score - one.score);
  return best === undefined || best.score === 0 ? "" : `; the nearest is ${best.other}`;
}

/**
 * Refuses what nobody would read: a misspelt option would be ignored otherwise, and a limit or a key with it. Members that
 * are `undefined` say nothing, and may be there.
 *
 * @param taker - who was given the options, for the message.
 * @throws InvalidRequestError that names the member and the known one it resembles most.
 */
export function checkOptions(taker: string, options: object, known: Members): void {
  // Not what is given itself: it may be a key.
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    const kind = options === null ? "null" : Array.isArray(options) ? "a list" : `a ${typeof options}`;
    throw new InvalidRequestError(`${taker} was given ${kind} instead of an object of options.`);
  }
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || Object.hasOwn(known, name)) continue;
    const hint = Object.hasOwn(callMembers, name)
      ? "; it is one of a single call"
      : Object.hasOwn(clientMembers, name)
        ? "; it is one of the client"
        : nearest(name, Object.keys(known));
    throw new InvalidRequestError(`${taker} has no option ${JSON.stringify(name)}${hint}.`);
  }
}

/** Checks the options of a client: those of every client, and of the service's own. */
export function checkClientOptions({ name, options: own }: Service, options: ClientOptions): void {
  checkOptions(`The client of ${name}`, options, { ...own, ...clientMembers });
}

/** Checks the options of a single call. */
export function checkRequestOptions(operation: string, options: RequestOptions): void {
  checkOptions(operation, options, callMembers);
}
