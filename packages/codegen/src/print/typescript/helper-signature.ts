import type { Creation, Finder, Helper, IR, Operation, Waiter } from "../../ir/ir.ts";
import { uniqueName } from "../../names.ts";
import { helperConstant, operationConstant, type RuntimeNames } from "./operation-names.ts";
import { overloadsOf, usualData } from "./overloads.ts";
import { inputOf, returnCall } from "./print-call.ts";
import { type Argument, pathOf, safeName, signatureOf } from "./signature.ts";
import { typeOf } from "./type-of.ts";

/** How a helper is called in TypeScript. */
export interface HelperSignature {
  readonly arguments: readonly Argument[];
  readonly returns: string;
  /** The one statement of its function. */
  readonly call: (client: string, names: RuntimeNames, indent: string) => string;
}

/** The operation of an id; the representation has one. */
export function operationOf(ir: IR, id: string): Operation {
  return ir.operations.find((operation) => operation.id === id) as Operation;
}

/** The waiter of a creation; the representation has one. */
export function waiterOf(ir: IR, { waiter }: Creation): Waiter {
  return ir.helpers.find((helper) => helper.kind === "waiter" && helper.id === waiter) as Waiter;
}

/** What waits, creates and waits, finds or uploads: what it takes beside the client, and what it gives. */
export function helperSignatureOf(ir: IR, helper: Helper): HelperSignature {
  if (helper.kind === "waiter") return waiterSignature(ir, helper);
  if (helper.kind === "creation") return creationSignature(ir, helper);
  if (helper.kind === "finder") return finderSignature(ir, helper);
  return {
    arguments: [
      {
        name: "file",
        type: "Uploadable",
        optional: false,
        description: "The file, in any of the forms of `Uploadable`.",
      },
      optionsArgument("UploadOptions"),
    ],
    returns: "Promise<string>",
    call: (client, names, indent) =>
      returnCall(names.uploadFile, [client, helperConstant(helper), "file", "options"], indent),
  };
}

function optionsArgument(type: string): Argument {
  return { name: "options", type, optional: true };
}

/** A waiter takes what its operation can't do without: other parameters come from options of the client, or from `query`. */
function waiterSignature(ir: IR, waiter: Waiter): HelperSignature {
  const polled = operationOf(ir, waiter.operation);
  const signature = signatureOf(ir, polled);
  const needed = signature.arguments.slice(0, -1).filter(({ optional }) => !optional);
  const { params, ...withoutParams } = polled;
  const takesParams = params !== undefined && needed.some(({ name }) => name === "params");
  return {
    arguments: [...needed, optionsArgument(`WaitOptions<${usualData(ir, polled)}>`)],
    returns: `Promise<${resultOf(ir, waiter)}>`,
    call: (client, names, indent) =>
      returnCall(
        names.waitUntil,
        [client, helperConstant(waiter), inputOf(takesParams ? polled : withoutParams, signature), "options"],
        indent,
      ),
  };
}

function resultOf(ir: IR, { operation, result }: Waiter): string {
  return usualData(ir, operationOf(ir, result ?? operation));
}

function creationSignature(ir: IR, creation: Creation): HelperSignature {
  const create = operationOf(ir, creation.operation);
  const waiter = waiterOf(ir, creation);
  const index = variantIndex(ir, creation);
  const body = signatureOf(ir, create)
    .overloads[index]?.arguments.filter(({ name }) => name === "body")
    .map((argument) => ({ ...argument, optional: false }));
  const given = body?.length === 0 ? "undefined" : "body";
  const polled = usualData(ir, operationOf(ir, waiter.operation));
  const created = overloadsOf(ir, create)[index]?.data ?? "unknown";
  return {
    arguments: [...(body ?? []), optionsArgument(`CreateAndWaitOptions<${polled}, ${created}>`)],
    returns: `Promise<${resultOf(ir, waiter)}>`,
    call: (client, names, indent) =>
      returnCall(names.createAndWait, [client, helperConstant(creation), given, "options"], indent),
  };
}

/** Which of the ways to call the creating operation gives an id. */
export function variantIndex(ir: IR, { operation, when }: Creation): number {
  const variants = overloadsOf(ir, operationOf(ir, operation));
  const index = variants.findIndex(
    (variant) => when !== undefined && variant.when?.property === when.property,
  );
  return index < 0 ? variants.length - 1 : index;
}

function finderSignature(ir: IR, finder: Finder): HelperSignature {
  const list = operationOf(ir, finder.operation);
  const { path, pathArguments } = pathOf(list);
  const taken = new Set([
    "client",
    "options",
    ...path.map(({ argument }) => argument),
    helperConstant(finder),
  ]);
  const value = uniqueName(safeName(finder.pointer.split("/").at(-1) ?? ""), taken);
  const { params: _params, ...withoutParams } = list;
  const input = inputOf(withoutParams, { path });
  return {
    arguments: [
      ...pathArguments,
      {
        name: value,
        type: "string",
        optional: false,
        description: `What \`${finder.pointer}\` of an item has to be, letter by letter.`,
      },
      optionsArgument("RequestOptions"),
    ],
    returns: `Promise<${listType(typeOf(list.pages?.item))}>`,
    call: (client, names, indent) =>
      returnCall(
        names.findBy,
        [client, operationConstant(list.id), helperConstant(finder), value, input, "options"],
        indent,
      ),
  };
}

function listType(item: string): string {
  return /^\w+$/.test(item) ? `${item}[]` : `(${item})[]`;
}
