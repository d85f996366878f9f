import type { Helper, IR, Operation } from "../../ir/ir.ts";
import { asObject, isObject, type Json } from "../../json.ts";
import { callOf } from "../typescript/call-of.ts";
import { helperSignatureOf, operationOf } from "../typescript/helper-signature.ts";
import { Code, literal } from "../typescript/literal.ts";
import { type Argument, type Overload, pathOf, signatureOf } from "../typescript/signature.ts";
import { sampleValue } from "./sample-value.ts";

/** A call that compiles. */
export interface SampleCall {
  /** `instances.create({ name: "trainer" })`, as it stands behind the client. */
  readonly text: string;
  readonly operation: Operation;
}

/**
 * One way to call an operation, with the arguments it can't do without and those of its example.
 *
 * @returns `undefined` when no such arguments can be told
 */
export function sampleCall(ir: IR, operation: Operation, overload: Overload): SampleCall | undefined {
  return called(ir, operation, operation.id, overload.arguments, (argument) =>
    sampleArgument(ir, operation, argument, overload),
  );
}

/**
 * A call of a helper with the arguments it can't do without.
 *
 * @param options the options, as they are written
 */
export function sampleHelperCall(ir: IR, helper: Helper, options?: string): SampleCall | undefined {
  const operation = operationOf(ir, helper.operation);
  const overloads = signatureOf(ir, operation).overloads;
  const overload = overloads.find(
    ({ when, streams }) =>
      !streams &&
      helper.kind === "creation" &&
      helper.when !== undefined &&
      when?.property === helper.when.property,
  );
  return called(ir, operation, helper.id, helperSignatureOf(ir, helper).arguments, (argument) => {
    if (argument.name === "options") return options === undefined ? undefined : new Code(options);
    if (helper.kind === "upload") return new Code('new Blob(["…"])');
    const value = sampleArgument(ir, operation, argument, overload ?? overloads.at(-1));
    return value ?? (helper.kind === "finder" ? argument.name : undefined);
  });
}

/** Leaves out what may be left out at the end; `undefined` when an argument that is needed has no value. */
function called(
  ir: IR,
  operation: Operation,
  id: string,
  parameters: readonly Argument[],
  sampleOf: (argument: Argument) => unknown,
): SampleCall | undefined {
  const values: unknown[] = [];
  for (const argument of parameters) {
    const value = sampleOf(argument);
    if (value === undefined && !argument.optional) return undefined;
    values.push(value);
  }
  while (values.length > 0 && values.at(-1) === undefined) values.pop();
  const path = callOf(ir, id);
  const given = values.map((value) => literal(value, "", path.length + 24)).join(", ");
  return { text: `${path}(${given})`, operation };
}

function sampleArgument(
  ir: IR,
  operation: Operation,
  argument: Argument,
  overload: Overload | undefined,
): unknown {
  if (argument.name === "options") return argument.optional ? undefined : { stream: true };
  if (argument.name === "body") return sampleBody(ir, operation, overload);
  if (argument.name === "params") return sampleParams(ir, operation, argument, overload);
  const { path } = pathOf(operation);
  const wire = path.find((parameter) => parameter.argument === argument.name)?.wire;
  const parameter = operation.parameters.find(({ name, in: place }) => place === "path" && name === wire);
  return parameter && sampleValue(ir, parameter.schema, undefined, parameter.name);
}

function sampleBody(ir: IR, operation: Operation, overload: Overload | undefined): unknown {
  const { body, stream, examples } = operation;
  if (body === undefined) return undefined;
  if (body.encoding === "text") return "…";
  if (body.encoding === "binary") return new Code('new Blob(["…"])');
  const flag = stream?.in === undefined ? stream?.flag : undefined;
  const asks = (value: Json) => flag !== undefined && asObject(value)[flag] === true;
  const example =
    examples.find(({ value }) => asks(value) === overload?.streams) ??
    examples.find(({ value }) => isObject(value));
  // What chooses the form of the answer is said by this way to call, not by the example.
  const choosing = new Set(operation.outcomes.flatMap(({ when }) => when?.property ?? []));
  if (flag !== undefined) choosing.add(flag);
  const chosen: [string, Json][] = [];
  if (overload?.streams === true && flag !== undefined) chosen.push([flag, true]);
  const [answered] = overload?.when?.values ?? [];
  if (overload?.when !== undefined && answered !== undefined) chosen.push([overload.when.property, answered]);
  const given = Object.entries(asObject(example?.value)).filter(([name]) => !choosing.has(name));
  const wish = choosing.size > 0 ? Object.fromEntries([...given, ...chosen]) : example?.value;
  const value = sampleValue(ir, body.schema, wish, "");
  if (!isObject(value)) return value;
  // A member that can't have that value can't be asked for.
  const misses = chosen.some(([name, wanted]) => value[name] !== wanted);
  return misses
    ? undefined
    : Object.fromEntries(
        Object.entries(value).filter(([name]) => !choosing.has(name) || chosen.some(([own]) => own === name)),
      );
}

function sampleParams(
  ir: IR,
  { parameters, stream }: Operation,
  argument: Argument,
  overload: Overload | undefined,
): unknown {
  const needed = parameters.filter(
    ({ in: place, required, option, constant }) =>
      place !== "path" && required && option === undefined && constant === undefined,
  );
  const isFlag = (name: string) => stream?.in === "query" && stream.flag === name;
  const entries = needed
    .filter(({ name }) => !isFlag(name))
    .map(({ name, schema }) => [name, sampleValue(ir, schema, undefined, name)] as const);
  if (stream?.in === "query" && (overload?.streams === true || needed.some(({ name }) => isFlag(name))))
    entries.push([stream.flag ?? "", overload?.streams === true]);
  if (entries.length === 0 && argument.optional) return undefined;
  return entries.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(entries);
}
