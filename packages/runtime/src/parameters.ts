import { InvalidRequestError } from "./errors.ts";
import { setHeader } from "./headers.ts";
import type { Operation, Parameter } from "./operation.ts";
import type { QueryInput } from "./options.ts";
import {
  serializeCookieParameter,
  serializeHeaderParameter,
  serializeQueryParameter,
} from "./parameter-styles.ts";

/** Where the values of one call went. */
export interface LocatedParameters {
  /** `name=value` pairs, encoded. */
  readonly query: readonly string[];
  /** `name=value` pairs. */
  readonly cookies: readonly string[];
}

/** The error of a parameter that the call needs and doesn't have. */
export function missing(subject: string, { option }: Partial<Parameter>): InvalidRequestError {
  const place = option === undefined ? "" : `; the client's option ${option} gives it to every call`;
  return new InvalidRequestError(`${subject} is missing${place}.`);
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/**
 * Writes the query, header and cookie parameters of a call, each to where the operation says it goes.
 *
 * @param headers - receives the header parameters.
 * @throws InvalidRequestError for a required parameter that is missing, a name the operation doesn't know, and a value
 *   that can't be written.
 */
export function locateParameters(
  operation: Operation,
  values: Readonly<Record<string, unknown>>,
  headers: Headers,
): LocatedParameters {
  const query: string[] = [];
  const cookies: string[] = [];
  const known = new Set<string>();
  for (const parameter of operation.parameters ?? []) {
    if (parameter.in === "path") continue;
    known.add(parameter.name);
    const value = Object.hasOwn(values, parameter.name) ? values[parameter.name] : undefined;
    const subject = `${operation.id}: the ${parameter.in} parameter "${parameter.name}"`;
    if (!isGiven(value)) {
      if (parameter.required === true) throw missing(subject, parameter);
      continue;
    }
    place(parameter, value, subject, { query, cookies, headers });
  }
  for (const [name, value] of Object.entries(values)) {
    if (isGiven(value) && !known.has(name)) {
      throw new InvalidRequestError(
        `${operation.id} has no parameter "${name}"; what the document doesn't know goes into the option query or headers.`,
      );
    }
  }
  return { query, cookies };
}

function place(
  parameter: Parameter,
  value: unknown,
  subject: string,
  target: { query: string[]; cookies: string[]; headers: Headers },
): void {
  const { name } = parameter;
  if (parameter.in === "header") {
    setHeader(target.headers, name, serializeHeaderParameter(value, parameter, subject), subject);
    return;
  }
  if (parameter.in === "cookie") {
    const cookie = serializeCookieParameter(name, value, parameter, subject);
    if (cookie !== "") target.cookies.push(cookie);
    return;
  }
  const pairs = serializeQueryParameter(name, value, parameter, subject);
  if (pairs !== "") target.query.push(pairs);
}

/** Writes the option `query`: names repeated for lists, nothing for null and undefined. */
export function serializeQueryOption(query: QueryInput): string[] {
  return Object.entries(query)
    .filter(([, value]) => isGiven(value))
    .map(([name, value]) => serializeQueryParameter(name, value, {}, `The option query, name "${name}",`))
    .filter((pairs) => pairs !== "");
}
