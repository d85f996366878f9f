import { join } from "node:path";
import type { Interrupt } from "./interrupt.ts";
import type { Screen } from "./screen.ts";

const root = join(import.meta.dirname, "../..");

/** A provider of models, and how its part of the tour is served without a key. */
export interface ProviderPlan {
  readonly name: string;
  /** The environment variable with its key. */
  readonly variable: string;
  /** Path of its document below `openapi/`, without the extension. */
  readonly document: string;
  /** The examples the mock server answers with, one after the other. */
  readonly scene: Readonly<Record<string, readonly string[]>>;
  /** What is charged when the tour talks to the real API. */
  readonly cost: string;
}

/** How a provider is reached. */
export interface Provider extends AsyncDisposable {
  readonly real: boolean;
  readonly variable: string;
  readonly options: { readonly apiKey: string; readonly baseURL?: string };
  /** How long to wait between two looks at a job, in milliseconds; what the client thinks right when absent. */
  readonly delay?: { readonly minimum: number; readonly maximum: number };
}

/** The real API when a key is set and the user agrees, else a mock server of its document. */
export async function openProvider(
  screen: Screen,
  interrupt: Interrupt,
  plan: ProviderPlan,
): Promise<Provider> {
  const { name, variable, document, scene, cost } = plan;
  screen.step(name);
  const apiKey = process.env[variable];
  if (apiKey !== undefined && apiKey !== "") {
    screen.line(`${variable} is set.`);
    if (await screen.ask(`Talk to the real ${name}? ${cost}`))
      return { real: true, variable, options: { apiKey }, [Symbol.asyncDispose]: async () => {} };
  }
  const { createMockServer } = await import("@hawser/mock");
  const server = await screen.work(
    `Starting the mock server of ${name}`,
    () =>
      createMockServer({
        document: join(root, `openapi/${document}.yaml`),
        overlays: [join(root, `openapi/${document}.overlay.yaml`)],
        // As fast as a quick model writes, so that one sees the stream come.
        delay: 25,
        scenes: { tour: scene },
        scene: "tour",
      }),
    ({ url }) => `The mock server of ${name} answers at ${url}`,
  );
  interrupt.signal.addEventListener("abort", () => void server.close(), { once: true });
  return {
    real: false,
    variable,
    options: { apiKey: "mock", baseURL: server.url },
    delay: { minimum: 200, maximum: 400 },
    [Symbol.asyncDispose]: () => server.close(),
  };
}
