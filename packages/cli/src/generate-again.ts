import { DocumentError, isRemote, type Target } from "@hawser/codegen";
import { Failure } from "./exit-codes.ts";
import { generateClient, tellClient } from "./generate-clients.ts";
import type { GenerateFlags } from "./generate-command.ts";
import type { Output } from "./run.ts";
import { stopped } from "./stopped.ts";
import { plainLines } from "./table.ts";
import { watchFiles } from "./watch-files.ts";

/**
 * Generates clients, and again whenever one of their files changes, until it is stopped. A document that is broken for
 * a while is told, and waited for.
 */
export async function generateAgain(
  targets: readonly Target[],
  flags: GenerateFlags,
  output: Output,
): Promise<void> {
  if (targets.every(({ document, overlays = [] }) => [document, ...overlays].every(isRemote)))
    throw new Failure("There is nothing to watch: a document on the web says nothing when it changes.");
  const tracked = targets.map((target) => ({
    target,
    sources: [target.document, ...(target.overlays ?? [])],
  }));
  const files = () => tracked.flatMap(({ sources }) => sources).filter((source) => !isRemote(source));
  const run = async (changed?: ReadonlySet<string>) => {
    for (const entry of tracked) {
      if (changed !== undefined && !entry.sources.some((source) => changed.has(source))) continue;
      try {
        const { client, sources } = await generateClient(entry.target, flags, output);
        entry.sources = [...sources];
        if (flags.json === true) output.out(JSON.stringify(client));
        else tellClient(client, flags, output);
      } catch (error) {
        tellProblem(error, flags, output);
        // Files that only the broken version refers to may be where it is mended.
        if (error instanceof DocumentError)
          entry.sources = [...new Set([...entry.sources, ...error.problems.map(({ source }) => source)])];
      }
    }
  };
  await run();
  const watcher = watchFiles(files, run);
  output.error(`Watching ${files().length} files. Ctrl-C stops it.`);
  try {
    await Promise.race([stopped(output.signal), watcher.failed]);
  } finally {
    await watcher.close();
  }
}

function tellProblem(error: unknown, flags: GenerateFlags, output: Output): void {
  if (!(error instanceof DocumentError || error instanceof Failure)) throw error;
  if (flags.json === true && error instanceof DocumentError)
    output.out(JSON.stringify({ problems: error.problems }));
  output.error(plainLines(`${error.message}\nWaiting for the next change.`));
}
