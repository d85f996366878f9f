import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** What a server answers at one path; `silent`: nothing, ever. */
interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly silent?: boolean;
}

/** Calls `use` with the URL of a server of its own, with a slash at its end, and the requests it got; closes it. */
export async function withServer<Result>(
  answers: Readonly<Record<string, Answer>>,
  use: (url: string, requests: IncomingMessage[]) => Promise<Result>,
): Promise<Result> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    const answer = answers[request.url ?? ""] ?? { status: 404 };
    if (answer.silent !== true) response.writeHead(answer.status ?? 200, answer.headers).end(answer.body);
  });
  await new Promise<void>((listening) => void server.listen(0, "127.0.0.1", listening));
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, requests);
  } finally {
    server.closeAllConnections();
    await new Promise((closed) => void server.close(closed));
  }
}
