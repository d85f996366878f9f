import { ConnectionError } from "./errors.ts";

/** What runtimes put on the errors of a failed connection. */
interface SystemError {
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
}

/** Codes that are given before a connection exists: nothing of the request can have reached the server. */
const neverSentCodes: ReadonlySet<string> = new Set([
  // Node and Deno: the socket was refused, the name isn't known, there is no way to the network
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EAI_NODATA",
  "EAI_NONAME",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EADDRNOTAVAIL",
  // undici
  "UND_ERR_CONNECT_TIMEOUT",
  // Bun
  "ConnectionRefused",
  "FailedToOpenSocket",
  "DNSResolveFailed",
]);

function asSystemError(value: unknown): SystemError | undefined {
  return typeof value === "object" && value !== null ? (value as SystemError) : undefined;
}

/** The error and its causes, outermost first. Causes can be circular, and deep ones say nothing more. */
function causes(error: unknown): SystemError[] {
  const found: SystemError[] = [];
  let current = asSystemError(error);
  while (current !== undefined && found.length < 5) {
    found.push(current);
    current = asSystemError(current.cause);
  }
  return found;
}

function codeOf(error: SystemError): string | undefined {
  if (typeof error.code === "string") return error.code;
  // Node tries all addresses of a name and gives one error for each.
  const [first] = Array.isArray(error.errors) ? error.errors : [];
  const code = asSystemError(first)?.code;
  return typeof code === "string" ? code : undefined;
}

/** The code of the innermost cause that has one, e.g. `ECONNRESET`. */
export function connectionCode(error: unknown): string | undefined {
  return causes(error)
    .map(codeOf)
    .filter((code) => code !== undefined)
    .at(-1);
}

function failedToConnect(error: SystemError): boolean {
  if (Array.isArray(error.errors) && error.errors.length > 0) {
    return error.errors.every((each) => isNeverSent(each));
  }
  // The same code, ETIMEDOUT, is used for connecting and for writing; the system call tells them apart.
  // An established connection can lose its route too, with the same codes: then the request may have arrived.
  if (typeof error.syscall === "string")
    return error.syscall === "connect" || error.syscall === "getaddrinfo";
  if (typeof error.code === "string" && neverSentCodes.has(error.code)) return true;
  // Deno gives no code, but names the stage: "client error (Connect): tcp connect error: …".
  return typeof error.message === "string" && error.message.includes("client error (Connect)");
}

/** Whether the request certainly never reached the server. Browsers don't say, so there it is never certain. */
export function isNeverSent(error: unknown): boolean {
  return causes(error).some(failedToConnect);
}

/** The words of the innermost cause: "fetch failed" by itself says nothing. */
function wordsOf(error: unknown): string {
  const words = causes(error)
    .map(({ message }) => message)
    .filter((message) => typeof message === "string" && message !== "");
  return String(words.at(-1) ?? error);
}

/**
 * What `fetch` threw, as a ConnectionError.
 *
 * @param request - method and address, for the message.
 * @param hide - takes keys out of a text; some runtimes put the whole URL into theirs.
 */
export function toConnectionError(
  thrown: unknown,
  request: string,
  attempts: number,
  hide: (text: string) => string,
): ConnectionError {
  const code = connectionCode(thrown);
  const words = wordsOf(thrown);
  const reason = code === undefined || words.includes(code) ? words : `${words} (${code})`;
  return new ConnectionError(`No answer to ${request}: ${hide(reason)}`, {
    cause: withoutSecrets(thrown, hide),
    code,
    neverSent: isNeverSent(thrown),
    attempts,
  });
}

/** The thrown value itself, unless printing it would print a key: in its words, or in a member such as Bun's `path`. */
function withoutSecrets(thrown: unknown, hide: (text: string) => string): unknown {
  const words = causes(thrown)
    .map(({ message }) => String(message))
    .join("\n");
  const printed = causes(thrown).flatMap((error) => [...Object.values(error), String(error.message)]);
  const isClean = printed.every((value) => typeof value !== "string" || hide(value) === value);
  return isClean ? thrown : new Error(hide(words));
}
