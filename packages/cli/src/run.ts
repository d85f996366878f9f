import { DocumentError } from "@hawser/codegen";
import { Command, CommanderError } from "commander";
import { exitCodes, Failure } from "./exit-codes.ts";
import { generateCommand } from "./generate-command.ts";
import { mockCommand } from "./mock-command.ts";
import { version } from "./version.ts";

/** Where a command writes, and what ends it early. */
export interface Output {
  /** Takes results, a line at a time. */
  readonly out: (line: string) => void;
  /** Takes complaints and progress, a line at a time. */
  readonly error: (line: string) => void;
  /** The folder relative paths are relative to. */
  readonly cwd: string;
  /** Ends commands that run until they are stopped. */
  readonly signal?: AbortSignal;
}

const processOutput: Output = {
  out: (line) => void process.stdout.write(`${line}\n`),
  error: (line) => void process.stderr.write(`${line}\n`),
  cwd: process.cwd(),
};

/**
 * Runs the `hawser` command and gives its exit code: 0 done, 1 failed, 2 the command line was wrong.
 *
 * @param argv the arguments behind the command's name
 */
export async function run(argv: readonly string[], output: Output = processOutput): Promise<number> {
  const program = new Command("hawser")
    .description("Typed clients and mock servers from OpenAPI documents.")
    .version(version)
    .showHelpAfterError("(hawser --help tells what there is)")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => output.out(text.trimEnd()),
      writeErr: (text) => output.error(text.trimEnd()),
    });
  for (const command of [generateCommand(output), mockCommand(output)]) {
    program.addCommand(command.copyInheritedSettings(program));
  }
  try {
    await program.parseAsync([...argv], { from: "user" });
    return exitCodes.ok;
  } catch (error) {
    return explain(error, output);
  }
}

/** Says what went wrong in a sentence; only a defect of the command itself keeps its stack trace. */
function explain(error: unknown, output: Output): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  if (error instanceof Failure) {
    output.error(error.message);
    return error.exitCode;
  }
  if (error instanceof DocumentError) {
    output.error(error.message);
    return exitCodes.failed;
  }
  throw error;
}
