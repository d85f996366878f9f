import { rawBodyLimit } from "./errors.ts";

/** What an error body says, whatever its shape. */
export interface ErrorBody {
  /** What the server said in words. Undefined when it said none. */
  readonly message: string | undefined;
  readonly code: string | undefined;
  readonly type: string | undefined;
  readonly param: string | undefined;
  readonly details: unknown;
  readonly requestId: string | undefined;
}

type Members = Readonly<Record<string, unknown>>;

/** How many characters of a body without a message of its own are quoted in the error's message. */
const quotedLength = 300;
/** How far errors inside of errors, and lists inside of lists, are followed: a hostile body nests without end. */
const deepest = 8;
/** How many characters of the server's own words go into the error's message; `rawBody` keeps more. */
const saidLength = 2_000;

function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

/** A code is text or, at many servers, a number. */
function code(value: unknown): string | undefined {
  return typeof value === "number" ? String(value) : text(value);
}

/**
 * The words of one complaint in a list: `{loc: ["body", "model"], msg}` as FastAPI writes them, `{field, message}`, or
 * plain text.
 */
function complaint(entry: unknown): string | undefined {
  if (!isMembers(entry)) return text(entry);
  const words = text(entry.msg) ?? text(entry.message) ?? text(entry.detail) ?? text(entry.title);
  const place = Array.isArray(entry.loc) ? entry.loc.join(".") : (text(entry.field) ?? text(entry.pointer));
  if (words === undefined) return place;
  return place === undefined ? words : `${place}: ${words}`;
}

function complaints(list: readonly unknown[]): string | undefined {
  const words = list.map(complaint).filter((entry) => entry !== undefined);
  return words.length === 0 ? undefined : words.join("; ");
}

/** What `error`, `detail` or `errors` hold, in words. */
function describe(value: unknown, depth = 0): string | undefined {
  if (Array.isArray(value)) return complaints(value);
  if (!isMembers(value)) return text(value);
  const words = text(value.message) ?? text(value.msg);
  return words ?? (depth < deepest ? describe(value.error ?? value.detail, depth + 1) : undefined);
}

/** The words of a value that says why something failed: a text, `{message}`, or a list of complaints. */
export function wordsOf(value: unknown): string | undefined {
  return describe(value);
}

/** `{error: {code, message, details, type, param}}` and what else stands beside it. */
function fromErrorObject(error: Members, outer: Members): ErrorBody {
  return {
    message: describe(error) ?? describe(outer.message),
    code: code(error.code) ?? code(error.status) ?? code(outer.code),
    type: text(error.type) ?? text(outer.type),
    param: text(error.param) ?? text(error.field),
    details: error.details ?? error.metadata ?? outer.details,
    requestId: text(error.request_id) ?? text(outer.request_id) ?? text(outer.requestId),
  };
}

function firstMembers(value: unknown): Members {
  return Array.isArray(value) && isMembers(value[0]) ? value[0] : {};
}

/** Every other object: the first member that holds words is the message. */
function fromMembers(body: Members): ErrorBody {
  const listed = firstMembers(body.errors);
  return {
    message:
      describe(body.message) ??
      describe(body.error) ??
      describe(body.detail) ??
      describe(body.error_description) ??
      describe(body.error_message) ??
      describe(body.errors) ??
      describe(body.msg) ??
      describe(body.title),
    code: code(body.code) ?? code(body.error_code) ?? code(listed.code),
    type: text(body.type),
    param: text(body.param) ?? text(listed.field),
    details:
      body.details ?? (typeof body.detail === "object" ? body.detail : undefined) ?? body.errors ?? body.data,
    requestId: text(body.request_id) ?? text(body.requestId),
  };
}

const nothing: ErrorBody = {
  message: undefined,
  code: undefined,
  type: undefined,
  param: undefined,
  details: undefined,
  requestId: undefined,
};

