import type { Operation, OperationInput } from "./operation.ts";

/** Those values of another operation's input that this operation has parameters for. */
export function inputFor(operation: Operation, { path, params }: OperationInput): OperationInput {
  const values: Readonly<Record<string, unknown>> = { ...params, ...path };
  const forPath: Record<string, unknown> = {};
  const forParams: Record<string, unknown> = {};
  for (const parameter of operation.parameters ?? []) {
    const { name } = parameter;
    if (Object.hasOwn(values, name)) (parameter.in === "path" ? forPath : forParams)[name] = values[name];
  }
  return { path: forPath, params: forParams };
}

/**
 * The input of an operation on one thing.
 *
 * @param parameter - the parameter that takes its id, where the operation has one of this name; else its first path
 *   parameter takes it.
 * @param params - other values, of which those go along that the operation has parameters for.
 */
export function inputForId(
  operation: Operation,
  parameter: string,
  id: string,
  params: object | undefined,
): OperationInput {
  const declared = operation.parameters ?? [];
  const named =
    declared.find(({ name }) => name === parameter) ?? declared.find((each) => each.in === "path");
  return inputFor(operation, { params: { ...params, [named?.name ?? parameter]: id } });
}
