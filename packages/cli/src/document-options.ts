import { relative } from "node:path";
import {
  absoluteSource,
  allowedAddress,
  type Change,
  DocumentError,
  isRemote,
  type SourceOptions,
  stainlessBeside,
} from "@hawser/codegen";
import { type Command, InvalidArgumentError } from "commander";
import { readConfig } from "./config-file.ts";
import { exitCodes, Failure } from "./exit-codes.ts";
import type { Output } from "./run.ts";

/** What every command that reads documents can be told. */
export interface DocumentFlags {
  readonly overlay?: readonly string[];
  /** A file; `false` for not even the one that lies beside the document. */
  readonly stainless?: string | false;
  readonly allowRemote?: readonly string[];
  readonly allowUnmatchedActions?: boolean;
  readonly config?: string;
  readonly json?: boolean;
}

/** Gives a command the options of `DocumentFlags`. */
export function withDocumentOptions(command: Command): Command {
  return command
    .option("--overlay <file>", "an OpenAPI overlay, a path or a URL; may be given several times", collect)
    .option(
      "--stainless <file>",
      "a Stainless configuration, a path or a URL; default: stainless.yml beside the document",
    )
    .option("--no-stainless", "leave a Stainless configuration beside the document out")
    .option(
      "--allow-remote <url>",
      "a URL that documents may refer to, with all below it; may be given several times",
      address,
    )
    .option("--allow-unmatched-actions", "let actions of overlays match nothing, as their specification does")
    .option("--json", "print the result as JSON, for machines");
}

/** An option that may be given several times. */
function collect(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value];
}

function address(value: string, earlier: readonly string[] = []): readonly string[] {
  try {
    allowedAddress(value);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
  return [...earlier, value];
}

/** What is said about one document on the command line. */
export function sourceFrom(document: string, flags: DocumentFlags, cwd: string): SourceOptions {
  return {
    document: absoluteSource(document, cwd),
    overlays: (flags.overlay ?? []).map((overlay) => absoluteSource(overlay, cwd)),
    ...loadingFrom(flags),
  };
}

/** What flags say about reading, whichever document it is. */
function loadingFrom(
  flags: DocumentFlags,
): Pick<SourceOptions, "remoteReferences" | "allowUnmatchedActions"> {
  return {
    ...(flags.allowRemote !== undefined && { remoteReferences: flags.allowRemote }),
    ...(flags.allowUnmatchedActions === true && { allowUnmatchedActions: true }),
  };
}

/**
 * The documents a command is about: those named, or those of the configuration.
 *
 * @param missing what was to be done and what to name, for the sentence when there is neither
 */
export async function sourcesFrom(
  documents: readonly string[],
  flags: DocumentFlags,
  output: Output,
  missing: string,
): Promise<SourceOptions[]> {
  const sources: readonly SourceOptions[] =
    documents.length > 0
      ? documents.map((document) => sourceFrom(document, flags, output.cwd))
      : (await readConfig(output.cwd, missing, flags.config)).map((target) => withFlags(target, flags));
  return withStainless(sources, flags, output);
}

/**
 * Documents with their Stainless configurations: the one of the command line, else that of hawser.config.ts, else the one
 * that lies beside a document, which is said, since nobody asked for it.
 */
export async function withStainless<Source extends SourceOptions>(
  sources: readonly Source[],
  flags: DocumentFlags,
  output: Output,
): Promise<Source[]> {
  const found = new Map<Source, string>();
  for (const source of sources) {
    if (flags.stainless !== undefined || source.stainless !== undefined) continue;
    const beside = await stainlessBeside(source.document);
    if (beside === undefined) continue;
    found.set(source, beside);
    const [config, document] = [beside, source.document].map((file) => nameOf(file, output.cwd));
    output.error(`Reading ${config} with ${document}, which it lies beside; --no-stainless leaves it out.`);
  }
  const given =
    typeof flags.stainless === "string" ? absoluteSource(flags.stainless, output.cwd) : flags.stainless;
  return sources.map((source) => {
    const stainless = given ?? found.get(source);
    return stainless === undefined ? source : { ...source, stainless };
  });
}

/** A document of the configuration, with what the command line adds. */
export function withFlags<Source extends SourceOptions>(source: Source, flags: DocumentFlags): Source {
  const { remoteReferences = [], ...others } = loadingFrom(flags);
  return {
    ...source,
    ...others,
    remoteReferences: [...(source.remoteReferences ?? []), ...remoteReferences],
  };
}

/** How many changes there are, in words. */
export function countOf({ length }: readonly Change[]): string {
  return length === 1 ? "1 change" : `${length} changes`;
}

/** How a document is called in sentences: relative to the folder, or by its URL. */
export function nameOf(source: string, cwd: string): string {
  return isRemote(source) ? source : relative(cwd, source) || ".";
}

/**
 * Prints the result of a command as JSON, or tells it to people. Problems of documents are a result for machines too:
 * `{ "problems": [{ "source", "pointer", "message" }] }`.
 */
export async function answer<Result>(
  flags: DocumentFlags,
  output: Output,
  find: () => Promise<Result>,
  tell: (result: Result) => void,
): Promise<Result> {
  try {
    const result = await find();
    if (flags.json === true) output.out(JSON.stringify(result, null, 2));
    else tell(result);
    return result;
  } catch (error) {
    if (flags.json !== true || !(error instanceof DocumentError)) throw error;
    output.out(JSON.stringify({ problems: error.problems }, null, 2));
    throw new Failure(error.message, exitCodes.failed);
  }
}
