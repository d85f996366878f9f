import { Ajv2020 } from "ajv/dist/2020.js";
import schema from "./ir.schema.json" with { type: "json" };
import { type IR, irVersion, type Resource } from "./ir.ts";

/** The JSON Schema (2020-12) of the intermediate representation. */
export const irSchema: object = schema;

const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true, unicodeRegExp: true }).compile<IR>(
  schema,
);

/**
 * Makes sure that a value is an intermediate representation of the version this package knows, and that every operation
 * and helper it names is there.
 *
 * @throws {TypeError} naming the first places that don't fit
 */
export function checkIR(value: unknown): asserts value is IR {
  const misfits = validate(value)
    ? danglingIn(value)
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || "/"} ${message}`);
  if (misfits.length === 0) return;
  const shown = misfits.slice(0, 5).join("; ");
  throw new TypeError(`This is not an intermediate representation of version ${irVersion}: ${shown}.`);
}

/** Ids that are named and lead nowhere, which a JSON Schema can't see. */
function danglingIn(ir: IR): string[] {
  const operations = new Set(ir.operations.map(({ id }) => id));
  const helpers = new Map(ir.helpers.map(({ id, kind }) => [id, kind]));
  const misfits: string[] = [];
  const operation = (id: string | undefined, place: string) => {
    if (id !== undefined && !operations.has(id)) misfits.push(`${place} names no operation, "${id}"`);
  };
  for (const [index, { cost }] of ir.operations.entries())
    operation(cost?.prices?.operation, `/operations/${index}/cost/prices/operation`);
  for (const [index, helper] of ir.helpers.entries()) {
    operation(helper.operation, `/helpers/${index}/operation`);
    if (helper.kind === "waiter") operation(helper.result, `/helpers/${index}/result`);
    if (helper.kind !== "creation") continue;
    operation(helper.undo, `/helpers/${index}/undo`);
    if (helpers.get(helper.waiter) !== "waiter")
      misfits.push(`/helpers/${index}/waiter names no waiter, "${helper.waiter}"`);
  }
  const visit = (resource: Resource, place: string): void => {
    for (const [index, method] of resource.methods.entries())
      operation(method.operation, `${place}/methods/${index}/operation`);
    for (const [index, { helper }] of resource.helpers.entries())
      if (!helpers.has(helper)) misfits.push(`${place}/helpers/${index}/helper names no helper, "${helper}"`);
    for (const [index, child] of resource.resources.entries()) visit(child, `${place}/resources/${index}`);
  };
  visit(ir.resources, "/resources");
  return misfits;
}
