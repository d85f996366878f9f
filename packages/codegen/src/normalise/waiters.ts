import { dataOf, schemasInData } from "../answers.ts";
import { dereference, type OpenAPIDocument, type OperationEntry, operationsOf } from "../document.ts";
import { asArray, asObject, type JsonObject, joinPointer } from "../json.ts";
import { shown } from "../keys/shape.ts";
import { operationNamed } from "../operation-named.ts";
import { schemasAt } from "../schema-at.ts";
import { parameterNames } from "./parameter-names.ts";
import type { Pass } from "./report.ts";

/** What `x-hawser-waiters` says of one waiter. Pointers are into the data of the polled operation. */
export interface WaiterExtension {
  readonly delay: { readonly minimum: number; readonly maximum: number };
  readonly timeout: number;
  readonly acceptors: readonly AcceptorExtension[];
  readonly progress?: string;
  readonly reason?: string;
  /** Id of the operation whose answer is what the waiter gives. */
  readonly result?: string;
  readonly create?: {
    readonly operation: string;
    readonly id: string;
    readonly method?: string;
    readonly undo?: string;
  };
}

/** What one answer means to a waiter. */
type AcceptorExtension =
  | {
      readonly state: State;
      readonly pointer: string;
      readonly values: readonly unknown[];
      readonly gone?: boolean;
    }
  | { readonly state: State; readonly status: number; readonly within?: number; readonly gone?: boolean };
type State = "success" | "failure" | "retry";

type Problem = (pointer: string, message: string) => void;

/**
 * Changes nothing: a waiter can come to its end, the places it looks at are there, and so are the operations it names,
 * which can be called with what it knows.
 */
export const waiters: Pass = (document, report) => {
  const problem = report.problem.bind(report);
  for (const entry of operationsOf(document)) {
    const given = asObject(entry.operation["x-hawser-waiters"]);
    for (const [name, waiter] of Object.entries(given)) {
      const here = joinPointer(entry.pointer, "x-hawser-waiters", name);
      checkWaiter(document, entry, waiter as WaiterExtension, here, problem);
    }
  }
};

function checkWaiter(
  document: OpenAPIDocument,
  { operation }: OperationEntry,
  waiter: WaiterExtension,
  here: string,
  problem: Problem,
): void {
  const { delay, acceptors, result, create } = waiter;
  if (operation["x-hawser-pages"] !== undefined)
    problem(here, "it polls an operation that lists in pages: poll one that answers with one thing.");
  if (delay.minimum > delay.maximum)
    problem(`${here}/delay`, `the minimum ${delay.minimum} is more than the maximum ${delay.maximum}.`);
  if (!acceptors.some(({ state }) => state === "success"))
    problem(`${here}/acceptors`, 'none of them has the state "success", so that it never ends well.');
  for (const [index, { state, gone }] of acceptors.entries()) {
    if (gone === undefined || state === "failure") continue;
    problem(
      `${here}/acceptors/${index}/gone`,
      'it is said of a failure alone: take it out, or make the state "failure".',
    );
  }
  const places = [
    ...acceptors.flatMap((acceptor, index) =>
      "pointer" in acceptor ? [[`acceptors/${index}/pointer`, acceptor.pointer] as const] : [],
    ),
    ["progress", waiter.progress] as const,
    ["reason", waiter.reason] as const,
  ];
  for (const [member, place] of places) {
    if (place === undefined || schemasInData(document, operation, place).length > 0) continue;
    problem(
      `${here}/${member}`,
      `the data of ${operation.operationId} has no ${place}: correct the pointer or the schema.`,
    );
  }
  if (result !== undefined) {
    const found = operationNamed(document, result);
    if (found === undefined) problem(`${here}/result`, `there is no operation ${shown(result)}.`);
    else if (
      different(requiredParameters(document, found.operation), requiredParameters(document, operation))
    )
      problem(
        `${here}/result`,
        `${result} takes other parameters than ${operation.operationId}, so that it can't be called with them.`,
      );
  }
  if (create !== undefined) checkCreation(document, operation, create, here, problem);
}

function checkCreation(
  document: OpenAPIDocument,
  polled: JsonObject,
  create: NonNullable<WaiterExtension["create"]>,
  here: string,
  problem: Problem,
): void {
  const parameters = requiredParameters(document, polled);
  if (parameters.length !== 1) {
    problem(
      `${here}/create`,
      `${polled.operationId} takes ${parameters.length} required parameters, and the id can only be one: take "create" out.`,
    );
  }
  const found = operationNamed(document, create.operation);
  if (found === undefined) {
    problem(`${here}/create/operation`, `there is no operation ${shown(create.operation)}.`);
  } else {
    if (parameterNames(document, found.operation, "path").length > 0)
      problem(`${here}/create/operation`, `${create.operation} takes path parameters, which it isn't given.`);
    if (!creates(document, found.operation, create.id))
      problem(
        `${here}/create/id`,
        `the data of ${create.operation} has no ${create.id}: correct the pointer or the schema.`,
      );
  }
  if (create.undo === undefined) return;
  const undo = operationNamed(document, create.undo);
  if (undo === undefined) problem(`${here}/create/undo`, `there is no operation ${shown(create.undo)}.`);
  else if (different(requiredParameters(document, undo.operation), parameters))
    problem(
      `${here}/create/undo`,
      `${create.undo} takes other parameters than ${polled.operationId}, so that it can't be called with the id.`,
    );
}

/** Whether an operation, in one of the ways it answers, gives an id at the pointer. */
function creates(document: OpenAPIDocument, operation: JsonObject, pointer: string): boolean {
  return dataOf(document, operation).some(({ schema }) => schemasAt(document, schema, pointer).length > 0);
}

/** Names of the parameters a call can't do without: those of the path first. */
export function requiredParameters(document: OpenAPIDocument, operation: JsonObject): string[] {
  const required = asArray(operation.parameters)
    .map((parameter) => asObject(dereference(document, parameter)))
    .filter((parameter) => parameter.required === true && parameter["x-hawser-option"] === undefined)
    .filter(({ schema }) => asObject(dereference(document, schema)).const === undefined)
    .filter((parameter) => parameter.in !== "path")
    .map(({ name }) => String(name));
  return [...parameterNames(document, operation, "path"), ...required];
}

function different(names: readonly string[], others: readonly string[]): boolean {
  return names.toSorted().join("\n") !== others.toSorted().join("\n");
}
