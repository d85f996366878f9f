import type { Command } from "commander";
import { positiveNumber } from "./values.ts";

/** How something is waited for. */
export interface PollingFlags {
  /** Seconds. */
  readonly timeout?: number;
  /** Seconds. */
  readonly pollInterval?: number;
}

/** How long things are waited for at most where nothing else is said, in seconds: as the client does. */
export const waitingTimes = { instanceRuns: 1200, instanceIsGone: 300, volumeIsAvailable: 300 } as const;

/**
 * Adds the options of commands that wait.
 *
 * @param timeout the client's own, in seconds
 */
export function withPollingOptions(command: Command, timeout: number): Command {
  return command
    .option("--timeout <seconds>", `how long to wait at most; default: ${timeout}`, positiveNumber)
    .option("--poll-interval <seconds>", "how often to look; default: more and more seldom", positiveNumber);
}

/** The options of a wait, in milliseconds. */
export function readPolling({ timeout, pollInterval }: PollingFlags): {
  timeout?: number;
  delay?: { minimum: number; maximum: number };
} {
  const interval = pollInterval === undefined ? undefined : pollInterval * 1000;
  return {
    ...(timeout !== undefined && { timeout: timeout * 1000 }),
    ...(interval !== undefined && { delay: { minimum: interval, maximum: interval } }),
  };
}
