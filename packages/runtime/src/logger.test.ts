import { expect, test } from "vitest";
import { filterLogger, type Logger, type LogLevel } from "./logger.ts";

function linesAt(level?: LogLevel): string[] {
  const lines: string[] = [];
  const logger: Logger = {
    error: (message) => lines.push(`error ${message}`),
    warn: (message) => lines.push(`warn ${message}`),
    info: (message) => lines.push(`info ${message}`),
    debug: (message) => lines.push(`debug ${message}`),
  };
  const log = filterLogger(logger, level);
  for (const name of ["error", "warn", "info", "debug"] as const) log[name]("x");
  return lines;
}

test("a level lets through itself and what is graver", () => {
  expect(linesAt("debug")).toEqual(["error x", "warn x", "info x", "debug x"]);
  expect(linesAt()).toEqual(["error x", "warn x", "info x"]);
  expect(linesAt("error")).toEqual(["error x"]);
  expect(linesAt("off")).toEqual([]);
});

test("a logger keeps its this", () => {
  class Lines implements Logger {
    lines: string[] = [];
    error(message: string) {
      this.lines.push(message);
    }
    warn = this.error;
    info = this.error;
    debug = this.error;
  }
  const logger = new Lines();
  filterLogger(logger).error("x");
  expect(logger.lines).toEqual(["x"]);
});
