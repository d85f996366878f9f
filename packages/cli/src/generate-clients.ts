import { writeFile } from "node:fs/promises";
import { relative, resolve } from "node:path";
import {
  type Change,
  findLeftovers,
  generate,
  removeFiles,
  staleFiles,
  type Target,
  writeFiles,
} from "@hawser/codegen";
import { answer, countOf, nameOf } from "./document-options.ts";
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
  /** Those that were generated once, no longer are, and were removed. */
  readonly removed: readonly string[];
  /** Those that were generated once, no longer are, and are still there. */
  readonly left: readonly string[];
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
  if (flags.check !== true) return;
  if (clients.some(({ stale, left }) => stale.length > 0 || left.length > 0))
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
  const leftovers = await findLeftovers(target.out, generated.files, target.language);
  if (flags.check !== true) await removeFiles(target.out, leftovers.code);
  const client = {
    document,
    out,
    language: target.language ?? "typescript",
    operations: generated.ir.operations.length,
    files: generated.files.map(({ path }) => path),
    written,
    stale,
    removed: flags.check === true ? [] : leftovers.code,
    left: [...(flags.check === true ? leftovers.code : []), ...leftovers.docs],
    changes: generated.changes,
  };
  return { client, sources: generated.sources };
}

/** Tells people what became of a client. */
export function tellClient(client: GeneratedClient, flags: GenerateFlags, output: Output): void {
  const { document, out, stale, written, removed, left } = client;
  const summary = `(${client.operations} operations, ${countOf(client.changes)} by normalisation)`;
  for (const path of stale) output.error(`${out}/${path} is not what ${document} says.`);
  const code = left.filter((path) => !path.endsWith(".md"));
  if (code.length > 0)
    output.error(
      `${out} still has ${named(code)}, generated before: generating again removes what it no longer has.`,
    );
  for (const path of left)
    if (path.endsWith(".md"))
      output.error(
        `${out}/${path} was generated before and no longer is: delete it, or take its first line away to keep it.`,
      );
  if (flags.check === true) {
    if (stale.length + left.length === 0) output.out(`✓ ${out} is up to date ${summary}`);
    return;
  }
  const done = [
    ...(written.length > 0 ? [`wrote ${named(written)}`] : []),
    ...(removed.length > 0 ? [`removed ${named(removed)}, which it no longer has`] : []),
  ];
  output.out(`✓ ${out}: ${done.join("; ") || "already up to date"} ${summary}`);
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
