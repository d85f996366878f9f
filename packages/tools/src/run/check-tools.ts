import { HawserError } from "@hawser/streaming";
import { isObject } from "../json.ts";

/** Throws a `HawserError` when these are no tools, or the model could not tell two of them apart. */
export function checkTools(tools: unknown): void {
  if (!Array.isArray(tools)) throw new HawserError("The option tools has to be a list of tools");
  const names = new Set<unknown>();
  for (const [at, tool] of (tools as unknown[]).entries()) {
    // A definition of the wire format is easily taken for a tool.
    if (!isObject(tool) || typeof tool.execute !== "function" || !isObject(tool.definition)) {
      throw new HawserError(
        `The tool at ${at} is none: defineTool makes one, mcpTools those of an MCP server`,
      );
    }
    const { name } = tool;
    if (names.has(name)) {
      throw new HawserError(`Two tools have the name ${name}; those of an MCP server can be given a prefix`);
    }
    names.add(name);
  }
}
