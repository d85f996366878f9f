import { InvalidArgumentError } from "commander";
import { exitCodes, Failure } from "../exit-codes.ts";
import type { Environment } from "./credentials.ts";

/** Reads a whole number of at least 1. */
export function positiveInteger(value: string): number {
  if (!/^\d+$/.test(value) || Number(value) < 1 || !Number.isSafeInteger(Number(value)))
    throw new InvalidArgumentError("It takes a whole number of at least 1.");
  return Number(value);
}

/** Reads a number above 0, such as a price or seconds. */
export function positiveNumber(value: string): number {
  if (!/^\d*\.?\d+$/.test(value) || !(Number(value) > 0))
    throw new InvalidArgumentError("It takes a number above 0, such as 2.5.");
  return Number(value);
}

/** Reads a name: anything but nothing. */
export function readName(value: string): string {
  if (value.trim() === "") throw new InvalidArgumentError("It can't be empty.");
  return value;
}

/** Reads an id, which is a piece of an address: dots alone would lead to another one. */
export function readId(value: string): string {
  if (/^\.{0,2}$/.test(value.trim())) throw new InvalidArgumentError("It takes an id; list tells them.");
  return value;
}

/** Gathers what an option is given, each time it is given. */
export function collect(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, value];
}

/**
 * Environment variables of an instance: `KEY=VALUE`, or `KEY` for what the variable is here, so that secrets needn't
 * stand on the command line. Names and values are left as they are.
 *
 * @throws {Failure} for what is neither, and for a variable that isn't set here
 */
export function readVariables(
  given: readonly string[],
  environment: Environment,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    given.map((text) => {
      const [name, ...rest] = text.split("=");
      if (name === undefined || name === "")
        throw new Failure(`--env takes KEY=VALUE or KEY, not "${text}".`, exitCodes.usage);
      const value = rest.length > 0 ? rest.join("=") : environment[name];
      if (value === undefined)
        throw new Failure(
          `--env ${name}: there is no environment variable of that name here.`,
          exitCodes.usage,
        );
      return [name, value];
    }),
  );
}

/** Credits, with at least two digits behind the point. */
export function credits(amount: number | null | undefined): string | undefined {
  if (amount === null || amount === undefined) return undefined;
  return amount.toLocaleString("en", {
    minimumFractionDigits: 2,
    maximumFractionDigits: 4,
    useGrouping: false,
  });
}

/** A point in time to the minute, for tables: `2026-03-02 09:14Z`. What is written in another way stays as it is. */
export function toTheMinute(time: string | null | undefined): string | undefined {
  return time?.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(:\d\d(\.\d+)?)?Z$/, "$1 $2Z");
}
