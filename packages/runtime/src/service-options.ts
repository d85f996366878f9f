import { readEnvironment } from "./environment.ts";
import type { Operation, OperationInput, Parameter, Service } from "./operation.ts";
import type { ClientOptions } from "./options.ts";

/** What the client's option says, or the environment in its place. */
function readOption(service: Service, name: string, options: ClientOptions): unknown {
  const given = Object.hasOwn(options, name) ? options[name as keyof ClientOptions] : undefined;
  if (given !== undefined) return given;
  const variable = service.options?.[name]?.variable;
  return variable === undefined ? undefined : readEnvironment(variable);
}

function isGiven(values: object | undefined, { name }: Parameter): boolean {
  // `null` says that nothing is to be sent this time.
  return values !== undefined && Object.hasOwn(values, name) && values[name as never] !== undefined;
}

/**
 * Gives those parameters of a call that take their value from an option of the client, and that the call doesn't give
 * itself, that value.
 */
export function applyServiceOptions(
  service: Service,
  operation: Operation,
  input: OperationInput,
  options: ClientOptions,
): OperationInput {
  const path: Record<string, unknown> = {};
  const params: Record<string, unknown> = {};
  for (const parameter of operation.parameters ?? []) {
    if (parameter.option === undefined) continue;
    const inPath = parameter.in === "path";
    if (isGiven(inPath ? input.path : input.params, parameter)) continue;
    const value = readOption(service, parameter.option, options);
    if (value !== undefined) (inPath ? path : params)[parameter.name] = value;
  }
  return { ...input, path: { ...input.path, ...path }, params: { ...input.params, ...params } };
}
