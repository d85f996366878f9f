import type { RuncrateInfrastructure } from "@hawser/infrastructure/runcrate";
import type { Command } from "commander";
import { exitCodes } from "../exit-codes.ts";
import type { Output } from "../run.ts";
import { findKey } from "./credentials.ts";
import { explainError } from "./explain-error.ts";

/** What every command of this surface can be told. */
export interface SharedFlags {
  readonly environment?: string;
  readonly json?: boolean;
}

/** What a command works with. */
export interface Session {
  readonly client: RuncrateInfrastructure;
  /** Aborted by Ctrl-C, by a termination signal, and by whoever runs the command. */
  readonly signal: AbortSignal;
  readonly output: Output;
}

/** Adds the options every command of this surface has. */
export function withSharedOptions(command: Command, scoped = true): Command {
  if (scoped)
    command.option(
      "--environment <name>",
      "the environment; default: RUNCRATE_ENVIRONMENT, or the workspace's",
    );
  return command.option("--json", "print JSON, for programs");
}

/** Runs a command with a client, and says what goes wrong in a sentence with an exit code. */
export async function inSession(
  output: Output,
  { environment }: SharedFlags,
  run: (session: Session) => Promise<void>,
  apiKey?: string,
): Promise<void> {
  const variables = output.env ?? process.env;
  const key = apiKey ?? (await findKey(variables));
  const stop = new AbortController();
  // The first one ends the command in good order, the second one at once.
  const interrupt = () => {
    if (stop.signal.aborted) process.exit(exitCodes.interrupted);
    stop.abort();
  };
  // Not `once`: whoever restores the cursor ends the process when nobody else listens.
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  const signal = output.signal === undefined ? stop.signal : AbortSignal.any([stop.signal, output.signal]);
  // Other commands don't need the client.
  const { RuncrateInfrastructure } = await import("@hawser/infrastructure/runcrate");
  const baseURL = variables.RUNCRATE_INFRASTRUCTURE_BASE_URL;
  const place = environment ?? variables.RUNCRATE_ENVIRONMENT;
  const projectId = variables.RUNCRATE_PROJECT_ID;
  try {
    const client = new RuncrateInfrastructure({
      apiKey: key,
      ...(baseURL ? { baseURL } : {}),
      ...(place ? { environment: place } : {}),
      ...(projectId ? { projectId } : {}),
    });
    await run({ client, signal, output });
  } catch (error) {
    throw await explainError(error);
  } finally {
    process.off("SIGINT", interrupt);
    process.off("SIGTERM", interrupt);
  }
}

/** Prints a result: as JSON when asked for, else as lines for people. */
export function print(
  { output }: Session,
  { json }: SharedFlags,
  value: unknown,
  lines: () => readonly string[],
): void {
  if (json === true) output.out(JSON.stringify(value, null, 2));
  else for (const line of lines()) output.out(line);
}
