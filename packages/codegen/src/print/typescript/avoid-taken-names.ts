import type { Helper, IR } from "../../ir/ir.ts";
import { isObject, type JsonObject } from "../../json.ts";
import { pascalCase, uniqueName } from "../../names.ts";
import { classNames } from "./class-names.ts";
import { takenTypeNames } from "./imports.ts";
import { helperConstant, operationConstant, takenOperationNames } from "./operation-names.ts";
import { indexNames } from "./print-index.ts";
import { reservedWords } from "./reserved-words.ts";

/**
 * Gives schemas, operations and the client another name where TypeScript or the generated files need theirs: a schema
 * `Error` becomes `ErrorSchema`, an operation `delete` becomes `deleteCall`. The wire is untouched.
 */
export function avoidTakenNames(ir: IR): IR {
  const ids = operationNames(ir);
  const rename = (id: string) => ids.get(id) ?? id;
  const client = { ...ir.client, name: clientName(ir.client.name) };
  const operations = ir.operations.map((operation) => ({
    ...operation,
    id: rename(operation.id),
    ...(operation.cost?.prices && {
      cost: {
        ...operation.cost,
        prices: { ...operation.cost.prices, operation: rename(operation.cost.prices.operation) },
      },
    }),
  }));
  const helpers = ir.helpers.map((helper) => renameHelper(helper, rename));
  const schemas = schemaNames({ ...ir, client, operations, helpers });
  const resources = renameOperations(ir.resources, ids);
  if (schemas.size === 0) return { ...ir, client, operations, helpers, resources };
  const renamed = renameSchemas({ ...ir, client, operations, helpers }, schemas) as IR & {
    schemas: JsonObject;
  };
  return {
    ...renamed,
    schemas: Object.fromEntries(
      Object.entries(renamed.schemas).map(([name, schema]) => [schemas.get(name) ?? name, schema]),
    ),
    resources,
  };
}

function clientName(name: string): string {
  let free = name;
  while (takenTypeNames.has(free) || indexNames.has(free)) free = `${free}Client`;
  return free;
}

/** Functions and the constants beside them (`listModels`, `listModelsOperation`) share one module. */
function operationNames(ir: IR): Map<string, string> {
  const taken = new Set([...takenOperationNames, ...reservedWords]);
  const constantOf = (item: { id: string; kind?: Helper["kind"] }, id: string) =>
    item.kind === undefined ? operationConstant(id) : helperConstant({ kind: item.kind, id });
  const names = new Map<string, string>();
  for (const item of [...ir.operations, ...ir.helpers]) {
    let name = item.id;
    for (let number = 1; taken.has(name) || taken.has(constantOf(item, name)); number += 1)
      name = `${item.id}Call${number === 1 ? "" : number}`;
    taken.add(name);
    taken.add(constantOf(item, name));
    names.set(item.id, name);
  }
  return names;
}

/** New names for the schemas whose own are in use, in the same module or beside it in an import. */
function schemaNames(ir: IR): Map<string, string> {
  const used = new Set([
    ...takenTypeNames,
    ...classNames(ir).values(),
    ir.client.name,
    `${ir.client.name}Options`,
  ]);
  for (const { id } of ir.operations) {
    for (const name of [id, operationConstant(id), `${pascalCase(id)}Errors`]) used.add(name);
  }
  for (const helper of ir.helpers) used.add(helper.id).add(helperConstant(helper));
  const taken = new Set([...used, ...Object.keys(ir.schemas)]);
  const names = Object.keys(ir.schemas).filter((name) => used.has(name));
  return new Map(names.map((name) => [name, uniqueName(`${name}Schema`, taken)]));
}

function renameSchemas(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item) => renameSchemas(item, names));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      if (key !== "$ref" || typeof member !== "string") return [key, renameSchemas(member, names)];
      const name = names.get(member.replace("#/schemas/", ""));
      return [key, name === undefined ? member : `#/schemas/${name}`];
    }),
  );
}

function renameHelper(helper: Helper, rename: (id: string) => string): Helper {
  const renamed = { ...helper, id: rename(helper.id), operation: rename(helper.operation) };
  if (renamed.kind === "waiter" && renamed.result !== undefined)
    return { ...renamed, result: rename(renamed.result) };
  if (renamed.kind !== "creation") return renamed;
  const undo = renamed.undo === undefined ? {} : { undo: rename(renamed.undo) };
  return { ...renamed, waiter: rename(renamed.waiter), ...undo };
}

function renameOperations(resource: IR["resources"], ids: ReadonlyMap<string, string>): IR["resources"] {
  return {
    ...resource,
    methods: resource.methods.map(({ name, operation }) => ({
      name,
      operation: ids.get(operation) ?? operation,
    })),
    helpers: resource.helpers.map(({ name, helper }) => ({ name, helper: ids.get(helper) ?? helper })),
    resources: resource.resources.map((child) => renameOperations(child, ids)),
  };
}
