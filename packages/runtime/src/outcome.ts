import type { Operation, Outcome } from "./operation.ts";

/** How an answer is to be read. */
export type OutcomeKind = Outcome["kind"];

/** The media type of a Content-Type header: no parameters, in lower case. Empty when there is none. */
export function mediaTypeOf(headers: Headers): string {
  return withoutParameters(headers.get("content-type") ?? "");
}

function withoutParameters(mediaType: string): string {
  return mediaType.split(";")[0]!.trim().toLowerCase();
}

/** Whether a media type is JSON: `application/json`, `…+json`. */
export function isJSONType(mediaType: string): boolean {
  return /[/+]json$/.test(mediaType);
}

/** Whether the outcome was declared for the status: by itself, by its range, or by default. The smaller the closer. */
function distance(outcome: Outcome, status: number): number {
  if (outcome.status === String(status)) return 0;
  if (outcome.status.toUpperCase() === `${Math.floor(status / 100)}XX`) return 1;
  return outcome.status === "default" ? 2 : 3;
}

function hasType(outcome: Outcome, mediaType: string): boolean {
  if (outcome.mediaType === undefined) return false;
  const declared = withoutParameters(outcome.mediaType);
  if (declared === mediaType || declared === "*/*") return true;
  if (declared.endsWith("/*")) return mediaType.startsWith(declared.slice(0, -1));
  return isJSONType(declared) && isJSONType(mediaType);
}

/**
 * The operation with only those outcomes that the body of this call asks for: those whose condition it meets, or, when
 * it meets none, those without a condition.
 */
export function narrowOutcomes(operation: Operation, body: unknown, extraBody?: object): Operation {
  if (operation.outcomes.every(({ when }) => when === undefined)) return operation;
  const members: Record<string, unknown> =
    typeof body === "object" && body !== null ? { ...body, ...extraBody } : {};
  const met = operation.outcomes.filter(({ when }) => when?.values.includes(members[when.property]));
  const outcomes = met.length > 0 ? met : operation.outcomes.filter(({ when }) => when === undefined);
  return { ...operation, outcomes };
}

/** Statuses that never have a body (RFC 9110, 15.3.5 and 15.3.6). */
function isBodyless(operation: Operation, response: Response): boolean {
  const { status } = response;
  return operation.method === "HEAD" || status === 204 || status === 205 || response.body === null;
}

/**
 * Tells how a successful answer is read.
 *
 * Of the outcomes declared for its status (a status nobody declared is read like any other success), the one with the
 * answer's media type counts, and else the first: many servers send no media type, or a wrong one.
 *
 * @param streams - whether the call asked for a stream.
 */
export function classifyOutcome(operation: Operation, response: Response, streams: boolean): OutcomeKind {
  if (isBodyless(operation, response)) return "empty";
  if (streams) return "stream";
  const mediaType = mediaTypeOf(response.headers);
  // A server that streams although nobody asked is read as the stream it is.
  if (operation.stream !== undefined && mediaType === "text/event-stream") return "stream";
  const outcomes = operation.outcomes.filter(({ kind }) => kind !== "stream");
  const nearest = Math.min(...outcomes.map((outcome) => distance(outcome, response.status)));
  const candidates = outcomes.filter((outcome) => distance(outcome, response.status) === nearest);
  const chosen = candidates.find((outcome) => hasType(outcome, mediaType)) ?? candidates[0];
  return chosen?.kind ?? "json";
}
