import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { asObject } from "../json.ts";
import { type RecordedAnswer, type RecordedRequest, recordRequest } from "../recorded-request.ts";
import { readBody } from "../request/read-body.ts";
import { corsHeaders, preflightHeaders } from "../send/cors.ts";
import { sendBody } from "../send/send-body.ts";
import { errorReply, type Reply, toReply } from "./reply.ts";
import type { ScriptedRequest, ScriptedStep, StreamHabits } from "./scripted-answer.ts";

const maxBodyBytes = 25 * 1024 * 1024;

/** How a scripted model is made. */
export interface ScriptedModelOptions {
  /** What is done differently when answers are streamed. */
  readonly habits?: StreamHabits;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Default `127.0.0.1`. */
  readonly host?: string;
}

/** A running scripted model. */
export interface ScriptedModel extends AsyncDisposable {
  /** The base URL for a client: `http://127.0.0.1:49152/v1`. Any path that ends in `/chat/completions` is answered. */
  readonly url: string;
  readonly port: number;
  /** The requests it got, the oldest first; `json` is the body. */
  readonly requests: readonly RecordedRequest[];
  /** How many answers of the script are left. */
  readonly left: number;
  /** Stops it: open streams and idle connections are closed at once. */
  close(): Promise<void>;
}

function isChatRequest(value: unknown): value is ScriptedRequest {
  return Array.isArray(asObject(value).messages);
}

/**
 * Starts a local server that speaks the chat completions API and answers with a script, an answer for each request, so
 * that a loop can be tested without a network. Any key will do. A request after the last answer gets a 400 that says so.
 *
 * @throws the system's error (`EADDRINUSE`) when the port is taken
 */
export async function createScriptedModel(
  script: readonly ScriptedStep[],
  options: ScriptedModelOptions = {},
): Promise<ScriptedModel> {
  const requests: RecordedRequest[] = [];
  let used = 0;
  let calls = 0;
  const makeCallId = (): string => `call_${++calls}`;

  async function chooseReply(method: string, path: string, body: unknown): Promise<Reply> {
    if (method !== "POST" || !path.endsWith("/chat/completions")) {
      return errorReply(404, `The scripted model answers POST …/chat/completions, not ${method} ${path}`);
    }
    if (!isChatRequest(body))
      return errorReply(400, "The body is no chat request: it has no list of messages");
    const at = used;
    const step = script[at];
    if (step === undefined) {
      return errorReply(
        400,
        `The script has ${script.length} answers, and this is request ${requests.length}`,
      );
    }
    used += 1;
    const reply = typeof step === "function" ? await step(body) : step;
    return toReply(reply, body, at, options.habits ?? {}, makeCallId);
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", headers } = request;
    if (method === "OPTIONS") {
      response.writeHead(204, preflightHeaders(request, ["POST"])).end();
      return;
    }
    const { pathname: path, searchParams: query } = new URL(request.url ?? "/", "http://localhost");
    const bytes = (await readBody(request, maxBodyBytes)) ?? new Uint8Array();
    let settle: (answer: RecordedAnswer) => void = () => {};
    const answer = new Promise<RecordedAnswer>((resolve) => {
      settle = resolve;
    });
    const operationId = "createChatCompletion";
    const record = recordRequest({ method, path, query, headers, bytes, operationId, answer });
    // Before the script is asked, which may take its time: they stand in the order they came.
    requests.push(record);
    const reply = await chooseReply(method, path, record.json).catch((error: unknown) =>
      errorReply(400, `The script failed: ${error instanceof Error ? error.message : String(error)}`),
    );
    const body = new TextEncoder().encode(reply.body);
    const all = { ...reply.headers, ...corsHeaders(request) };
    const outcome = await sendBody(response, reply.status, all, body, reply.framing, reply.delivery).catch(
      () => "client left" as const,
    );
    settle({ status: reply.status, outcome });
  }

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  const host = options.host ?? "127.0.0.1";
  server.listen(options.port ?? 0, host);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;

  async function close(): Promise<void> {
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  }
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${port}/v1`,
    port,
    requests,
    get left() {
      return script.length - used;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
