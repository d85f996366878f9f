import { optionProblem, type Target } from "@hawser/codegen";
import { type Command, Option } from "commander";
import { exitCodes, Failure } from "./exit-codes.ts";

/** What can be said about how a client is written. */
export interface ClientFlags
  extends Pick<Target, "runtime" | "importExtension" | "language" | "docs" | "vendor" | "validate"> {
  readonly package?: string;
  readonly packageVersion?: string;
}

/** Gives a command the options of `ClientFlags`. */
export function withClientOptions(command: Command): Command {
  return command
    .option("--package <name>", "write a package of that name, ready to be built and published")
    .option("--package-version <version>", "the version of the package; default: that of the document")
    .option("--docs", "write README.md and api.md too; default: for packages")
    .option("--no-docs", "write neither, for a package either")
    .option("--vendor", "copy the runtime's sources in, instead of depending on @hawser/runtime")
    .option("--validate", "write validation.ts too, with a Standard Schema for each schema")
    .option("--runtime <module>", "the module generated files import the runtime from")
    .addOption(
      new Option("--import-extension <extension>", "what imports among the generated files end in").choices([
        ".js",
        ".ts",
        "",
      ]),
    )
    .addOption(new Option("--language <language>", "what to write").choices(["typescript", "python"]));
}

/**
 * The clients as they are to be written: as the configuration says, and the command line over it.
 *
 * @throws {Failure} for options that contradict each other
 */
export function withClientFlags(targets: readonly Target[], flags: ClientFlags): Target[] {
  const { package: name, packageVersion: version } = flags;
  if (name !== undefined && targets.length > 1) {
    throw new Failure(
      "--package names one client, and there are several: name each in hawser.config.ts.",
      exitCodes.usage,
    );
  }
  return targets.map((target) => {
    const named = name === undefined ? target.package : { ...target.package, name };
    if (named === undefined && version !== undefined)
      throw new Failure("--package-version is that of a package: name it with --package.", exitCodes.usage);
    const { runtime, importExtension, language, docs, vendor, validate } = flags;
    const written: Target = {
      ...target,
      ...(named !== undefined && { package: { ...named, ...(version !== undefined && { version }) } }),
      ...(docs !== undefined && { docs }),
      ...(vendor !== undefined && { vendor }),
      ...(validate !== undefined && { validate }),
      ...(runtime !== undefined && { runtime }),
      ...(importExtension !== undefined && { importExtension }),
      ...(language !== undefined && { language }),
    };
    const problem = optionProblem(written);
    if (problem !== undefined) throw new Failure(problem, exitCodes.usage);
    return written;
  });
}
