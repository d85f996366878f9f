import { connect } from "node:net";
import { fileURLToPath } from "node:url";
import type { OpenAPIDocument } from "@hawser/codegen";
import type { MockServer } from "../src/index.ts";

export const runcrate = {
  document: fileURLToPath(new URL("../../../openapi/runcrate/inference.yaml", import.meta.url)),
  overlays: [fileURLToPath(new URL("../../../openapi/runcrate/inference.overlay.yaml", import.meta.url))],
};

/** A key no server knows, so that a test can look for it where it mustn't be. */
export const key = "rc_live_never_print_me";

export const question = {
  model: "meta-llama/Meta-Llama-3.1-8B-Instruct",
  messages: [{ role: "user", content: "Explain quantum computing in one sentence." }],
};

/** Sends a request with the key; a body that isn't a form or text goes as JSON. */
export async function send(
  server: Pick<MockServer, "url">,
  method: string,
  path: string,
  options: { body?: unknown; prefer?: string; headers?: Record<string, string>; signal?: AbortSignal } = {},
): Promise<Response> {
  const { body, prefer, headers, signal } = options;
  const isJson = body !== undefined && typeof body !== "string" && !(body instanceof FormData);
  return await fetch(`${server.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body !== undefined && !(body instanceof FormData) && { "content-type": "application/json" }),
      ...(prefer !== undefined && { prefer }),
      ...headers,
    },
    ...(body !== undefined && { body: isJson ? JSON.stringify(body) : (body as string | FormData) }),
    ...(signal !== undefined && { signal }),
  });
}

/** A document with the given paths, and nothing else. */
export function documentOf(paths: unknown, more: Record<string, unknown> = {}): OpenAPIDocument {
  return { openapi: "3.1.0", info: { title: "Test", version: "1" }, paths, ...more } as OpenAPIDocument;
}

/** A document with `GET /thing` and these answers. */
export function documentAnswering(responses: unknown, more: Record<string, unknown> = {}): OpenAPIDocument {
  return documentOf({ "/thing": { get: { operationId: "getThing", responses } } }, more);
}

/** What came over the wire. */
export interface RawAnswer {
  readonly head: string;
  /** Chunks of the chunked coding (RFC 9112, section 7.1), one for each piece the server wrote. */
  readonly chunks: readonly Buffer[];
  /** Whether the last chunk came. */
  readonly isComplete: boolean;
}

/** Sends a chat request over a bare socket and reads until the server closes it. */
export async function rawChat(server: MockServer, prefer?: string): Promise<RawAnswer> {
  const body = JSON.stringify({ ...question, stream: true });
  const lines = [
    "POST /v1/chat/completions HTTP/1.1",
    "host: localhost",
    `authorization: Bearer ${key}`,
    "content-type: application/json",
    `content-length: ${Buffer.byteLength(body)}`,
    "connection: close",
    ...(prefer === undefined ? [] : [`prefer: ${prefer}`]),
  ];
  const socket = connect(server.port, "127.0.0.1");
  socket.write(`${lines.join("\r\n")}\r\n\r\n${body}`);
  const pieces: Buffer[] = [];
  for await (const piece of socket) pieces.push(piece as Buffer);
  return readRaw(Buffer.concat(pieces));
}

function readRaw(bytes: Buffer): RawAnswer {
  const headEnd = bytes.indexOf("\r\n\r\n");
  const chunks: Buffer[] = [];
  let at = headEnd + 4;
  while (at < bytes.length) {
    const lineEnd = bytes.indexOf("\r\n", at);
    const size = Number.parseInt(bytes.toString("latin1", at, lineEnd), 16);
    if (size === 0) return { head: bytes.toString("latin1", 0, headEnd), chunks, isComplete: true };
    chunks.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
  return { head: bytes.toString("latin1", 0, headEnd), chunks, isComplete: false };
}