/**
 * Finds message, code, type, param and details in a parsed error body. Shapes that are read:
 * `{error: {code, message, details, type, param}}`, `{error: "text"}`, `{message, code}`,
 * `{detail: "text"}` and `{detail: [{loc, msg}]}` (FastAPI), `{object: "error", message, code}` (vLLM),
 * `{error_code, message}` (Databricks), `{success: false, error}` and `{success: false, errors: [{code, message, field}]}`,
 * `{code, message, data}`, `{type, title, detail}` (RFC 9457), a list of any of them, and text.
 */
export function readErrorBody(body: unknown): ErrorBody {
  return readAt(body, 0);
}

function readAt(body: unknown, depth: number): ErrorBody {
  if (Array.isArray(body)) {
    const first = depth < deepest ? readAt(body[0], depth + 1) : nothing;
    return { ...first, message: complaints(body) ?? first.message, details: first.details ?? body };
  }
  if (!isMembers(body)) return { ...nothing, message: text(body) };
  if (isMembers(body.error)) return fromErrorObject(body.error, body);
  return fromMembers(body);
}

/**
 * Whether an answer with a status of success says, and says nothing but, that it failed: `{error: {…}}` or
 * `{error: "…"}` alone, `{object: "error", message}`, or `{success: false}` with errors. Inference servers do so where
 * their gateway has answered already.
 */
export function isErrorInDisguise(body: unknown): boolean {
  if (!isMembers(body)) return false;
  if (Object.keys(body).length === 1) return isMembers(body.error) || text(body.error) !== undefined;
  if (body.object === "error") return text(body.message) !== undefined;
  if (body.success !== false || (body.data ?? body.result) != null) return false;
  return isMembers(body.error) || text(body.error) !== undefined || isFilled(body.errors);
}

function isFilled(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}

const htmlStart = /^\s*<(!doctype|html|head|body|\?xml)\b/i;

/** Whether the text is a page for people, such as a proxy's, instead of an answer for programs. */
export function isHTML(body: string): boolean {
  return htmlStart.test(body);
}

/** The words of a page: its title, and else what stands between its tags. */
function wordsOfPage(wholePage: string): string {
  // The searches below can take the square of the length.
  const page = wholePage.slice(0, rawBodyLimit);
  const title = /<title[^>]*>([^<]*)<\/title>/i.exec(page)?.[1]?.trim();
  if (title) return title;
  return page
    .replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/gi, " ")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

function shorten(words: string, length: number): string {
  return words.length <= length ? words : `${words.slice(0, length)}…`;
}

/** Where an answer came from, for its error message. */
export interface AnswerOrigin {
  readonly status: number;
  readonly statusText: string;
  /** Method and address without query, e.g. `GET https://host/path`. */
  readonly request: string;
}

/**
 * The message of the error an answer is turned into. It always says something: the server's words, else what its body
 * begins with, else where it came from and that it was empty.
 */
export function describeErrorAnswer(origin: AnswerOrigin, said: ErrorBody, rawBody: string): string {
  const reason = origin.statusText === "" ? reasonPhrase(origin.status) : origin.statusText;
  const status = reason === "" ? String(origin.status) : `${origin.status} ${reason}`;
  const where = `${status} from ${origin.request}`;
  if (rawBody.trim() === "") return `${where} (the answer had no body)`;
  if (isHTML(rawBody)) {
    const words = wordsOfPage(rawBody);
    return words === ""
      ? `${where} (the answer was a page without text)`
      : `${where}: ${shorten(words, quotedLength)} (a page)`;
  }
  const words =
    said.message === undefined ? shorten(rawBody.trim(), quotedLength) : shorten(said.message, saidLength);
  return `${where}: ${words}`;
}

/** HTTP/2 has no reason phrases; these are RFC 9110's for the statuses people meet. */
const reasonPhrases: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  402: "Payment Required",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  408: "Request Timeout",
  409: "Conflict",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  429: "Too Many Requests",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
};

function reasonPhrase(status: number): string {
  return reasonPhrases[status] ?? "";
}
