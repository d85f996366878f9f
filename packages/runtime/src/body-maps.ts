import { InvalidRequestError } from "./errors.ts";
import type { Operation } from "./operation.ts";

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/**
 * Writes those members of a body that are lists of pairs on the wire and were given as an object. Names stay as they
 * are; what is undefined is left out.
 *
 * @throws InvalidRequestError for anything else than an object or a list.
 */
export function writeMaps(
  operation: Operation,
  body: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const maps = Object.entries(operation.body?.maps ?? {});
  if (maps.length === 0) return body;
  const written: Record<string, unknown> = { ...body };
  for (const [member, names] of maps) {
    const value = written[member];
    if (value === undefined || value === null || Array.isArray(value)) continue;
    if (!isPlainObject(value)) {
      throw new InvalidRequestError(
        `${operation.id}: the body's member "${member}" takes an object or a list of { ${names.key}, ${names.value} }.`,
      );
    }
    written[member] = Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .map(([name, each]) => ({ [names.key]: name, [names.value]: each }));
  }
  return written;
}
