import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { type Delivery, mergeDelivery } from "./answer/wanted.ts";
import { handleRequest, type Workplace } from "./handle-request.ts";
import { type RecordedAnswer, type RecordedRequest, recordRequest } from "./recorded-request.ts";
import { readBody } from "./request/read-body.ts";
import type { Route, Router } from "./request/route.ts";
import { corsHeaders, preflightHeaders } from "./send/cors.ts";
import { sendBody } from "./send/send-body.ts";

/** What a listener works with. */
export interface ListenerOptions {
  readonly place: Workplace;
  readonly router: Router;
  /** How answers travel when neither the request nor a scene says. */
  readonly delivery: Delivery;
  /** In bytes. */
  readonly maxBodyBytes: number;
  readonly logger: ((line: string) => void) | undefined;
  /** Gets every request once its body is there. */
  readonly record: (request: RecordedRequest) => void;
}

/** Reads, records, answers and logs each request. */
export function createListener(options: ListenerOptions): RequestListener {
  const { router, maxBodyBytes } = options;

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<RecordedAnswer> => {
    const url = urlOf(request);
    const method = request.method ?? "GET";
    const route = router(method, url.pathname);
    const bytes = await readBody(request, maxBodyBytes);
    const answered = respond(options, request, response, route, url, bytes);
    options.record(
      recordRequest({
        method,
        path: url.pathname,
        query: url.searchParams,
        headers: request.headers,
        bytes: bytes ?? new Uint8Array(),
        operationId: route.kind === "operation" ? route.operations[0]?.id : undefined,
        answer: answered.catch(() => ({ status: 500, outcome: "complete" })),
      }),
    );
    return await answered;
  };

  return (request, response) => {
    const start = performance.now();
    const log = (status: number | "-", remark: string) => {
      const path = request.url?.replace(/\?.*$/, "") ?? "/";
      const duration = Math.round(performance.now() - start);
      options.logger?.(`${request.method} ${path} ${status} ${duration} ms${remark}`);
    };
    serve(request, response).then(
      ({ status, outcome }) => log(status, outcome === "complete" ? "" : ` (${outcome})`),
      (error: unknown) => {
        if (response.destroyed) return log("-", " (client left)");
        const detail = error instanceof Error ? error.message : String(error);
        log(500, ` (${detail})`);
        fail(response, detail);
      },
    );
  };
}

async function respond(
  { place, delivery, maxBodyBytes }: ListenerOptions,
  request: IncomingMessage,
  response: ServerResponse,
  route: Route,
  url: URL,
  bytes: Uint8Array | undefined,
): Promise<RecordedAnswer> {
  const method = request.method ?? "GET";
  if (method === "OPTIONS" && route.kind !== "operation") {
    const allowed = route.kind === "other-method" ? route.allowed : [];
    const headers = preflightHeaders(request, [...allowed, "OPTIONS"]);
    return { status: 204, outcome: await sendBody(response, 204, headers, new Uint8Array(), "whole", {}) };
  }
  const { answer, delivery: asked } = await handleRequest(place, route, {
    method,
    query: url.searchParams,
    headers: flatHeaders(request.headers),
    bytes,
    maxBodyBytes,
  });
  // Sizes and pauses of the server's own are meant for streams; how long it takes, for everything.
  const { latency = 0, ...ofStreams } = delivery;
  const own = answer.framing === "whole" ? { latency } : { latency, ...ofStreams };
  const headers = { ...answer.headers, ...corsHeaders(request) };
  const travel = mergeDelivery(own, asked);
  const outcome = await sendBody(response, answer.status, headers, answer.body, answer.framing, travel);
  return { status: answer.status, outcome };
}

/** The server's own failure: something in the document Prism can't make an answer of. */
function fail(response: ServerResponse, detail: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(500, { "content-type": "application/problem+json" });
  response.end(JSON.stringify({ type: "about:blank", title: "The mock server failed", status: 500, detail }));
}

/** A path that begins with two slashes would be taken for a host if it were resolved. */
function urlOf({ url = "/" }: IncomingMessage): URL {
  return url.startsWith("/") ? new URL(`http://localhost${url}`) : new URL(url, "http://localhost");
}

function flatHeaders(headers: IncomingMessage["headers"]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : String(value),
    ]),
  );
}
