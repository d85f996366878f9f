import { basename, extname, join, resolve } from "node:path";
import { isRemote, type Target } from "@hawser/codegen";
import { Command } from "commander";
import { type ClientFlags, withClientFlags, withClientOptions } from "./client-options.ts";
import { configFile, readConfig } from "./config-file.ts";
import {
  type DocumentFlags,
  sourceFrom,
  withDocumentOptions,
  withFlags,
  withStainless,
} from "./document-options.ts";
import { exitCodes, Failure } from "./exit-codes.ts";
import { generateAgain } from "./generate-again.ts";
import { generateOnce } from "./generate-clients.ts";
import type { Output } from "./run.ts";

/** What `hawser generate` can be told. */
export interface GenerateFlags extends DocumentFlags, ClientFlags {
  readonly out?: string;
  readonly check?: boolean;
  readonly watch?: boolean;
  readonly report?: string;
}

/** What is to be done, and what to name, for the sentence when there is no configuration. */
const missing = "generate: name a document and --out";

/** `hawser generate`: from documents to clients, or the check that they are what they should be. */
export function generateCommand(output: Output): Command {
  const command = new Command("generate")
    .description("Writes typed clients from OpenAPI documents, or from those of hawser.config.ts.")
    .argument("[documents...]", "paths or URLs of OpenAPI documents (3.0, 3.1 or 3.2; YAML or JSON)")
    .option("-o, --out <folder>", "where to write the client; several documents get a folder each in it")
    .option("--check", "write nothing; fail if what stands there differs from what would be written")
    .option(
      "--watch",
      "write again whenever a document, an overlay, a file they refer to or the configuration changes, until Ctrl-C",
    );
  return withClientOptions(withDocumentOptions(command))
    .option("--report <file>", "write what normalisation changed, as JSON")
    .option("--config <file>", "the configuration, when no document is given")
    .action(async (documents: string[], flags: GenerateFlags) => {
      if (flags.check === true && flags.watch === true)
        throw new Failure("--check looks once, --watch goes on: choose one.", exitCodes.usage);
      const find = async () =>
        withStainless(withClientFlags(await targetsFrom(documents, flags, output), flags), flags, output);
      if (flags.watch !== true) return generateOnce(await find(), flags, output);
      const config = documents.length > 0 ? undefined : await configFile(output.cwd, missing, flags.config);
      await generateAgain({ find, config }, flags, output);
    });
}

async function targetsFrom(
  documents: readonly string[],
  flags: GenerateFlags,
  output: Output,
): Promise<Target[]> {
  if (documents.length === 0) {
    const targets = await readConfig(output.cwd, missing, flags.config);
    return targets.map((target) => withFlags(target, flags));
  }
  if (flags.out === undefined) {
    throw new Failure("Where should the client go? Say it with --out FOLDER.", exitCodes.usage);
  }
  const folder = resolve(output.cwd, flags.out);
  const targets = documents.map((document) => ({
    ...sourceFrom(document, flags, output.cwd),
    out: documents.length === 1 ? folder : join(folder, folderFor(document)),
  }));
  const [clash] = targets.filter(({ out }, index) => targets.findIndex((other) => other.out === out) < index);
  if (clash !== undefined) {
    throw new Failure(
      `Two documents would be written to ${clash.out}: generate them one by one, or give each its folder in hawser.config.ts.`,
      exitCodes.usage,
    );
  }
  return targets;
}

/** `specs/harbour.openapi.yaml` → `harbour`. */
function folderFor(document: string): string {
  const name = basename(isRemote(document) ? new URL(document).pathname : document);
  return basename(name, extname(name)).replace(/[._-](openapi|api|swagger)$/i, "") || "client";
}
