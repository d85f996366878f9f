import {
  AbortError,
  type Clock,
  HawserError,
  StreamError,
  type StreamFailure,
  TimeoutError,
} from "../errors.ts";
import { isJsonObject, type JsonObject } from "../json.ts";

const clocks: ReadonlySet<unknown> = new Set<Clock>(["response", "firstEvent", "idle", "total"]);

const failures: ReadonlySet<unknown> = new Set<StreamFailure>([
  "server",
  "invalid-data",
  "too-large",
  "truncated",
  "connection",
  "quirk",
  "misuse",
]);

/**
 * An error as the payload of an event, in the shape any client of chat streams knows: `{ error: { message, type, code } }`.
 * What makes it the error it is stands under `hawser`. What the server sent, and the error's cause, are left out.
 */
export function toCarriedError(error: HawserError): JsonObject {
  const { name, message, ...codes } = error.toJSON();
  const { type, code, ...own } = codes;
  return { error: { message, type: type ?? null, code: code ?? null, hawser: { kind: name, ...own } } };
}

function toText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The error a payload carries; `undefined` when `toCarriedError` did not write it. */
export function readCarriedError(payload: unknown): HawserError | undefined {
  if (!isJsonObject(payload) || !isJsonObject(payload.error)) return undefined;
  const { hawser, message, code, type } = payload.error;
  if (!isJsonObject(hawser) || typeof message !== "string") return undefined;
  const { kind, reason, clock, timeout } = hawser;
  if (kind === "AbortError") return new AbortError(message);
  if (kind === "TimeoutError" && clocks.has(clock) && typeof timeout === "number") {
    return new TimeoutError({ clock: clock as Clock, timeout });
  }
  if (kind === "StreamError" && failures.has(reason)) {
    return new StreamError(message, {
      reason: reason as StreamFailure,
      code: toText(code),
      type: toText(type),
    });
  }
  return new HawserError(message);
}
