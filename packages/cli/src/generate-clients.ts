import { writeFile } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { type Change, generate, staleFiles, type Target, writeFiles } from "@hawser/codegen";
import { answer, nameOf } from "./document-options.ts";
import { Failure } from "./exit-codes.ts";
import type { GenerateFlags } from "./generate-command.ts";
import type { Output } from "./run.ts";
import { showStages } from "./show-stages.ts";

/** What became of one client, as `--json` prints it. Paths are relative to the folder the command runs in. */
export interface GeneratedClient {
  readonly document: string;
  readonly out: string;
  readonly language: string;
  readonly operations: number;
  /** All its files, relative to `out`. */
  readonly files: readonly string[];
  /** Those that differed and were written. */
  readonly written: readonly string[];
  /** Those that differ, when they are only checked. */
  readonly stale: readonly string[];
  readonly changes: readonly Change[];
}

/** Generates clients once, and writes or checks them. */
export async function generateOnce(
  targets: readonly Target[],
  flags: GenerateFlags,
  output: Output,
): Promise<void> {
  const clients: GeneratedClient[] = [];
  await answer(
    flags,
    output,
    async () => {
      for (const target of targets) {
        const { client } = await generateClient(target, flags, output);
        if (flags.json !== true) tellClient(client, flags, output);
        clients.push(client);
      }
      return { clients };
    },
    () => {},
  );
  if (flags.report !== undefined) {
    const report = clients.map(({ document, changes }) => ({ document, changes }));
    await writeFile(resolve(output.cwd, flags.report), `${JSON.stringify(report, null, 2)}\n`);
  }
  if (clients.some(({ stale }) => stale.length > 0))
    throw new Failure("Run the same command without --check, and commit what it writes.");
}

/** Generates one client, and writes or checks it; gives the files it was made from too. */
export async function generateClient(
  target: Target,
  flags: GenerateFlags,
  output: Output,
): Promise<{ client: GeneratedClient; sources: readonly string[] }> {
  const document = nameOf(target.document, output.cwd);
  const stages = await showStages(target, document, output);
  const generated = await generate({ ...target, onStage: stages.show }).finally(stages.end);
  const out = relative(output.cwd, target.out) || ".";
  const stale = flags.check === true ? await staleFiles(target.out, generated.files) : [];
  const written =
    flags.check === true
      ? []
      : await writeFiles(target.out, generated.files).catch((error: unknown) => {
          throw unwritable(error, out);
        });
  const client = {
    document,
    out,
    language: target.language ?? "typescript",
    operations: generated.ir.operations.length,
    files: generated.files.map(({ path }) => path),
    written,
    stale,
    changes: generated.changes,
  };
  return { client, sources: generated.sources };
}

/** Tells people what became of a client. */
export function tellClient(client: GeneratedClient, flags: GenerateFlags, output: Output): void {
  const { document, out, stale, written } = client;
  const summary = `(${client.operations} operations, ${client.changes.length} changes by normalisation)`;
  for (const path of stale) output.error(`${out}/${path} is not what ${document} says.`);
  if (flags.check === true) {
    if (stale.length === 0) output.out(`✓ ${out} is up to date ${summary}`);
  } else
    output.out(
      `✓ ${out}: ${written.length === 0 ? "already up to date" : `wrote ${named(written)}`} ${summary}`,
    );
}

/** Files by their names, or those of a copied runtime by their number. */
function named(paths: readonly string[]): string {
  const copied = paths.filter((path) => /^(src\/)?runtime\//.test(path));
  const others = paths.filter((path) => !copied.includes(path));
  return [...others, ...(copied.length > 0 ? [`${copied.length} files of the runtime`] : [])].join(", ");
}

/** What the file system said, as a sentence. */
function unwritable(error: unknown, folder: string): unknown {
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === "EEXIST" || code === "ENOTDIR")
    return new Failure(`${path ?? folder} is a file, but --out takes a folder.`);
  if (code === "EACCES" || code === "EPERM" || code === "EROFS")
    return new Failure(`${path ?? folder} can't be written to.`);
  return error;
}
