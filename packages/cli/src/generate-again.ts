import { isDeepStrictEqual } from "node:util";
import { DocumentError, isRemote, type Target } from "@hawser/codegen";
import { nameOf } from "./document-options.ts";
import { Failure } from "./exit-codes.ts";
import { generateClient, tellClient } from "./generate-clients.ts";
import type { GenerateFlags } from "./generate-command.ts";
import type { Output } from "./run.ts";
import { stopped } from "./stopped.ts";
import { plainLines } from "./table.ts";
import { watchFiles } from "./watch-files.ts";

/** What is to be generated, and the configuration that says so. */
export interface WatchedTargets {
  /** Reads the configuration anew, where there is one. */
  readonly find: () => Promise<readonly Target[]>;
  readonly config: string | undefined;
}

/** A client, and the files that it was made from when it was last tried. */
interface Tracked {
  readonly target: Target;
  sources: readonly string[];
}

/**
 * Generates clients, and again whenever one of their files changes, or the configuration that names them, until it is
 * stopped. What is broken for a while is told, and waited for.
 */
export async function generateAgain(
  { find, config }: WatchedTargets,
  flags: GenerateFlags,
  output: Output,
): Promise<void> {
  let tracked = track(await find(), []);
  if (tracked.every(({ sources }) => sources.every(isRemote)) && config === undefined)
    throw new Failure("There is nothing to watch: a document on the web says nothing when it changes.");
  const files = () =>
    [
      ...new Set([...tracked.flatMap(({ sources }) => sources), ...(config === undefined ? [] : [config])]),
    ].filter((source) => !isRemote(source));

  const run = async (changed?: ReadonlySet<string>) => {
    const isChanged = ({ sources }: Tracked) =>
      changed === undefined || sources.some((source) => changed.has(source));
    let due = tracked.filter(isChanged);
    if (config !== undefined && changed?.has(config) === true) {
      try {
        const before = tracked;
        tracked = track(await find(), before);
        due = tracked.filter((entry) => !before.includes(entry) || isChanged(entry));
        tellTargets(before, tracked, output);
      } catch (error) {
        return tellProblem(error, flags, output);
      }
    }
    for (const entry of due) await generateTracked(entry, flags, output);
  };
  const watcher = watchFiles(files, run);
  try {
    await watcher.begun;
    output.error(`Watching ${files().length} files. Ctrl-C stops it.`);
    await Promise.race([stopped(output.signal), watcher.failed]);
  } finally {
    await watcher.close();
  }
}

/** Those clients that are as they were keep what is known of them. */
function track(targets: readonly Target[], before: readonly Tracked[]): Tracked[] {
  return targets.map(
    (target) =>
      before.find((known) => isDeepStrictEqual(known.target, target)) ?? { target, sources: filesOf(target) },
  );
}

/** What a changed configuration changed about which clients there are. */
function tellTargets(before: readonly Tracked[], now: readonly Tracked[], output: Output): void {
  const gone = before.filter(({ target }) => now.every((entry) => entry.target.out !== target.out));
  for (const { target } of gone)
    output.error(
      `${nameOf(target.out, output.cwd)} is no longer in the configuration: its files stay where they are.`,
    );
  if (now.every((entry) => before.includes(entry)) && gone.length === 0)
    output.error("The configuration says the same as before.");
}

async function generateTracked(entry: Tracked, flags: GenerateFlags, output: Output): Promise<void> {
  try {
    const { client, sources } = await generateClient(entry.target, flags, output);
    entry.sources = sources;
    if (flags.json === true) output.out(JSON.stringify(client));
    else tellClient(client, flags, output);
  } catch (error) {
    tellProblem(error, flags, output);
    // Files that only the broken version refers to may be where it is mended, or have to appear.
    const named =
      error instanceof DocumentError
        ? error.problems.flatMap(({ source, missing = source }) => [source, missing])
        : [];
    entry.sources = [...new Set([...entry.sources, ...named])];
  }
}

/** The files a client is known to be made of before it is made. */
function filesOf({ document, overlays = [], stainless }: Target): string[] {
  return [document, ...overlays, ...(typeof stainless === "string" ? [stainless] : [])];
}

function tellProblem(error: unknown, flags: GenerateFlags, output: Output): void {
  if (!(error instanceof DocumentError || error instanceof Failure)) throw error;
  if (flags.json === true && error instanceof DocumentError)
    output.out(JSON.stringify({ problems: error.problems }));
  output.error(plainLines(`${error.message}\nWaiting for the next change.`));
}
