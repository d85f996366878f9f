import { InvalidRequestError } from "./errors.ts";
import type { Operation, Service } from "./operation.ts";
import type { ClientOptions, RequestOptions, SharedOptions, StreamChoice } from "./options.ts";
import { streamReadingNames } from "./stream-reading.ts";

/** Members by name, whatever their value. */
type Members = Readonly<Record<string, unknown>>;

/** What a value has to be, as messages say it, by its `typeof`. */
const kinds = {
  boolean: "true or false",
  string: "a text that is not empty",
  function: "a function",
  // Members of Headers, a Map or a URLSearchParams aren't listed: they would be none.
  object: "a plain object",
} as const;

/**
 * Every member of some options: one that is forgotten doesn't compile. Of those that would be ignored, or do harm, when
 * they have another kind of value, the kind.
 */
export type OptionNames<Options> = Readonly<Record<keyof Options, 1 | keyof typeof kinds>>;

const shared: OptionNames<Omit<SharedOptions, (typeof streamReadingNames)[number]>> = {
  maxRetries: 1,
  timeout: 1,
  headers: "object",
  query: "object",
  middleware: 1,
  fetchOptions: "object",
  validate: 1,
};

const reading = Object.fromEntries(streamReadingNames.map((name) => [name, 1]));

const ofCall: OptionNames<Omit<RequestOptions, keyof SharedOptions>> = {
  signal: 1,
  extraBody: "object",
  idempotencyKey: "string",
  dryRun: "boolean",
};

const ofClient: OptionNames<Omit<ClientOptions, keyof SharedOptions>> = {
  apiKey: 1,
  credentials: "object",
  clientId: 1,
  clientSecret: 1,
  tokenURL: 1,
  baseURL: 1,
  server: 1,
  serverURLs: "object",
  serverVariables: "object",
  fetch: 1,
  maxRetryAfter: 1,
  idempotencyHeader: "string",
  dangerouslyAllowBrowser: "boolean",
  logger: 1,
  logLevel: 1,
};

const ofChoice: OptionNames<StreamChoice> = { stream: "boolean" };

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

/** A known member that a prototype has. */
function inheritedOf(options: object, known: Members): string | undefined {
  if (Object.getPrototypeOf(options) === Object.prototype) return undefined;
  return Object.keys(known).find(
    (name) => name in options && !Object.hasOwn(options, name) && !(name in Object.prototype),
  );
}

function isOfKind(value: unknown, kind: string): boolean {
  const isFitting = typeof value === kind && value !== "" && value !== null;
  return isFitting && !(typeof value === "object" && Symbol.iterator in value!);
}

/**
 * Refuses what is no object, known members of a prototype, and known members with a value that can't be meant. Options are
 * listed and spread, which finds own members alone: those of a prototype would count here and not there.
 *
 * @param taker - who was given the options, for the message.
 * @param what - what a member is, for the message.
 * @throws InvalidRequestError
 */
export function checkMembers(
  taker: string,
  options: object,
  known: Members = clientMembers,
  what = "option",
): void {
  // Not what is given itself: it may be a key.
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    const kind = options === null ? "null" : Array.isArray(options) ? "a list" : `a ${typeof options}`;
    throw new InvalidRequestError(`${taker} was given ${kind} instead of an object of ${what}s.`);
  }
  const inherited = inheritedOf(options, known);
  if (inherited !== undefined) {
    throw new InvalidRequestError(
      `${taker} was given the ${what} ${inherited} by a prototype: it has to be the object's own.`,
    );
  }
  for (const [name, value] of Object.entries(options)) {
    const kind = Object.hasOwn(known, name) ? known[name] : undefined;
    if (value === undefined || typeof kind !== "string" || isOfKind(value, kind)) continue;
    throw new InvalidRequestError(
      `${taker}: the ${what} ${name} takes ${kinds[kind as keyof typeof kinds]}.`,
    );
  }
}

/** Where a member nobody knows belongs, or what it resembles. */
function hintFor(name: string, known: Members, what: string): string {
  if (what === "option" && Object.hasOwn(callMembers, name)) return "; it is one of a single call";
  if (what === "option" && Object.hasOwn(clientMembers, name)) return "; it is one of the client";
  return nearest(name, Object.keys(known));
}

/**
 * Refuses what nobody would read: a misspelt option would be ignored otherwise, and a limit or a key with it. Members that
 * are `undefined` say nothing, and may be there.
 *
 * @param taker - who was given the options, for the message.
 * @param what - what a member is, for the message.
 * @throws InvalidRequestError that names the member and the known one it resembles most.
 */
export function checkOptions(taker: string, options: object, known: Members, what = "option"): void {
  checkMembers(taker, options, known, what);
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || Object.hasOwn(known, name)) continue;
    throw new InvalidRequestError(
      `${taker} has no ${what} ${JSON.stringify(name)}${hintFor(name, known, what)}.`,
    );
  }
}

/** Checks the options of a client: those of every client, and of the service's own. */
export function checkClientOptions({ name, options: own, security }: Service, options: ClientOptions): void {
  checkOptions(`The client of ${name}`, options, { ...own, ...clientMembers });
  // A key for a scheme nobody has would leave the call to the key of the environment.
  checkOptions("The option credentials", options.credentials ?? {}, security, "security scheme");
}

/** Checks the options of a single call. */
export function checkRequestOptions({ id, stream }: Operation, options: RequestOptions & StreamChoice): void {
  checkOptions(id, options, stream?.mode === "accept" ? { ...callMembers, ...ofChoice } : callMembers);
}
