import { join } from "node:path";
import type { Screen } from "./screen.ts";

const root = join(import.meta.dirname, "../..");

/** How a surface is reached. */
interface Access {
  readonly apiKey: string;
  readonly baseURL?: string;
}

/** The APIs the tour talks to. */
export interface API extends AsyncDisposable {
  readonly real: boolean;
  readonly inference: Access;
  readonly infrastructure: Access;
  /** Milliseconds between two looks at a job. */
  readonly pollInterval: number;
}

/** The real API when a key is set and the user agrees, else mock servers. */
export async function openAPI(screen: Screen): Promise<API> {
  screen.step("API");
  const apiKey = process.env.RUNCRATE_API_KEY;
  if (apiKey !== undefined && apiKey !== "") {
    screen.line("RUNCRATE_API_KEY is set.");
    if (
      await screen.ask("Talk to the real API? Every step is charged to your account; a video costs the most.")
    ) {
      return {
        real: true,
        inference: { apiKey },
        infrastructure: { apiKey },
        pollInterval: 5_000,
        [Symbol.asyncDispose]: async () => {},
      };
    }
  }
  const { createMockServer } = await import("@hawser/mock");
  const serve = (name: string, scene: string) =>
    createMockServer({
      document: join(root, `openapi/runcrate/${name}.yaml`),
      overlays: [join(root, `openapi/runcrate/${name}.overlay.yaml`)],
      // As fast as a quick model writes, so that one sees the stream come.
      delay: 25,
      scene,
    });
  const [inference, infrastructure] = await screen.work(
    "Starting the mock servers",
    () => Promise.all([serve("inference", "videoCompletes"), serve("infrastructure", "instanceLives")]),
    (servers) => `Mock servers answer at ${servers.map(({ url }) => url).join(" and ")}`,
  );
  const close = async () => void (await Promise.all([inference.close(), infrastructure.close()]));
  const apiKeyOfMock = "rc_live_mock";
  return {
    real: false,
    inference: { apiKey: apiKeyOfMock, baseURL: inference.url },
    infrastructure: { apiKey: apiKeyOfMock, baseURL: infrastructure.url },
    pollInterval: 300,
    [Symbol.asyncDispose]: close,
  };
}
