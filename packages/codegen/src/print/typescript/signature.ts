import type { IR, Operation, Outcome } from "../../ir/ir.ts";
import { camelCase, pascalCase, uniqueName } from "../../names.ts";
import { operationConstant } from "./operation-names.ts";
import { overloadsOf, type Variant } from "./overloads.ts";
import { reservedWords } from "./reserved-words.ts";
import { typeOf } from "./type-of.ts";

/** A parameter of a generated function. */
export interface Argument {
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
  readonly description?: string;
}

/** One way to call an operation, and what comes back. */
export interface Overload {
  readonly arguments: readonly Argument[];
  /** The type of the data. */
  readonly data: string;
  readonly streams: boolean;
  /** The member of the request body, and its values, that ask for this answer. */
  readonly when?: Outcome["when"];
}

/** How an operation is called in TypeScript. */
export interface Signature {
  /** Path parameters by wire name and argument name, in their order. */
  readonly path: readonly { readonly wire: string; readonly argument: string }[];
  readonly overloads: readonly Overload[];
  /** The arguments as the implementation sees them: not narrowed. */
  readonly arguments: readonly Argument[];
  readonly errors: string;
}

/** Path parameters one by one, then the body, then all other parameters as one object. */
export function signatureOf(ir: IR, operation: Operation): Signature {
  const taken = new Set(["client", "options", "body", "params", operationConstant(operation.id)]);
  const path = operation.parameters
    .filter((parameter) => parameter.in === "path")
    .map((parameter) => ({
      parameter,
      wire: parameter.name,
      argument: uniqueName(safeName(parameter.name), taken),
    }));
  const pathArguments = path.map(({ parameter, argument }) => ({
    name: argument,
    type: typeOf(parameter.schema),
    optional: false,
    ...(parameter.description !== undefined && { description: parameter.description }),
  }));
  const params = paramsArguments(operation);
  const argumentsFor = (variant?: Variant): Argument[] => [
    ...pathArguments,
    ...bodyArguments(operation, params, variant),
    ...params,
  ];
  return {
    path: path.map(({ wire, argument }) => ({ wire, argument })),
    arguments: argumentsFor(),
    overloads: overloadsOf(ir, operation).map((variant) => ({
      arguments: argumentsFor(variant),
      data: variant.data,
      streams: variant.streams,
      ...(variant.when !== undefined && { when: variant.when }),
    })),
    errors: `${pascalCase(operation.id)}Errors`,
  };
}

function paramsArguments({ params, parameters }: Operation): Argument[] {
  if (params === undefined) return [];
  return [
    {
      name: "params",
      type: typeOf(params),
      optional: !parameters.some((parameter) => parameter.in !== "path" && parameter.required),
      description: "The query, header and cookie parameters, by their names on the wire.",
    },
  ];
}

function bodyArguments({ body }: Operation, params: readonly Argument[], variant?: Variant): Argument[] {
  if (body === undefined) return [];
  const whole =
    body.encoding === "text" ? "string" : body.encoding === "binary" ? "Uploadable" : typeOf(body.schema);
  const narrowing = variant?.narrowing;
  const type = narrowing === undefined ? whole : `${/[|]/.test(whole) ? `(${whole})` : whole} & ${narrowing}`;
  const required = body.required || variant?.needsBody === true;
  // An optional argument can't stand before one that is not.
  const blocked = params.some((argument) => !argument.optional);
  return [
    {
      name: "body",
      type:
        !required && blocked
          ? narrowing === undefined
            ? `${type} | undefined`
            : `(${type}) | undefined`
          : type,
      optional: !required && !blocked,
      description:
        body.encoding === "multipart"
          ? "The form, member by member; files in any of the forms of `Uploadable`."
          : "The request body.",
    },
  ];
}

function safeName(name: string): string {
  const camel = camelCase(name);
  return reservedWords.has(camel) ? `${camel}_` : camel;
}
