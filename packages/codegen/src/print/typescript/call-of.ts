import type { IR, Resource } from "../../ir/ir.ts";
import { memberNames } from "./class-names.ts";

/** How the resource client calls an operation or a helper, by its id: `instances.create`. */
export function callOf(ir: IR, id: string): string {
  return pathTo(ir, ir.resources, id)?.join(".") ?? id;
}

function pathTo(ir: IR, resource: Resource, id: string): string[] | undefined {
  const names = memberNames(ir, resource);
  const method = resource.methods.find(({ operation }) => operation === id);
  const name = (method ?? resource.helpers.find(({ helper }) => helper === id))?.name;
  if (name !== undefined) return [names.get(name) ?? name];
  for (const child of resource.resources) {
    const rest = pathTo(ir, child, id);
    if (rest !== undefined) return [names.get(child.name) ?? child.name, ...rest];
  }
  return undefined;
}
