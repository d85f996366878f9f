import type { RuncrateInfrastructure } from "@hawser/infrastructure/runcrate";
import type { Command } from "commander";
import { exitCodes, Failure } from "../exit-codes.ts";
import type { Output } from "../run.ts";
import { findKey } from "./credentials.ts";
import { type CallContext, explainError, stoppedUnanswered } from "./explain-error.ts";

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
  /** What is known at the moment about the command's calls. */
  readonly context: () => CallContext;
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
  const baseURL = addressFrom(variables.RUNCRATE_INFRASTRUCTURE_BASE_URL);
  const key = apiKey ?? (await findKey(variables));
  // Other commands don't need the client.
  const { RuncrateInfrastructure } = await import("@hawser/infrastructure/runcrate");
  const { watchCostlyCalls } = await import("./costly-calls.ts");
  const costly = watchCostlyCalls();
  const context = () => ({ unanswered: costly.unanswered(), environment });
  const stop = new AbortController();
  // The first one ends the command in good order, the second one at once.
  const interrupt = () => {
    if (!stop.signal.aborted) return stop.abort();
    const unanswered = costly.unanswered();
    if (unanswered === undefined) process.exit(exitCodes.interrupted);
    output.error(stoppedUnanswered(unanswered, environment));
    process.exit(exitCodes.unknown);
  };
  // Not `once`: whoever restores the cursor ends the process when nobody else listens.
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  const signal = output.signal === undefined ? stop.signal : AbortSignal.any([stop.signal, output.signal]);
  const place = environment ?? variables.RUNCRATE_ENVIRONMENT;
  const projectId = variables.RUNCRATE_PROJECT_ID;
  try {
    const client = new RuncrateInfrastructure({
      apiKey: key,
      middleware: [costly.middleware],
      ...(baseURL !== undefined && { baseURL }),
      ...(place ? { environment: place } : {}),
      ...(projectId ? { projectId } : {}),
    });
    await run({ client, signal, output, context });
  } catch (error) {
    throw await explainError(error, context());
  } finally {
    process.off("SIGINT", interrupt);
    process.off("SIGTERM", interrupt);
  }
}

/**
 * The address of the API, where a variable names another.
 *
 * @throws {Failure} when it can't be one
 */
function addressFrom(value: string | undefined): string | undefined {
  if (value === undefined || value === "") return undefined;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const bare = url !== undefined && url.username + url.password + url.search + url.hash === "";
  if (bare && /^https?:$/.test(url.protocol)) return value;
  // The value itself may hold a password.
  throw new Failure(
    "RUNCRATE_INFRASTRUCTURE_BASE_URL should be an address such as https://www.runcrate.ai/api/v1, without a user name, a query or a fragment.",
    exitCodes.usage,
  );
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
