import type { Screen, Step } from "./screen.ts";

/** What a step does, and the sentence that says what came of it. */
export type Stop<Context> = readonly [name: string, run: (context: Context) => Promise<string>];

/** What steps work with. */
interface StepContext {
  readonly screen: Screen;
  readonly signal: AbortSignal;
  /** The environment variable with the key. Default: Runcrate's. */
  readonly variable?: string;
}

/**
 * Takes one step after the other; one that fails doesn't end the tour.
 *
 * @throws {Error} when every other step would fail in the same way
 */
export async function takeSteps<Context extends StepContext>(
  stops: readonly Stop<Context>[],
  context: Context,
): Promise<Step[]> {
  // The built package, as a user imports it: it exists only since the build.
  const { AuthenticationError, ConnectionError } = await import("@hawser/inference/runcrate");
  const { screen, signal, variable = "RUNCRATE_API_KEY" } = context;
  const steps: Step[] = [];
  for (const [name, run] of stops) {
    signal.throwIfAborted();
    screen.step(name);
    const begun = performance.now();
    const { ok, outcome } = await run(context).then(
      (text) => ({ ok: true, outcome: text }),
      (error: unknown) => {
        signal.throwIfAborted();
        if (ConnectionError.is(error)) {
          throw new Error(
            `${error.message}. Check the network; without ${variable} the tour uses the mock servers.`,
          );
        }
        if (AuthenticationError.is(error)) {
          throw new Error(`The key was refused: ${error.message} Check ${variable}.`);
        }
        const text = error instanceof Error ? error.message : String(error);
        screen.problem(text);
        return { ok: false, outcome: text.split("\n")[0] ?? "" };
      },
    );
    if (ok) screen.line(`  → ${outcome}`);
    steps.push({ name, ok, took: performance.now() - begun, outcome });
  }
  return steps;
}
