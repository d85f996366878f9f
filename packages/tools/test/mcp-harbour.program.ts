// An MCP server over standard input and output: `harbour` of the SDK's making, `tools` of this package's.
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { z } from "zod";
import { defineTool, ToolError } from "../src/index.ts";
import { createMcpServer } from "../src/mcp.ts";
import { createHarbour, hang, type Tell } from "./mcp-harbour.ts";

const tell: Tell = (word) => process.stderr.write(`${word}\n`);

const echo = defineTool({
  name: "echo",
  parameters: z.object({ text: z.string() }),
  execute: ({ text }) => text,
});
const fails = defineTool({
  name: "fails",
  execute: () => {
    throw new ToolError("aground");
  },
});
const hanging = defineTool({ name: "hang", execute: (_, { signal }) => hang(signal, tell) });

const server =
  process.argv[2] === "tools"
    ? createMcpServer([echo, fails, hanging], { name: "tools", version: "1" })
    : createHarbour({ die: () => process.exit(1), tell });
await server.connect(new StdioServerTransport());
