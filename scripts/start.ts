// `npm start`: the main job, once through. Generates the clients, builds the packages, starts the mock server (or takes
// the real API, when a key is set and you say so), and calls every operation the way a user would.
import { openAPI } from "./start/api.ts";
import { takeCrunTour } from "./start/crun-tour.ts";
import { takeInferenceTour } from "./start/inference-tour.ts";
import { takeInfrastructureTour } from "./start/infrastructure-tour.ts";
import { onInterrupt } from "./start/interrupt.ts";
import { prepare } from "./start/prepare.ts";
import { createScreen } from "./start/screen.ts";
import { takeVcitaTour } from "./start/vcita-tour.ts";

// Whoever reads along may leave early, as `head` does; then there is nobody to take the tour for.
process.stdout.on("error", () => process.exit());
const screen = await createScreen();
const interrupt = onInterrupt();
try {
  screen.title("Hawser: from OpenAPI documents to typed clients");
  await prepare(screen, interrupt);
  await using api = await openAPI(screen);
  const steps = [
    ...(await takeInferenceTour(screen, api, interrupt.signal)),
    ...(await takeInfrastructureTour(screen, api, interrupt.signal)),
    ...(await takeCrunTour(screen, interrupt)),
    ...(await takeVcitaTour(screen, interrupt)),
  ];
  screen.table(steps);
  const failed = steps.filter((step) => !step.ok).length;
  if (failed > 0) process.exitCode = 1;
  screen.end(
    failed > 0
      ? `${failed} of ${steps.length} steps failed; what the API said stands above.`
      : `All ${steps.length} steps done. What to try next:
  npm run mock                       the mock servers, for your own requests
  npm run generate                   after a change in openapi/
  npm test                           everything that has to hold
  packages/inference/README.md       models in your own program
  packages/infrastructure/README.md  instances, volumes and billing`,
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
