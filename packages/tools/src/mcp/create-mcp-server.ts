import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import {
  CallToolRequestSchema,
  type CallToolResult,
  ListToolsRequestSchema,
} from "@modelcontextprotocol/sdk/types.js";
import { createCallRunner } from "../run/call-runner.ts";
import { checkTools } from "../run/check-tools.ts";
import type { ContextOption } from "../run/options.ts";
import type { ToolCall } from "../run/step.ts";
import type { Tool } from "../tool/tool.ts";
import type { ContentPart } from "../tool/tool-content.ts";

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

/** What JSON a tool takes: MCP has no tools for free text, so that stands in a member. */
function toInputSchema({ kind, parameters }: Tool): { type: "object"; [member: string]: unknown } {
  if (kind === "function") return { ...parameters, type: "object" };
  return {
    type: "object",
    properties: { input: parameters },
    required: ["input"],
    additionalProperties: false,
  };
}

type Part = CallToolResult["content"][number];

/** Something the model is shown, as MCP says it. */
function toPart(part: ContentPart): Part {
  if (part.type === "input_audio") {
    const { data, format } = part.input_audio;
    return { type: "audio", data, mimeType: format === "wav" ? "audio/wav" : "audio/mpeg" };
  }
  if (part.type === "image_url") {
    const { url } = part.image_url;
    const [, mimeType, data] = /^data:([^;,]+);base64,(.*)$/s.exec(url) ?? [];
    if (mimeType !== undefined && data !== undefined) return { type: "image", data, mimeType };
    return { type: "resource_link", uri: url, name: url };
  }
  const text = part.type === "text" ? part.text : `[file ${part.file.filename ?? part.file.file_id ?? ""}]`;
  return { type: "text", text };
}

/**
 * Serves tools over the Model Context Protocol: connect the server that comes out to a transport of the SDK. Arguments
 * are read by the tools' schemas; what a tool throws is an answer of the tool, marked as an error.
 *
 * @throws {HawserError} when two tools have one name
 * @see https://modelcontextprotocol.io/specification/2025-06-18/server/tools
 */
export function createMcpServer<Context = unknown>(
  tools: readonly Tool<unknown, unknown, Context>[],
  options: McpServerOptions & ContextOption<Context>,
): McpServer {
  const { name, version, toolTimeout, approve, context } = options;
  const served = tools as readonly Tool[];
  checkTools(served);
  const mcp = new McpServer({ name, version });
  // The schemas of `registerTool` have to be zod's; one level below they are JSON.
  mcp.server.registerCapabilities({ tools: {} });
  mcp.server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: served.map((tool) => ({
      name: tool.name,
      ...(tool.description !== undefined && { description: tool.description }),
      inputSchema: toInputSchema(tool),
    })),
  }));

  mcp.server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal }) => {
    const runner = createCallRunner({
      tools: served,
      step: 1,
      runId: crypto.randomUUID(),
      limit: (work) => work(),
      signal,
      context,
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

    const given = params.arguments ?? {};
    const isText = served.some(({ name: tool, kind }) => tool === params.name && kind === "custom");
    const made = isText
      ? ({ kind: "custom", arguments: String(given.input) } as const)
      : ({ kind: "function", arguments: JSON.stringify(given) } as const);
    const asked = { id: "call", index: 0, name: params.name, ...made };
    const call =
      isText && typeof given.input !== "string"
        ? runner.settle(asked, "failed", `${params.name} takes a text as input.`)
        : await decide(await runner.run(asked));
    const { content = "", attachments = [] } = call;
    return {
      content: [{ type: "text", text: content }, ...attachments.map(toPart)],
      isError: call.status !== "done",
    };
  });
  return mcp;
}
