import type { Helper, IR, Operation, Outcome, Parameter, Stream } from "../../ir/ir.ts";
import { defaultURL } from "../../ir/servers.ts";
import { pascalCase } from "../../names.ts";
import { snakeName } from "./names.ts";
import { stringLiteral } from "./text.ts";
import { type Types, union } from "./types.ts";

/** One method, its parts as they are written. */
export interface Method {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly keywords: readonly string[];
  readonly returns: string;
  readonly description: string;
  readonly overloaded: boolean;
}

/** Parameters every method has, beside those of its operation. */
const ownParameters = ["self", "timeout"];

/**
 * The methods an operation becomes: one, or an overload for each way it can answer (PEP 484). Path parameters come
 * first, then the body, then the others in one dictionary. What asks for a stream is a keyword of its own, since a
 * dictionary has no variants by the value of a member.
 */
export function operationMethods(types: Types, operation: Operation, name: string): Method[] {
  const used = new Set(ownParameters);
  const parameters = inputsOf(types, operation, used);
  const plain = operation.outcomes.filter(({ kind }) => kind !== "stream");
  const method = (keywords: readonly string[], returns: string, overloaded: boolean): Method => ({
    name,
    parameters,
    keywords: [...keywords, "timeout: Optional[float] = None"],
    returns,
    description: describe(operation, types),
    overloaded,
  });
  const { stream } = operation;
  if (stream === undefined) return [method([], answerOf(types, operation, plain), false)];
  const items = `Iterator[${itemOf(types, operation, stream)}]`;
  if (stream.mode === "always") return [method([], items, false)];
  const flag = snakeName(stream.flag ?? "stream", used);
  return [
    method([`${flag}: Literal[True]`], items, true),
    method([`${flag}: Literal[False] = False`], answerOf(types, operation, plain), true),
  ];
}

function inputsOf(types: Types, { id, parameters, body, params }: Operation, used: Set<string>): string[] {
  const inputs = parameters
    .filter((parameter) => parameter.in === "path" && parameter.constant === undefined)
    .map(
      (parameter) =>
        `${snakeName(parameter.name, used)}: ${types.of(parameter.schema, pascalCase(`${id} ${parameter.name}`))}`,
    );
  if (body !== undefined) {
    const type = types.of(body.schema, pascalCase(`${id} body`));
    inputs.push(`${snakeName("body", used)}: ${body.required ? type : `Optional[${type}] = None`}`);
  }
  if (params !== undefined) {
    const type = types.of(params, pascalCase(`${id} params`));
    // After a body that can be left out nothing can be asked for by its place.
    const needed = parameters.some(isNeeded) && (body === undefined || body.required);
    inputs.push(`${snakeName("params", used)}: ${needed ? type : `Optional[${type}] = None`}`);
  }
  return inputs;
}

function isNeeded({ in: place, required, option, constant }: Parameter): boolean {
  return place !== "path" && required && option === undefined && constant === undefined;
}

/** What a call gives of the answers it can get. */
function answerOf(types: Types, operation: Operation, outcomes: readonly Outcome[]): string {
  if (operation.pages !== undefined)
    return `Pages[${types.of(operation.pages.item, pascalCase(`${operation.id} item`))}]`;
  return union(outcomes.map((outcome) => outcomeType(types, operation, outcome)));
}

function outcomeType(types: Types, { id }: Operation, outcome: Outcome): string {
  if (outcome.kind === "json")
    return types.of(outcome.data ?? outcome.schema ?? true, pascalCase(`${id} response`));
  return { text: "str", binary: "bytes", empty: "None", stream: "Any" }[outcome.kind];
}

/** What a stream gives, one at a time: the data of its events, or events with their names. */
function itemOf(types: Types, { id }: Operation, { item, events }: Stream): string {
  if (item === "text") return "str";
  if (item === "part") return "Any";
  return union(
    events.map(({ name, schema }, index) => {
      const data = types.of(schema, pascalCase(`${id} event ${index + 1}`));
      if (item === "payload") return data;
      const model = types.ownName(pascalCase(`${id} ${name ?? ""} event item`));
      const event = {
        name: "event",
        type: name === undefined ? "str" : `Literal[${stringLiteral(name)}]`,
        required: name !== undefined,
        description: undefined,
      };
      types.add({
        name: model,
        description: undefined,
        members: [event, { name: "data", type: data, required: true, description: undefined }],
      });
      return model;
    }),
  );
}

function describe(operation: Operation, types: Types): string {
  const { summary, description, method, path, errors, deprecated, servers: [server] = [] } = operation;
  const failures = errors.map(
    ({ status, schema }) =>
      `${status}${schema === undefined ? "" : ` (${types.of(schema, pascalCase(`${operation.id} error ${status}`))})`}`,
  );
  return [
    summary,
    description === summary ? undefined : description,
    deprecated ? "Deprecated." : undefined,
    `${method} ${path}`,
    server && `It has a server of its own: ${defaultURL(server)}.`,
    failures.length === 0 ? undefined : `Answers without success: ${failures.join(", ")}.`,
  ]
    .filter((part) => part !== undefined)
    .join("\n\n");
}

/** The method a helper becomes: a waiter, a creation, a finder or an upload. */
export function helperMethod(ir: IR, types: Types, helper: Helper, name: string): Method {
  const find = (id: string) => ir.operations.find((operation) => operation.id === id) as Operation;
  const operation = find(helper.operation);
  const dataOf = (of: Operation) =>
    union(
      of.outcomes.filter(({ kind }) => kind !== "stream").map((outcome) => outcomeType(types, of, outcome)),
    );
  const shared = { name, keywords: ["timeout: Optional[float] = None"], overloaded: false };
  const used = new Set(ownParameters);
  if (helper.kind === "waiter") {
    const result = helper.result === undefined ? operation : find(helper.result);
    const description = `Polls ${operation.method} ${operation.path} until it says that it is over.`;
    return { ...shared, parameters: inputsOf(types, operation, used), returns: dataOf(result), description };
  }
  if (helper.kind === "creation") {
    const waiter = ir.helpers.find(({ id }) => id === helper.waiter);
    const polled = waiter?.kind === "waiter" ? find(waiter.result ?? waiter.operation) : operation;
    const description = `Calls ${operation.method} ${operation.path}, and waits for what it creates.`;
    return { ...shared, parameters: inputsOf(types, operation, used), returns: dataOf(polled), description };
  }
  if (helper.kind === "finder") {
    const item = operation.pages?.item ?? true;
    const description = `All items of ${operation.method} ${operation.path} with that value at ${helper.pointer}.`;
    return {
      ...shared,
      parameters: ["value: str"],
      returns: `List[${types.of(item, pascalCase(`${operation.id} item`))}]`,
      description,
    };
  }
  const description = `Asks ${operation.method} ${operation.path} where to send a file, and sends it there; gives its address.`;
  return {
    ...shared,
    parameters: ["file: bytes"],
    keywords: ["content_type: Optional[str] = None", ...shared.keywords],
    returns: "str",
    description,
  };
}
