import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { setImmediate, setTimeout } from "node:timers/promises";
import type { Delivery } from "../answer/wanted.ts";
import { eventPieces, type StreamFraming, sizedPieces } from "./pieces.ts";

/** How the pieces of a body are found when no size is asked for. */
export type Framing = "whole" | StreamFraming;

/** How the sending of a body ended. */
export type SendOutcome = "complete" | "cut" | "ended early" | "client left";

/**
 * Sends status, headers and body, the body in pieces of their own: a piece is written once the one before it has left
 * and the client has taken what was sent. Ends at once when the client leaves.
 */
export async function sendBody(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: Uint8Array,
  framing: Framing,
  delivery: Delivery,
): Promise<SendOutcome> {
  if (response.destroyed) return "client left";
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  try {
    if (delivery.latency) await setTimeout(delivery.latency, undefined, { signal: gone.signal });
    return await send(response, status, headers, body, framing, delivery, gone.signal);
  } catch (error) {
    if (gone.signal.aborted) return "client left";
    throw error;
  }
}

async function send(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: Uint8Array,
  framing: Framing,
  delivery: Delivery,
  signal: AbortSignal,
): Promise<SendOutcome> {
  const { chunkSize, delay, cut, end, stall, keepOpen } = delivery;
  const limit = cut ?? end ?? stall ?? Number.POSITIVE_INFINITY;
  const inPieces = framing !== "whole" || chunkSize !== undefined || limit < body.length || keepOpen === true;
  if (!inPieces) {
    const length = body.length > 0 || !noBody.has(status) ? { "content-length": String(body.length) } : {};
    response.writeHead(status, { ...headers, ...length });
    response.end(body);
    await once(response, "finish", { signal });
    return "complete";
  }

  response.writeHead(status, { ...headers });
  response.flushHeaders();
  let first = true;
  for (const piece of piecesOf(body.subarray(0, limit), framing, chunkSize)) {
    if (!first && delay) await setTimeout(delay, undefined, { signal });
    first = false;
    if (!response.write(piece)) await once(response, "drain", { signal });
    // Two writes in one turn of the event loop would leave as one packet.
    await setImmediate(undefined, { signal });
  }
  if (stall !== undefined && limit < body.length) return await untilGone(signal);
  if (cut !== undefined && limit < body.length) {
    await flushed(response, signal);
    response.destroy();
    return "cut";
  }
  if (keepOpen) return await untilGone(signal);
  response.end();
  await once(response, "finish", { signal });
  return limit < body.length ? "ended early" : "complete";
}

/** Statuses whose answers have no body, nor a length of it (RFC 9110, section 8.6). */
const noBody = new Set([204, 304]);

function piecesOf(body: Uint8Array, framing: Framing, chunkSize: number | undefined): Iterable<Uint8Array> {
  if (chunkSize !== undefined) return sizedPieces(body, chunkSize);
  return framing === "whole" ? (body.length > 0 ? [body] : []) : eventPieces(body, framing);
}

async function untilGone(signal: AbortSignal): Promise<"client left"> {
  if (!signal.aborted) await once(signal, "abort");
  return "client left";
}

/** Resolves once everything written so far is with the operating system. */
async function flushed(response: ServerResponse, signal: AbortSignal): Promise<void> {
  const written = new Promise<void>((resolve) => response.socket?.write("", () => resolve()));
  await Promise.race([written, once(signal, "abort")]);
}
