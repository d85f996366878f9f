import { HawserError } from "@hawser/streaming";
import type { JsonObject } from "../json.ts";
import { createTool } from "../tool/define-tool.ts";
import type { Tool, ToolContext } from "../tool/tool.ts";
import type { ToolContent } from "../tool/tool-content.ts";
import { toToolNames } from "./mcp-names.ts";
import { readResult } from "./mcp-result.ts";

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
  listTools(
    params?: { cursor?: string },
    options?: { signal?: AbortSignal; timeout?: number },
  ): Promise<{
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
  /** Stands before every name, so that the tools of two servers don't meet: `runTools` refuses two of one name. */
  readonly prefix?: string;
  /** Milliseconds a call may take, and the server to list its tools. Default: the SDK's, a minute. */
  readonly timeout?: number;
  /**
   * What becomes of images and sounds in results. `describe`, the default, tells the model that there are some; `attach`
   * shows them to it, which needs one that can see or hear.
   */
  readonly media?: "describe" | "attach";
  /** Ends the listing of the tools. Calls end with the signal of their run. */
  readonly signal?: AbortSignal;
  /** Whether a person has to agree before a call is run. Default: no. */
  readonly needsApproval?: (tool: McpToolInfo, input: unknown) => boolean | Promise<boolean>;
}

/** All tools a server lists, of all pages. */
async function listAll(client: McpClient, options: object): Promise<McpToolInfo[]> {
  const infos: McpToolInfo[] = [];
  const cursors = new Set<string>();
  let cursor: string | undefined;
  do {
    const page = await client.listTools(cursor === undefined ? undefined : { cursor }, options);
    infos.push(...page.tools);
    // Some servers end with an empty cursor instead of none.
    cursor = page.nextCursor || undefined;
    if (cursor === undefined) continue;
    if (cursors.has(cursor))
      throw new HawserError("The MCP server's list of tools begins anew and has no end");
    cursors.add(cursor);
  } while (cursor !== undefined);
  return infos;
}

/**
 * The tools of an MCP server as tools for `runTools`, as it lists them now. The server checks the arguments itself; what
 * it answers is text for the model, and an error of the tool is one the model is told.
 *
 * @param client a connected `Client` of `@modelcontextprotocol/sdk`; it has to stay open while the tools are used
 * @throws {HawserError} when two tools have the same name, or their list has no end; what the client throws
 * @see https://modelcontextprotocol.io/specification/2025-06-18/server/tools
 */
export async function mcpTools(
  client: McpClient,
  options: McpToolsOptions = {},
): Promise<Tool<JsonObject, string | ToolContent>[]> {
  const { prefix = "", timeout, needsApproval, media = "describe", signal: listing } = options;
  const limits = timeout !== undefined && { timeout };
  const infos = await listAll(client, { ...limits, ...(listing !== undefined && { signal: listing }) });
  const names = toToolNames(
    infos.map(({ name }) => name),
    prefix,
  );
  return infos.map((info, at) => {
    const { $schema: _, ...schema } = info.inputSchema;
    const tool = createTool({
      name: names[at]!,
      description: info.description,
      // Servers of chat models refuse an object without them.
      parameters: { type: "object", properties: {}, ...schema },
      strict: false,
      schema: undefined,
      restore: undefined,
      timeout,
      needsApproval: (input) => needsApproval?.(info, input) ?? false,
      async execute(input: unknown, { signal }: ToolContext) {
        const call = { name: info.name, arguments: input as JsonObject };
        const result = await client.callTool(call, undefined, { signal, ...limits });
        return readResult(result as JsonObject, media === "attach");
      },
    });
    return tool as Tool<JsonObject, string | ToolContent>;
  });
}
