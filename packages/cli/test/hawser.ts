import { join } from "node:path";
import { createMockServer, type MockServer } from "@hawser/mock";
import { afterAll, beforeEach } from "vitest";
import { type Output, run } from "../src/run.ts";
import type { Terminal } from "../src/terminal.ts";

const documents = join(import.meta.dirname, "../../../openapi/runcrate");

/** The mock server of the infrastructure API; `latency` is how long it takes to answer, in milliseconds. */
export function createInfrastructure(latency = 0): Promise<MockServer> {
  return createMockServer({
    document: join(documents, "infrastructure.yaml"),
    overlays: [join(documents, "infrastructure.overlay.yaml")],
    latency,
  });
}

/** The same for a whole file of tests, which forgets between them. */
export async function serveInfrastructure(latency = 0): Promise<MockServer> {
  const server = await createInfrastructure(latency);
  beforeEach(() => server.reset());
  afterAll(() => server.close());
  return server;
}

/** Ids of the operations a server was asked for, in their order. */
export function askedFor(server: MockServer): (string | undefined)[] {
  return server.requests.map(({ operationId }) => operationId);
}

/** What a command said, and its exit code. */
export interface Said {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** Runs the command in a pipe, unless a terminal is given, with a key. */
export async function hawser(
  server: MockServer | undefined,
  argv: readonly string[],
  given: Partial<Output> = {},
): Promise<Said> {
  const out: string[] = [];
  const error: string[] = [];
  const code = await run(argv, {
    out: (line) => out.push(line),
    error: (line) => error.push(line),
    cwd: import.meta.dirname,
    ...given,
    env: {
      RUNCRATE_API_KEY: "rc_live_test",
      ...(server !== undefined && { RUNCRATE_INFRASTRUCTURE_BASE_URL: server.url }),
      ...given.env,
    },
  });
  return { code, out: out.join("\n"), error: error.join("\n") };
}

/** A terminal with somebody who answers every question in the same way, and what was shown on it. */
export function answering(
  answer: boolean | undefined,
  secret?: string,
): Terminal & { readonly shown: string[] } {
  const shown: string[] = [];
  return {
    shown,
    async confirm(question) {
      shown.push(question);
      return answer;
    },
    async secret(question) {
      shown.push(question);
      return secret;
    },
    status(text) {
      shown.push(text);
      return {
        update: (next) => void shown.push(next),
        clear: () => {},
        end: (done, last) => void shown.push(`${done ? "done" : "not done"}: ${last}`),
      };
    },
  };
}
