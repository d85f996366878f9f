/** From silent to everything. */
export type LogLevel = "off" | "error" | "warn" | "info" | "debug";

/** Where log lines go; `console` is one. Called as methods, with a sentence and what belongs to it. */
export interface Logger {
  error(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  info(message: string, fields?: Record<string, unknown>): void;
  debug(message: string, fields?: Record<string, unknown>): void;
}

const levels = ["error", "warn", "info", "debug"] as const;
const silent = () => {};

/**
 * A logger that lets through what its level allows. What the runtime logs holds no key, no body and no query:
 *
 * - `debug`: each attempt and its answer, with method, address, status and duration in milliseconds
 * - `info`: each repetition, with its wait in milliseconds
 * - `warn`: calls that failed after all attempts
 */
export function filterLogger(logger: Logger | undefined, level: LogLevel = "info"): Logger {
  const filtered: Logger = { error: silent, warn: silent, info: silent, debug: silent };
  if (logger === undefined || level === "off") return filtered;
  for (const name of levels.slice(0, levels.indexOf(level) + 1)) {
    filtered[name] = (message, fields) => logger[name](message, fields);
  }
  return filtered;
}
