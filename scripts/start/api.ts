import { join } from "node:path";
import type { Interrupt } from "./interrupt.ts";
import type { Screen } from "./screen.ts";

const root = join(import.meta.dirname, "../..");

/** The API the tour talks to. */
export interface API extends AsyncDisposable {
  readonly real: boolean;
  readonly options: { readonly apiKey: string; readonly baseURL?: string };
  /** Milliseconds between two looks at a video job. */
  readonly pollInterval: number;
}

/** The real API when a key is set and the user agrees, else the mock server. */
export async function openAPI(screen: Screen, interrupt: Interrupt): Promise<API> {
  screen.step("API");
  const apiKey = process.env.RUNCRATE_API_KEY;
  if (apiKey !== undefined && apiKey !== "") {
    screen.line("RUNCRATE_API_KEY is set.");
    if (
      await screen.ask("Talk to the real API? Every step is charged to your account; a video costs the most.")
    ) {
      return { real: true, options: { apiKey }, pollInterval: 5_000, [Symbol.asyncDispose]: async () => {} };
    }
  }
  const { createMockServer } = await import("@hawser/mock");
  const server = await screen.work(
    "Starting the mock server",
    () =>
      createMockServer({
        document: join(root, "openapi/runcrate/inference.yaml"),
        overlays: [join(root, "openapi/runcrate/inference.overlay.yaml")],
        // As fast as a quick model writes, so that one sees the stream come.
        delay: 25,
        scene: "videoCompletes",
      }),
    ({ url }) => `The mock server answers at ${url}`,
  );
  interrupt.signal.addEventListener("abort", () => void server.close(), { once: true });
  return {
    real: false,
    options: { apiKey: "rc_live_mock", baseURL: server.url },
    pollInterval: 300,
    [Symbol.asyncDispose]: () => server.close(),
  };
}
