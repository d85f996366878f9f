import { writeFile } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { type Change, generate, staleFiles, type Target, writeFiles } from "@hawser/codegen";
import { Command, Option } from "commander";
import { readConfig } from "./config-file.ts";
import { exitCodes, Failure } from "./exit-codes.ts";
import type { Output } from "./run.ts";

interface GenerateFlags {
  readonly out?: string;
  readonly overlay?: string[];
  readonly check?: boolean;
  readonly report?: string;
  readonly config?: string;
  readonly runtime?: string;
  readonly importExtension?: ".js" | ".ts" | "";
}

/** `hawser generate`: from documents to clients, or the check that they are what they should be. */
export function generateCommand(output: Output): Command {
  return new Command("generate")
    .description("Writes a typed client from an OpenAPI document, or from those of hawser.config.ts.")
    .argument("[document]", "path of the OpenAPI document (3.0, 3.1 or 3.2; YAML or JSON)")
    .option("-o, --out <folder>", "where to write the client")
    .option("--overlay <file>", "an OpenAPI overlay; may be given several times", collect)
    .option("--check", "write nothing; fail if what stands there differs from what would be written")
    .option("--report <file>", "write what normalisation changed, as JSON")
    .option("--config <file>", "the configuration, when no document is given")
    .option("--runtime <module>", "the module generated files import the runtime from")
    .addOption(
      new Option("--import-extension <extension>", "what imports among the generated files end in").choices([
        ".js",
        ".ts",
        "",
      ]),
    )
    .action((document: string | undefined, flags: GenerateFlags) => generateAll(document, flags, output));
}

function collect(value: string, earlier: string[] = []): string[] {
  return [...earlier, value];
}

async function generateAll(
  document: string | undefined,
  flags: GenerateFlags,
  output: Output,
): Promise<void> {
  const targets =
    document === undefined
      ? await readConfig(output.cwd, "generate: name a document and --out", flags.config)
      : [targetFrom(document, flags, output.cwd)];
  const changes: { document: string; changes: readonly Change[] }[] = [];
  let drift = false;
  for (const target of targets) {
    const generated = await generate(target);
    changes.push({ document: relative(output.cwd, target.document), changes: generated.changes });
    const folder = relative(output.cwd, target.out) || ".";
    const summary = `${generated.ir.operations.length} operations, ${generated.changes.length} changes by normalisation`;
    if (flags.check === true) {
      const stale = await staleFiles(target.out, generated.files);
      drift ||= stale.length > 0;
      for (const path of stale)
        output.error(`${folder}/${path} is not what ${relative(output.cwd, target.document)} says.`);
      if (stale.length === 0) output.out(`✓ ${folder} is up to date (${summary})`);
    } else {
      const written = await writeFiles(target.out, generated.files).catch((error: unknown) => {
        throw unwritable(error, folder);
      });
      output.out(
        `✓ ${folder}: ${written.length === 0 ? "already up to date" : `wrote ${written.join(", ")}`} (${summary})`,
      );
    }
  }
  if (flags.report !== undefined) {
    await writeFile(resolve(output.cwd, flags.report), `${JSON.stringify(changes, null, 2)}\n`);
  }
  if (drift)
    throw new Failure("Run the same command without --check, and commit what it writes.", exitCodes.failed);
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

function targetFrom(document: string, flags: GenerateFlags, cwd: string): Target {
  if (flags.out === undefined) {
    throw new Failure("Where should the client go? Say it with --out FOLDER.", exitCodes.usage);
  }
  return {
    document: resolve(cwd, document),
    out: resolve(cwd, flags.out),
    overlays: (flags.overlay ?? []).map((overlay) => resolve(cwd, overlay)),
    ...(flags.runtime !== undefined && { runtime: flags.runtime }),
    ...(flags.importExtension !== undefined && { importExtension: flags.importExtension }),
  };
}
