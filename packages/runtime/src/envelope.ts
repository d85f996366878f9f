import type { ReadAnswer } from "./api-promise.ts";
import { readPointer } from "./json-pointer.ts";
import type { EnvelopeOpener } from "./operation.ts";
import { isSameJSON } from "./same-json.ts";

/** What an answer in an envelope is: data, the service's word that it failed, or no such envelope. */
export type Opened =
  | { readonly kind: "data"; readonly answer: ReadAnswer<unknown, unknown> }
  /** `status` is undefined when the envelope tells none. */
  | { readonly kind: "failure"; readonly status: number | undefined }
  | { readonly kind: "missing" };

/** A number that can be an HTTP status, also when it came as text. */
function readStatus(value: unknown): number | undefined {
  const status = typeof value === "string" && /^\d{3}$/.test(value) ? Number(value) : value;
  const isStatus = Number.isInteger(status) && (status as number) >= 100 && (status as number) <= 599;
  return isStatus ? (status as number) : undefined;
}

/**
 * Takes the data out of its envelope.
 *
 * An answer that has neither the data nor the mark of success isn't in this envelope at all.
 */
export const openEnvelope: EnvelopeOpener = (body, { data: place, success, status }) => {
  const data = readPointer(body, place);
  if (success !== undefined) {
    const mark = readPointer(body, success.pointer);
    if (mark === undefined && data === undefined) return { kind: "missing" };
    if (!success.values.some((value) => isSameJSON(value, mark))) {
      return {
        kind: "failure",
        status: status === undefined ? undefined : readStatus(readPointer(body, status)),
      };
    }
  }
  return data === undefined ? { kind: "missing" } : { kind: "data", answer: { data, body } };
};
