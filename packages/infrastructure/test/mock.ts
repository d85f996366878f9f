import { join } from "node:path";
import { RuncrateInfrastructure, type RuncrateInfrastructureOptions } from "@hawser/infrastructure/runcrate";
import { createMockServer, type MockServer, type MockServerOptions } from "@hawser/mock";
import { afterAll, beforeEach } from "vitest";

const documents = join(import.meta.dirname, "../../../openapi");

/** The mock server of the document the client was generated from. */
export function startInfrastructure(
  options: Omit<MockServerOptions, "document" | "overlays"> = {},
): Promise<MockServer> {
  return createMockServer({
    ...options,
    document: join(documents, "runcrate/infrastructure.yaml"),
    overlays: [
      join(documents, "runcrate/infrastructure.overlay.yaml"),
      // Answers no document can foresee.
      join(import.meta.dirname, "surprises.overlay.yaml"),
    ],
  });
}

/** A client of a server, which asks once only. */
export function connect(
  { url }: { readonly url: string },
  options: RuncrateInfrastructureOptions = {},
): RuncrateInfrastructure {
  return new RuncrateInfrastructure({ apiKey: "rc_live_test", baseURL: url, maxRetries: 0, ...options });
}

/** The mock server of a file of tests, which forgets between them, and a client of it. */
export async function serve(): Promise<{ server: MockServer; client: RuncrateInfrastructure }> {
  const server = await startInfrastructure();
  beforeEach(() => server.reset());
  afterAll(() => server.close());
  return { server, client: connect(server) };
}

/** Waits that take no time to speak of. */
export const soon = { delay: { minimum: 1, maximum: 5 } };

/** Asks the mock server for an answer of its choice. */
export function prefer(preference: string): { readonly headers: { readonly prefer: string } } {
  return { headers: { prefer: preference } };
}
