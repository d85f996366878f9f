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
  /** The type of what the function returns. */
  readonly returns: string;
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
  readonly returns: string;
  readonly errors: string;
}

/** Path parameters one by one, then the body, then all other parameters as one object. */
export function signatureOf(ir: IR, operation: Operation): Signature {
  const { path, pathArguments } = pathOf(operation);
  const argumentsFor = (variant?: Variant): Argument[] => {
    const options = optionsArgument(variant);
    const params = paramsArguments(operation, options, variant);
    return [...pathArguments, ...bodyArguments(operation, [...params, options], variant), ...params, options];
  };
  const errors = `${pascalCase(operation.id)}Errors`;
  return {
    path,
    arguments: argumentsFor(),
    returns: `APIPromise<unknown, ${errors}>`,
    overloads: overloadsOf(ir, operation).map((variant) => ({
      arguments: argumentsFor(variant),
      returns: returnType(operation, variant, errors),
      streams: variant.streams,
      ...(variant.when !== undefined && { when: variant.when }),
    })),
    errors,
  };
}

/** The path parameters of an operation by wire name, and as arguments. */
export function pathOf(operation: Operation): { path: Signature["path"]; pathArguments: Argument[] } {
  const taken = new Set(["client", "options", "body", "params", operationConstant(operation.id)]);
  const parameters = operation.parameters.filter((parameter) => parameter.in === "path");
  const path = parameters.map(({ name }) => ({ wire: name, argument: uniqueName(safeName(name), taken) }));
  const pathArguments = parameters.map(({ schema, description }, index) => ({
    name: path[index]?.argument ?? "",
    type: typeOf(schema),
    optional: false,
    ...(description !== undefined && { description }),
  }));
  return { path, pathArguments };
}

function returnType({ pages }: Operation, { data, body }: Variant, errors: string): string {
  if (pages !== undefined) return `PagePromise<${typeOf(pages.item)}, ${body}, ${errors}>`;
  return `APIPromise<${data}, ${errors}${body === data ? "" : `, ${body}`}>`;
}

function optionsArgument({ choice }: Partial<Variant> = {}): Argument {
  const chosen = choice?.argument === "options" ? choice : undefined;
  return {
    name: "options",
    type: chosen === undefined ? "RequestOptions" : `RequestOptions & ${chosen.type}`,
    optional: chosen?.needed !== true,
  };
}

function paramsArguments(
  { params, parameters }: Operation,
  options: Argument,
  { choice }: Partial<Variant> = {},
): Argument[] {
  if (params === undefined) return [];
  const chosen = choice?.argument === "params" ? choice : undefined;
  const type = chosen === undefined ? typeOf(params) : narrowed(typeOf(params), chosen.type);
  const required =
    chosen?.needed === true ||
    parameters.some(
      ({ in: place, required: needed, option, constant }) =>
        place !== "path" && needed && option === undefined && constant === undefined,
    );
  return [
    {
      name: "params",
      ...leftOut(type, required, !options.optional),
      description: "The query, header and cookie parameters, by their names on the wire.",
    },
  ];
}

/** A type with more said of some members. */
function narrowed(type: string, narrowing: string): string {
  return `${/[|]/.test(type) ? `(${type})` : type} & ${narrowing}`;
}

/**
 * The type of an argument, and whether it can be left out.
 *
 * @param blocked whether one that can't be stands behind it, so that it has to be `undefined` in its place
 */
function leftOut(type: string, required: boolean, blocked: boolean): Pick<Argument, "type" | "optional"> {
  if (required || !blocked) return { type, optional: !required };
  return { type: `${/&/.test(type) ? `(${type})` : type} | undefined`, optional: false };
}

function bodyArguments({ body }: Operation, behind: readonly Argument[], variant?: Variant): Argument[] {
  if (body === undefined) return [];
  const whole =
    body.encoding === "text" ? "string" : body.encoding === "binary" ? "Uploadable" : typeOf(body.schema);
  const narrowing = variant?.narrowing;
  const type = narrowing === undefined ? whole : narrowed(whole, narrowing);
  const required = body.required || variant?.needsBody === true;
  const blocked = behind.some((argument) => !argument.optional);
  return [
    {
      name: "body",
      ...leftOut(type, required, blocked),
      description:
        body.encoding === "multipart"
          ? "The form, member by member; files in any of the forms of `Uploadable`."
          : "The request body.",
    },
  ];
}

export function safeName(name: string): string {
  const camel = camelCase(name);
  return reservedWords.has(camel) ? `${camel}_` : camel;
}
