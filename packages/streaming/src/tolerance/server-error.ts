import { StreamError } from "../errors.ts";
import { isJsonObject, type JsonObject, tryParseJson } from "../json.ts";
import { quote, shorten } from "../quote.ts";

interface ServerError {
  readonly message: string | undefined;
  readonly code: string | undefined;
  readonly type: string | undefined;
}

function toText(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** What a list of problems says: the messages of validation errors, one after the other. */
function listText(list: readonly unknown[]): string | undefined {
  const texts = list.map((entry) => toText(isJsonObject(entry) ? (entry.msg ?? entry.message) : entry));
  return toText(texts.filter(Boolean).join("; "));
}

/** Reads the shapes errors have in the wild: see Q39 and Q41 in the package's README. */
function readServerError(said: unknown): ServerError {
  const value: JsonObject = isJsonObject(said) ? said : { message: said };
  const { error, errors, detail } = value;
  const list = Array.isArray(errors) ? errors : Array.isArray(detail) ? detail : [];
  const inner = isJsonObject(error) ? error : isJsonObject(list[0]) ? list[0] : {};
  return {
    message:
      toText(inner.message) ?? listText(list) ?? toText(error) ?? toText(value.message) ?? toText(detail),
    code: toText(inner.code) ?? toText(value.code) ?? toText(value.error_code),
    type: toText(inner.type) ?? (isJsonObject(error) ? undefined : toText(value.type)),
  };
}

/** The error for what a server reported, whatever shape it gave it. `before` is put in front of the server's words. */
export function toServerError(raw: string, value: unknown, before = ""): StreamError {
  const { message, code, type } = readServerError(value);
  const unread = raw.trim() === "" ? "no explanation" : quote(raw);
  const said = message === undefined ? unread : shorten(message);
  return new StreamError(`${before}${said}`, { reason: "server", code, type, raw });
}

/** The error for an answer whose status is not a success. */
export function toStatusError(status: number, raw: string): StreamError {
  return toServerError(raw, tryParseJson(raw)?.value, `The server answered ${status}: `);
}

function isGiven(error: unknown): boolean {
  if (isJsonObject(error)) return Object.keys(error).length > 0;
  return typeof error === "string" && error !== "";
}

/** The members an error frame has besides `error`. Data that happens to have an `error` member has others. */
const errorFrameMembers: ReadonlySet<string> = new Set([
  "error",
  "errors",
  "code",
  "message",
  "type",
  "status",
  "status_code",
  "object",
  "id",
  "request_id",
  "event_id",
  "param",
  "detail",
  "details",
  "success",
  "timestamp",
  "created",
  "model",
  "provider",
  "metadata",
]);

/** Whether an item of a stream of any kind is an error the server reports. */
export function isErrorPayload(value: unknown): boolean {
  if (!isJsonObject(value)) return false;
  if (value.object === "error") return true;
  return isGiven(value.error) && Object.keys(value).every((name) => errorFrameMembers.has(name));
}

/** Whether a chunk of a chat is an error the server reports, with or without choices beside it (Q39). */
export function isErrorChunk(chunk: JsonObject): boolean {
  if (isGiven(chunk.error)) return true;
  if ("choices" in chunk) return false;
  if (chunk.object === "error" || chunk.type === "error" || chunk.success === false) return true;
  if (Array.isArray(chunk.errors) && chunk.errors.length > 0) return true;
  return "error_code" in chunk || typeof chunk.detail === "string" || Array.isArray(chunk.detail);
}
