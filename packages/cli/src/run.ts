import { Command, CommanderError } from "commander";
import { exitCodes, Failure } from "./exit-codes.ts";
import { billingCommand } from "./infrastructure/billing-command.ts";
import { instancesCommand } from "./infrastructure/instances-command.ts";
import { loginCommand, logoutCommand } from "./infrastructure/login-command.ts";
import { volumesCommand } from "./infrastructure/volumes-command.ts";
import { wantsColours } from "./paint.ts";
import { ownQuestions, type Questions } from "./questions.ts";
import { plainLines } from "./table.ts";
import { ownTerminal, type Terminal } from "./terminal.ts";
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
  /** Environment variables. Default: those of the process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Whoever can be asked; without one, what can't be undone has to be confirmed on the command line. */
  readonly terminal?: Terminal | undefined;
  /** Whoever can be asked for more than yes or no; without one, flags have to say it. */
  readonly questions?: Questions | undefined;
  /** Whether results may have colours. Default: no. */
  readonly colours?: boolean;
  /** Columns of the terminal that results are shown on; undefined where they go elsewhere, and nothing is cut short. */
  readonly width?: number | undefined;
  /** What comes in through standard input. Default: that of the process. */
  readonly input?: () => Promise<string>;
}

function processOutput(): Output {
  return {
    out: (line) => void process.stdout.write(`${line}\n`),
    error: (line) => void process.stderr.write(`${line}\n`),
    cwd: process.cwd(),
    terminal: ownTerminal(),
    questions: ownQuestions(),
    colours: wantsColours(process.stdout, process.env),
    width: process.stdout.isTTY ? process.stdout.columns || undefined : undefined,
  };
}

/**
 * Runs the `hawser` command and gives its exit code, one of `exitCodes`.
 *
 * @param argv the arguments behind the command's name
 */
export async function run(argv: readonly string[], output: Output = processOutput()): Promise<number> {
  const program = new Command("hawser")
    .description(
      "Typed clients and mock servers from OpenAPI documents; GPU instances, volumes and billing on Runcrate.",
    )
    .version(version)
    .showHelpAfterError("(hawser --help tells what there is)")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => output.out(text.trimEnd()),
      writeErr: (text) => output.error(text.trimEnd()),
    });
  const commands = [
    instancesCommand(output),
    volumesCommand(output),
    billingCommand(output),
    loginCommand(output),
    logoutCommand(output),
  ].map((command) => command.helpGroup("Runcrate:"));
  // The generator takes a second to load, which these don't need.
  if (!commands.some((command) => command.name() === argv[0])) {
    const { documentCommands } = await import("./document-commands.ts");
    commands.unshift(...documentCommands(output).map((command) => command.helpGroup("OpenAPI documents:")));
  }
  for (const command of commands) program.addCommand(inheritSettings(command, program, "hawser"));
  program.commandsGroup("Help:").helpCommand("help [command...]", "tells about a command");
  try {
    await program.parseAsync(argv[0] === "help" ? asFlag(argv.slice(1), program) : [...argv], {
      from: "user",
    });
    return exitCodes.ok;
  } catch (error) {
    return explain(error, output);
  }
}

/** `help instances list` as `instances list --help`; what is no command is left to be complained about as such. */
function asFlag(names: readonly string[], program: Command): string[] {
  const path: string[] = [];
  let command: Command | undefined = program;
  for (const name of names) {
    if (command.commands.length === 0) break;
    path.push(name);
    command = command.commands.find((below) => below.name() === name);
    if (command === undefined) return path;
  }
  return [...path, "--help"];
}

/** Gives a command, and those below it, the settings of the one above, and the name of its own help. */
function inheritSettings(command: Command, parent: Command, path: string): Command {
  const name = `${path} ${command.name()}`;
  command.copyInheritedSettings(parent).showHelpAfterError(`(${name} --help tells what there is)`);
  for (const child of command.commands) inheritSettings(child, command, name);
  return command;
}

/** Says what went wrong in a sentence; only a defect of the command itself keeps its stack trace. */
function explain(error: unknown, output: Output): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  if (error instanceof Failure) {
    output.error(plainLines(error.message));
    return error.exitCode;
  }
  // By its name: loading the generator for its class would take every command a second.
  if (error instanceof Error && error.name === "DocumentError") {
    output.error(plainLines(error.message));
    return exitCodes.failed;
  }
  throw error;
}
