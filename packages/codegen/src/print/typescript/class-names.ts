import type { IR, Resource } from "../../ir/ir.ts";
import { pascalCase, uniqueName } from "../../names.ts";
import { takenTypeNames } from "./imports.ts";

/** The class of each resource: `chat.completions` → `ChatCompletionsResource`, with a number when that is taken. */
export function classNames(ir: IR): ReadonlyMap<Resource, string> {
  const taken = new Set([...takenTypeNames, ir.client.name, `${ir.client.name}Options`]);
  const names = new Map<Resource, string>();
  const visit = (resource: Resource, path: readonly string[]): void => {
    names.set(resource, uniqueName(`${path.map(pascalCase).join("")}Resource`, taken));
    for (const child of resource.resources) visit(child, [...path, child.name]);
  };
  for (const resource of ir.resources.resources) visit(resource, [resource.name]);
  return names;
}

/** What every class has, and `then`, which would make `await` call it. */
const membersOfAll = ["constructor", "then"];
/** What the client itself has. */
const membersOfClient = [...membersOfAll, "transport", "withOptions"];

/** The names of a resource's members: its methods and resources, with a number where the class needs a name itself. */
export function memberNames(ir: IR, resource: Resource): ReadonlyMap<string, string> {
  const own = resource === ir.resources ? membersOfClient : membersOfAll;
  const names = [...resource.methods, ...resource.helpers, ...resource.resources].map(({ name }) => name);
  const taken = new Set([...own, ...names]);
  return new Map(names.map((name) => [name, own.includes(name) ? uniqueName(name, taken) : name]));
}
