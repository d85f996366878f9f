import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { createCallRunner } from "../run/call-runner.ts";
import { checkNames } from "../run/check-names.ts";
import type { ToolCall } from "../run/step.ts";
import type { Tool } from "../tool/tool.ts";

/** How tools are served. */
export interface McpServerOptions {
  /** The name of the server, which clients show. */
  readonly name: string;
  readonly version: string;
  /** Milliseconds a call may take whose tool doesn't say. Default: as long as it wants. */
  readonly toolTimeout?: number;
  /** Asks a person about a call whose tool needs approval. Without it such calls are turned down. */
  readonly approve?: (call: { readonly name: string; readonly input: unknown }) => boolean | Promise<boolean>;
}

/**
 * Serves tools over the Model Context Protocol: connect the server that comes out to a transport of the SDK. Arguments
 * are read by the tools' schemas; what a tool throws is an answer of the tool, marked as an error.
 *
 * @throws {HawserError} when two tools have one name
 * @see https://modelcontextprotocol.io/specification/2025-06-18/server/tools
 */
export function createMcpServer(tools: readonly Tool[], options: McpServerOptions): McpServer {
  const { name, version, toolTimeout, approve } = options;
  checkNames(tools);
  const mcp = new McpServer({ name, version });
  // The schemas of `registerTool` have to be zod's; one level below they are JSON.
  mcp.server.registerCapabilities({ tools: {} });
  mcp.server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: tools.map(({ name: tool, description, parameters }) => ({
      name: tool,
      ...(description !== undefined && { description }),
      inputSchema: { ...parameters, type: "object" as const },
    })),
  }));

  mcp.server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal }) => {
    const runner = createCallRunner({
      tools,
      step: 1,
      runId: crypto.randomUUID(),
      limit: (work) => work(),
      signal,
      emit: () => {},
      ...(toolTimeout !== undefined && { toolTimeout }),
    });

    async function decide(call: ToolCall): Promise<ToolCall> {
      if (call.status !== "pending") return call;
      if (approve === undefined) {
        return runner.settle(
          call,
          "denied",
          `A person has to agree to ${call.name}, and there is nobody to ask.`,
        );
      }
      const agreed = await approve({ name: call.name, input: call.input });
      return agreed ? runner.runApproved(call) : runner.settle(call, "denied", "The user denied this call.");
    }

    const text = JSON.stringify(params.arguments ?? {});
    const call = await decide(await runner.run({ id: "call", index: 0, name: params.name, arguments: text }));
    return { content: [{ type: "text", text: call.content ?? "" }], isError: call.status !== "done" };
  });
  return mcp;
}
