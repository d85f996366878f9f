import type { Operation } from "../../ir/ir.ts";
import { propertyName } from "./literal.ts";
import type { Argument, Signature } from "./signature.ts";

const width = 110;

/** `name(a: A, b?: B, options?: RequestOptions): APIPromise<Data, Errors>`, broken over lines where it is too long. */
export function methodHead(
  name: string,
  parameters: readonly Argument[],
  data: string,
  errors: string,
  indent = "",
): string {
  const all = [...parameters, { name: "options", type: "RequestOptions", optional: true }];
  const printed = all.map((argument) => `${argument.name}${argument.optional ? "?" : ""}: ${argument.type}`);
  const returns = `APIPromise<${data}, ${errors}>`;
  const line = `${indent}${name}(${printed.join(", ")}): ${returns}`;
  if (line.length <= width) return line;
  return `${indent}${name}(\n${printed.map((argument) => `${indent}  ${argument},\n`).join("")}${indent}): ${returns}`;
}

/** The one statement every generated function consists of. */
export function requestCall(
  operation: Operation,
  signature: Signature,
  client: string,
  constant: string,
): string {
  const input: string[] = [];
  if (signature.path.length > 0) {
    const members = signature.path.map(({ wire, argument }) =>
      wire === argument ? wire : `${propertyName(wire)}: ${argument}`,
    );
    input.push(`path: { ${members.join(", ")} }`);
  }
  if (operation.body !== undefined) input.push("body");
  if (operation.params !== undefined) input.push("params");
  return `return ${client}.request(${constant}, ${input.length === 0 ? "{}" : `{ ${input.join(", ")} }`}, options);`;
}
