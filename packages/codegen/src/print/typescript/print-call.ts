import type { Operation } from "../../ir/ir.ts";
import { literal, propertyName } from "./literal.ts";
import { operationConstant } from "./operation-names.ts";
import type { Argument, Signature } from "./signature.ts";

const width = 110;

/** `name(a: A, b?: B, options?: RequestOptions): APIPromise<Data, Errors>`, broken over lines where it is too long. */
export function methodHead(
  name: string,
  parameters: readonly Argument[],
  returns: string,
  indent = "",
): string {
  const printed = parameters.map(
    (argument) => `${argument.name}${argument.optional ? "?" : ""}: ${argument.type}`,
  );
  const line = `${indent}${name}(${printed.join(", ")}): ${returns}`;
  if (line.length <= width) return line;
  return `${indent}${name}(\n${printed.map((argument) => `${indent}  ${argument},\n`).join("")}${indent}): ${returns}`;
}

/**
 * The one statement every generated function consists of.
 *
 * @param client how the client is called there
 * @param listPages how the runtime's function for lists is called there
 */
export function requestCall(
  operation: Operation,
  signature: Signature,
  client: string,
  listPages: string,
  indent: string,
): string {
  const constant = operationConstant(operation.id);
  const input = inputOf(operation, signature);
  return operation.pages === undefined
    ? returnCall(`${client}.request`, [constant, input, "options"], indent)
    : returnCall(listPages, [client, constant, input, "options"], indent);
}

/** The values of a call: `{ path: { id }, body, params }`. */
export function inputOf(operation: Operation, signature: Pick<Signature, "path">): string {
  const input: string[] = [];
  if (signature.path.length > 0) {
    const members = signature.path.map(({ wire, argument }) =>
      wire === argument ? wire : `${propertyName(wire)}: ${argument}`,
    );
    input.push(`path: { ${members.join(", ")} }`);
  }
  if (operation.body !== undefined) input.push("body");
  const constants = operation.parameters.flatMap(({ name, constant }) =>
    constant === undefined ? [] : [`${propertyName(name)}: ${literal(constant)}`],
  );
  if (constants.length > 0) {
    const given = operation.params === undefined ? [] : ["...params"];
    input.push(`params: { ${[...constants, ...given].join(", ")} }`);
  } else if (operation.params !== undefined) input.push("params");
  return input.length === 0 ? "{}" : `{ ${input.join(", ")} }`;
}

/** `return callee(a, b);`, broken over lines where it is too long. */
export function returnCall(callee: string, given: readonly string[], indent: string): string {
  const line = `${indent}return ${callee}(${given.join(", ")});`;
  if (line.length <= width) return line;
  return `${indent}return ${callee}(\n${given.map((argument) => `${indent}  ${argument},\n`).join("")}${indent});`;
}
