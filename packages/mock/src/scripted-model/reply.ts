import { type Delivery, deliveryOf } from "../answer/wanted.ts";
import type { Framing } from "../send/send-body.ts";
import { toChunks, toEvents } from "./chunks.ts";
import { toCompletion, writeAnswer } from "./completion.ts";
import type { ScriptedAnswer, ScriptedReply, ScriptedRequest, StreamHabits } from "./scripted-answer.ts";

/** An answer as it goes over the wire. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly framing: Framing;
  readonly delivery: Delivery;
}

const json = { "content-type": "application/json" };
const events = { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache" };

/** The error of a request the script has no answer to. Its status is none that clients try again. */
export function errorReply(status: number, message: string): Reply {
  const body = JSON.stringify({ error: { message, type: "scripted_model", code: null } });
  return { status, headers: json, body, framing: "whole", delivery: {} };
}

/** Throws when what something is cut into has no length: there would be no end of pieces. */
function checkLength(name: string, length: number | undefined): void {
  if (length !== undefined && !(Number.isInteger(length) && length >= 1)) {
    throw new RangeError(`${name} has to be a whole number of at least 1, not ${length}`);
  }
}

/** What is sent for an answer of the script. `at` is its place there. */
export function toReply(
  scripted: ScriptedReply,
  request: ScriptedRequest,
  at: number,
  habits: StreamHabits,
  makeCallId: () => string,
): Reply {
  const reply = typeof scripted === "string" ? { content: scripted } : scripted;
  if ("status" in reply) {
    const error = errorReply(reply.status, `The script answers with ${reply.status}`);
    const body = reply.body === undefined ? error.body : JSON.stringify(reply.body);
    return { ...error, body, headers: { ...json, ...reply.headers } };
  }
  checkLength("chunkSize", reply.chunkSize);
  const stream = { status: 200, headers: events, framing: "events", delivery: deliveryOf(reply) } as const;
  if ("chunks" in reply) return { ...stream, body: toEvents(reply.chunks, true) };
  const answer = writeAnswer(reply, request, at, makeCallId);
  if (request.stream !== true) {
    const body = JSON.stringify(toCompletion(answer));
    return { status: 200, headers: json, body, framing: "whole", delivery: deliveryOf(reply) };
  }
  const mixed = { ...habits, ...(reply as ScriptedAnswer).habits };
  checkLength("pieceLength", mixed.pieceLength);
  return { ...stream, body: toEvents(toChunks(answer, request, mixed), !mixed.withoutMarker) };
}
