import { readFileSync } from "node:fs";

/** The vectors a testee is known to fail, each with the reason. One that passes has to be taken off the list. */
export type KnownFailures = Readonly<Record<string, string>>;

/** Reads a list of known failures. */
export function readKnownFailures(path: string): KnownFailures {
  return JSON.parse(readFileSync(path, "utf8")) as KnownFailures;
}
