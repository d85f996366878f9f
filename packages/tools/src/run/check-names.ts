import { HawserError } from "@hawser/streaming";
import type { Tool } from "../tool/tool.ts";

/** Throws a `HawserError` when the model could not tell two tools apart. */
export function checkNames(tools: readonly Tool[]): void {
  const names = tools.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new HawserError(`Two tools have the name ${twice}`);
}
