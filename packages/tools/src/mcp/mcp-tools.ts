import { HawserError } from "@hawser/streaming";
import { ToolError } from "../errors.ts";
import { isObject, type JsonObject } from "../json.ts";
import { createTool } from "../tool/define-tool.ts";
import type { Tool, ToolContext } from "../tool/tool.ts";

/** A tool as an MCP server lists it. */
export interface McpToolInfo {
  readonly name: string;
  readonly description?: string | undefined;
  readonly inputSchema: { readonly [member: string]: unknown };
  /** What the server says of itself: whether the tool only reads, or destroys. Not to be relied on for strangers. */
  readonly annotations?:
    | { readonly readOnlyHint?: boolean | undefined; readonly destructiveHint?: boolean | undefined }
    | undefined;
}

/** The part of a connected `Client` of the MCP SDK this package needs. */
export interface McpClient {
  listTools(params?: { cursor?: string }): Promise<{
    readonly tools: readonly McpToolInfo[];
    readonly nextCursor?: string | undefined;
  }>;
  callTool(
    params: { name: string; arguments?: Record<string, unknown> },
    resultSchema?: undefined,
    options?: { signal?: AbortSignal; timeout?: number },
  ): Promise<object>;
}

/** How the tools of a server are taken over. */
export interface McpToolsOptions {
  /** Stands before every name, so that the tools of two servers don't meet. */
  readonly prefix?: string;
  /** Milliseconds a call may take. Default: the SDK's, a minute. */
  readonly timeout?: number;
  /** Whether a person has to agree before a call is run. Default: no. */
  readonly needsApproval?: (tool: McpToolInfo, input: unknown) => boolean | Promise<boolean>;
}

/** A part of a result, as text the model can read. */
function partText(part: unknown): string {
  if (!isObject(part)) return "";
  const { type, text, resource, uri, mimeType } = part;
  if (typeof text === "string") return text;
  if (isObject(resource))
    return typeof resource.text === "string" ? resource.text : `[${String(resource.uri)}]`;
  return `[${[type, uri ?? mimeType].filter((word) => typeof word === "string").join(" ")}]`;
}

/** How many characters of an error the model is told. */
const errorLength = 4_000;

/** The result of a call as text: its parts, or what it has instead of them. Throws a `ToolError` when it is one. */
function readResult(result: JsonObject): string {
  const { content, structuredContent, toolResult, isError } = result;
  const parts = Array.isArray(content) ? content.map(partText).join("\n") : "";
  const value = structuredContent ?? toolResult;
  const text = parts === "" && value !== undefined ? JSON.stringify(value) : parts;
  if (isError === true) throw new ToolError(text === "" ? "The tool failed" : text.slice(0, errorLength));
  return text;
}

/**
 * The tools of an MCP server as tools for `runTools`. The server checks the arguments itself; what it answers is text for
 * the model, and an error of the tool is one the model is told.
 *
 * @param client a connected `Client` of `@modelcontextprotocol/sdk`; it has to stay open while the tools are used
 * @throws {HawserError} when two tools come to the same name, or their list has no end; what the client throws
 * @see https://modelcontextprotocol.io/specification/2025-06-18/server/tools
 */
export async function mcpTools(
  client: McpClient,
  options: McpToolsOptions = {},
): Promise<Tool<JsonObject, string>[]> {
  const { prefix = "", timeout, needsApproval } = options;
  const tools: Tool<JsonObject, string>[] = [];
  const cursors = new Set<string>();
  let cursor: string | undefined;
  for (;;) {
    const page = await client.listTools(cursor === undefined ? undefined : { cursor });
    for (const info of page.tools) {
      // Their names may have dots and slashes, those of chat requests may not.
      const name = `${prefix}${info.name}`.replace(/[^\w-]/g, "_").slice(0, 64);
      if (tools.some((tool) => tool.name === name)) {
        throw new HawserError(`Two tools of the MCP server come to the name ${name}`);
      }
      const { $schema: _, ...parameters } = info.inputSchema;
      const tool = createTool({
        name,
        description: info.description,
        parameters,
        strict: false,
        schema: undefined,
        restore: undefined,
        timeout,
        needsApproval: (input) => needsApproval?.(info, input) ?? false,
        async execute(input: unknown, { signal }: ToolContext) {
          const call = { name: info.name, arguments: input as JsonObject };
          const result = await client.callTool(call, undefined, {
            signal,
            ...(timeout !== undefined && { timeout }),
          });
          return readResult(result as JsonObject);
        },
      });
      tools.push(tool as Tool<JsonObject, string>);
    }
    cursor = page.nextCursor;
    if (cursor === undefined) break;
    if (cursors.has(cursor))
      throw new HawserError("The MCP server's list of tools begins anew and has no end");
    cursors.add(cursor);
  }
  return tools;
}
