export { createMcpServer, type McpServerOptions } from "./mcp/create-mcp-server.ts";
export { type McpClient, type McpToolInfo, type McpToolsOptions, mcpTools } from "./mcp/mcp-tools.ts";
