import { mkdir, realpath, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import {
  type Change,
  formatDocument,
  inVersion,
  isRemote,
  type OpenAPIVersion,
  represent,
  type SourceOptions,
} from "@hawser/codegen";
import { Command, Option } from "commander";
import {
  answer,
  countOf,
  type DocumentFlags,
  nameOf,
  sourcesFrom,
  withDocumentOptions,
} from "./document-options.ts";
import { exitCodes, Failure } from "./exit-codes.ts";
import type { Output } from "./run.ts";

interface NormalizeFlags extends DocumentFlags {
  readonly out: string;
  readonly openapi?: OpenAPIVersion;
  readonly report?: string;
}

interface Normalized {
  readonly document: string;
  readonly out: string;
  readonly report: string;
  readonly openapi: string;
  /** What `hawser report` tells too. */
  readonly changes: readonly Change[];
  /** What this version of OpenAPI has no words for. */
  readonly rewritten: readonly Change[];
}

/** `hawser normalize`: the document clients are really made from, as a file. */
export function normalizeCommand(output: Output): Command {
  const command = new Command("normalize")
    .description(
      "Writes an OpenAPI document in the one form that clients are made from, and a report of what it took.",
    )
    .argument("<document>", "path or URL of the OpenAPI document")
    .requiredOption("-o, --out <file>", "where to write it: .json for JSON, else YAML")
    .addOption(
      new Option(
        "--openapi <version>",
        "the version to write; default: 3.2 for a document of 3.2, else 3.1",
      ).choices(["3.1", "3.2"]),
    )
    .option("--report <file>", "where to write the report; default: beside the document, as .report.json");
  return withDocumentOptions(command).action(async (document: string, flags: NormalizeFlags) => {
    await answer(
      flags,
      output,
      () => normalize(document, flags, output),
      (normalized) => tell(normalized, output),
    );
  });
}

async function normalize(given: string, flags: NormalizeFlags, output: Output): Promise<Normalized> {
  const [source] = await sourcesFrom([given], flags, output, "normalize: name a document");
  const { document, changes, sources } = await represent(source as SourceOptions);
  const [root = given] = sources;
  const version = flags.openapi ?? (document.openapi.startsWith("3.2.") ? "3.2" : "3.1");
  const written = inVersion(document, version, root);
  const out = resolve(output.cwd, flags.out);
  const report = resolve(
    output.cwd,
    flags.report ?? `${flags.out.replace(/\.(json|ya?ml)$/, "")}.report.json`,
  );
  await keepApart(out, report, sources, output);
  await write(out, formatDocument(written.document, out));
  await write(report, `${JSON.stringify([...changes, ...written.changes], null, 2)}\n`);
  return {
    document: nameOf(root, output.cwd),
    out: nameOf(out, output.cwd),
    report: nameOf(report, output.cwd),
    openapi: written.document.openapi,
    changes,
    rewritten: written.changes,
  };
}

/**
 * Refuses to write over what was read, which somebody wrote by hand, and to write two things into one file.
 *
 * @throws {Failure}
 */
async function keepApart(
  out: string,
  report: string,
  read: readonly string[],
  output: Output,
): Promise<void> {
  const files = await Promise.all(read.filter((source) => !isRemote(source)).map(realName));
  for (const [flag, file] of [
    ["--out", out],
    ["--report", report],
  ] as const) {
    if (files.includes(await realName(file)))
      throw new Failure(
        `${nameOf(file, output.cwd)} is what the document is made of: choose another file with ${flag}.`,
        exitCodes.usage,
      );
  }
  if ((await realName(out)) === (await realName(report)))
    throw new Failure("--out and --report name one file: choose two.", exitCodes.usage);
}

/** The file behind links; a name that is not taken yet stays as it is. */
function realName(file: string): Promise<string> {
  return realpath(file).catch(() => file);
}

async function write(file: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  } catch (error) {
    throw new Failure(`${file} can't be written: ${(error as Error).message}.`);
  }
}

function tell({ document, out, report, openapi, changes, rewritten }: Normalized, output: Output): void {
  const more = rewritten.length === 0 ? "" : ` and ${rewritten.length} more for the version`;
  output.out(
    `✓ ${out}: ${document} in OpenAPI ${openapi}, with ${countOf(changes)}${more}, told in ${report}`,
  );
}
