import { exitCodes } from "./exit-codes.ts";
import { run } from "./run.ts";

// Whoever reads along may leave early, as `head` does: what was begun, and may cost money, goes on to its end.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") return;
  process.stderr.write(`The result can't be written: ${error.message}\n`);
  process.exit(exitCodes.failed);
});
process.stderr.on("error", () => {});

process.exitCode = await run(process.argv.slice(2));
