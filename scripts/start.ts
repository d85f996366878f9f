// `npm start`: the main job, once through. Generates the clients, builds the packages, starts the mock server (or takes
// the real API, when a key is set and you say so), and calls every operation the way a user would.
import { openAPI } from "./start/api.ts";
import { onInterrupt } from "./start/interrupt.ts";
import { prepare } from "./start/prepare.ts";
import { createScreen } from "./start/screen.ts";
import { takeTour } from "./start/tour.ts";

const screen = await createScreen();
const interrupt = onInterrupt();
try {
  screen.title("Hawser: from OpenAPI documents to typed clients");
  await prepare(screen, interrupt);
  await using api = await openAPI(screen, interrupt);
  const steps = await takeTour(screen, api, interrupt.signal);
  screen.table(steps);
  const failed = steps.filter((step) => !step.ok).length;
  if (failed > 0) process.exitCode = 1;
  screen.end(
    failed > 0
      ? `${failed} of ${steps.length} steps failed; what the API said stands above.`
      : `All ${steps.length} steps done. What to try next:
  npm run mock                  the mock server, for your own requests
  npm run generate              after a change in openapi/
  npm test                      everything that has to hold
  packages/inference/README.md  the client in your own program`,
  );
} catch (error) {
  if (interrupt.signal.aborted) {
    screen.end("Stopped.");
    process.exitCode = 130;
  } else {
    screen.problem(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
} finally {
  interrupt.done();
}
