import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { defineCustomTool, defineTool, runTools, type Tool, ToolError, toolContent } from "../src/index.ts";
import { createMcpServer, type McpClient, type McpToolsOptions, mcpTools } from "../src/mcp.ts";
import { question, rejection, script, sentMessages, weather } from "./support.ts";

async function connect(server: McpServer): Promise<Client> {
  const client = new Client({ name: "test", version: "1" });
  const [here, there] = InMemoryTransport.createLinkedPair();
  await Promise.all([server.connect(there), client.connect(here)]);
  onTestFinished(async () => {
    await client.close();
  });
  return client;
}

/** A server of the SDK's own making. */
function createServer(): McpServer {
  const server = new McpServer({ name: "harbour", version: "1" });
  server.registerTool(
    "tide.at",
    { description: "Tells the tide.", inputSchema: { port: z.string() } },
    ({ port }) => ({ content: [{ type: "text", text: `high in ${port}` }] }),
  );
  server.registerTool("fails", {}, () => ({ content: [{ type: "text", text: "aground" }], isError: true }));
  server.registerTool("counts", { outputSchema: { ships: z.number() } }, () => ({
    content: [],
    structuredContent: { ships: 3 },
  }));
  server.registerTool("mixed", {}, () => ({
    content: [
      { type: "text", text: "see" },
      { type: "image", data: "AAAA", mimeType: "image/png" },
      { type: "resource_link", uri: "file:///map", name: "map" },
      { type: "resource", resource: { uri: "file:///log", text: "calm" } },
      { type: "resource", resource: { uri: "file:///bin", blob: "AAAA" } },
    ],
  }));
  return server;
}

async function toolsOf(options?: McpToolsOptions): Promise<Record<string, Tool>> {
  const client = await connect(createServer());
  const tools = await mcpTools(client, options);
  return Object.fromEntries(tools.map((tool) => [tool.name, tool]));
}

const context = {
  context: undefined,
  signal: new AbortController().signal,
  callId: "c",
  idempotencyKey: "k",
  step: 1,
};

describe("tools of an MCP server", () => {
  it("are called by the model", async () => {
    const client = await connect(createServer());
    const { hawser, model } = await script([
      { toolCalls: [{ name: "tide_at", arguments: { port: "Bergen" } }, { name: "fails" }] },
      "High.",
    ]);
    const result = await runTools(hawser.chat.completions, { ...question, tools: await mcpTools(client) });
    expect(result.steps[0]?.calls.map(({ status, content }) => [status, content])).toEqual([
      ["done", "high in Bergen"],
      ["failed", "aground"],
    ]);
    const { tools } = model.requests[0]!.json as { tools: { function: unknown }[] };
    expect(tools[0]?.function).toMatchObject({
      name: "tide_at",
      description: "Tells the tide.",
      parameters: { type: "object", properties: { port: { type: "string" } }, required: ["port"] },
    });
  });

  it("answer in text, whatever they give", async () => {
    const { counts, mixed, fails } = await toolsOf();
    expect(await counts?.execute({}, context)).toBe('{"ships":3}');
    expect(await mixed?.execute({}, context)).toBe(
      "see\n[image image/png]\n[resource_link file:///map map]\ncalm\n[file:///bin]",
    );
    expect(await rejection(Promise.resolve(fails?.execute({}, context)))).toBeInstanceOf(ToolError);
  });

  it("have a prefix, and need approval, when told so", async () => {
    const tools = await toolsOf({ prefix: "harbour_", needsApproval: ({ name }) => name === "fails" });
    expect(Object.keys(tools)).toEqual([
      "harbour_tide_at",
      "harbour_fails",
      "harbour_counts",
      "harbour_mixed",
    ]);
    expect(await tools.harbour_fails?.needsApproval({}, context)).toBe(true);
    expect(await tools.harbour_counts?.needsApproval({}, context)).toBe(false);
  });

  it("come from all pages, also where the last one has an empty cursor, and not twice under one name", async () => {
    const page = (name: string, nextCursor?: string) => ({
      tools: [{ name, inputSchema: { type: "object" } }],
      nextCursor,
    });
    const client = (second: string): McpClient => ({
      listTools: async (params) => (params?.cursor === "2" ? page(second, "") : page("a.b", "2")),
      callTool: async () => ({}),
    });
    expect((await mcpTools(client("c"))).map(({ name }) => name)).toEqual(["a_b", "c"]);
    expect(await rejection(mcpTools(client("a.b")))).toMatchObject({
      message: "Two tools of the MCP server have the name a.b",
    });
  });

  it("have names of their own, whichever they are in the list", async () => {
    const listing = (...names: string[]): McpClient => ({
      listTools: async () => ({ tools: names.map((name) => ({ name, inputSchema: { type: "object" } })) }),
      callTool: async ({ name }) => ({ content: [{ type: "text", text: name }] }),
    });
    const long = `${"very_".repeat(20)}long`;
    const names = ["a.b", "a/b", "a_b", `${long}_1`, `${long}_2`, "ü", ""];
    const tools = await mcpTools(listing(...names));
    const given = tools.map(({ name }) => name);
    expect(new Set(given).size).toBe(names.length);
    expect(given[2]).toBe("a_b");
    for (const name of given) expect(name).toMatch(/^[\w-]{1,64}$/);
    // The same in another order, and each calls its own.
    const turned = await mcpTools(listing(...names.toReversed()));
    expect(turned.map(({ name }) => name)).toEqual(given.toReversed());
    expect(await Promise.all(tools.map((tool) => tool.execute({}, context)))).toEqual(names.with(6, ""));
    const [one, other] = await Promise.all(["x", "y"].map((prefix) => mcpTools(listing(long), { prefix })));
    expect(one![0]!.name).not.toBe(other![0]!.name);
  });

  it("of two servers meet, unless one has a prefix", async () => {
    const client = await connect(createServer());
    const { hawser } = await script(["Hello."]);
    const ask = async (prefix?: string) => {
      const more = await mcpTools(client, prefix === undefined ? {} : { prefix });
      return runTools(hawser.chat.completions, {
        ...question,
        tools: [...(await mcpTools(client)), ...more],
      });
    };
    expect(await rejection(ask())).toMatchObject({ message: expect.stringMatching(/tide_at.*prefix/) });
    expect(await ask("other_")).toMatchObject({ reason: "done" });
  });

  it("have properties, without which servers of chat models refuse an object", async () => {
    const [fails] = Object.values(await toolsOf()).filter(({ name }) => name === "fails");
    expect(fails?.parameters).toMatchObject({ type: "object", properties: {} });
  });

  it("show images and sounds to a model that can see and hear them", async () => {
    const { mixed } = await toolsOf({ media: "attach" });
    expect(await mixed?.execute({}, context)).toEqual({
      parts: [
        { type: "text", text: "see\n[resource_link file:///map map]\ncalm\n[file:///bin]" },
        { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } },
      ],
    });
    const parts = [
      { type: "audio", data: "AA", mimeType: "audio/mpeg" },
      { type: "audio", data: "AA", mimeType: "audio/wav" },
      { type: "audio", data: "AA", mimeType: "audio/ogg" },
      { type: "resource", resource: { uri: "a:b", blob: "AA", mimeType: "image/webp" } },
    ];
    const client: McpClient = {
      listTools: async () => ({ tools: [{ name: "a", inputSchema: {} }] }),
      callTool: async () => ({ content: parts }),
    };
    const [tool] = await mcpTools(client, { media: "attach" });
    expect(await tool?.execute({}, context)).toMatchObject({
      parts: [
        { type: "text", text: "[audio audio/ogg]" },
        { type: "input_audio", input_audio: { format: "mp3" } },
        { type: "input_audio", input_audio: { format: "wav" } },
        { type: "image_url", image_url: { url: "data:image/webp;base64,AA" } },
      ],
    });
  });
});

describe("tools served over MCP", () => {
  const pay = defineTool({
    name: "pay",
    parameters: z.object({ amount: z.number() }),
    needsApproval: true,
    execute: ({ amount }) => ({ paid: amount }),
  });

  it("are listed and called, arguments checked", async () => {
    const client = await connect(createMcpServer([weather], { name: "weather", version: "1" }));
    const { tools } = await client.listTools();
    expect(tools).toMatchObject([
      {
        name: "weather",
        description: "Tells the weather of a city.",
        inputSchema: { type: "object", required: ["city"] },
      },
    ]);
    const call = (args: Record<string, unknown>, name = "weather") =>
      client.callTool({ name, arguments: args });
    expect(await call({ city: "Oslo" })).toMatchObject({
      content: [{ type: "text", text: '{"city":"Oslo","sky":"rain"}' }],
      isError: false,
    });
    expect(await call({})).toMatchObject({
      content: [{ text: expect.stringMatching(/\/city/) }],
      isError: true,
    });
    expect(await call({}, "other")).toMatchObject({
      content: [{ text: expect.stringMatching(/no tool other/) }],
      isError: true,
    });
  });

  it("that need approval are turned down, unless somebody can be asked", async () => {
    const call = { name: "pay", arguments: { amount: 3 } };
    const server = { name: "pay", version: "1" };
    const nobody = await connect(createMcpServer([pay], server));
    expect(await nobody.callTool(call)).toMatchObject({
      isError: true,
      content: [{ text: expect.stringMatching(/nobody to ask/) }],
    });
    const somebody = await connect(
      createMcpServer([pay], { ...server, approve: ({ input }) => (input as { amount: number }).amount < 5 }),
    );
    expect(await somebody.callTool(call)).toMatchObject({
      isError: false,
      content: [{ text: '{"paid":3}' }],
    });
    const much = { name: "pay", arguments: { amount: 9 } };
    expect(await somebody.callTool(much)).toMatchObject({
      isError: true,
      content: [{ text: "The user denied this call." }],
    });
  });

  it("may take free text, which stands in a member, and show images", async () => {
    const echo = defineCustomTool({
      name: "echo",
      execute: (text) =>
        toolContent([
          { type: "text", text },
          { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } },
          { type: "image_url", image_url: { url: "https://example.com/a.png" } },
          { type: "input_audio", input_audio: { data: "AA", format: "wav" } },
        ]),
    });
    const client = await connect(createMcpServer([echo], { name: "echo", version: "1" }));
    const { tools } = await client.listTools();
    expect(tools[0]?.inputSchema).toMatchObject({
      properties: { input: { type: "string" } },
      required: ["input"],
    });
    const call = (input: unknown) => client.callTool({ name: "echo", arguments: { input } });
    expect(await call("ahoy")).toMatchObject({
      isError: false,
      content: [
        { type: "text", text: "ahoy" },
        { type: "image", data: "AAAA", mimeType: "image/png" },
        { type: "resource_link", uri: "https://example.com/a.png" },
        { type: "audio", data: "AA", mimeType: "audio/wav" },
      ],
    });
    expect(await call(3)).toMatchObject({ isError: true });
  });

  it("come back as they went, through an MCP client", async () => {
    const client = await connect(createMcpServer([weather], { name: "weather", version: "1" }));
    const { hawser, model } = await script([
      { toolCalls: [{ name: "weather", arguments: { city: "Oslo" } }] },
      "Wet.",
    ]);
    await runTools(hawser.chat.completions, { ...question, tools: await mcpTools(client) });
    expect(sentMessages(model, 1).at(-1)?.content).toBe('{"city":"Oslo","sky":"rain"}');
  });
});

describe("servers that mean no good", () => {
  const listing = (list: McpClient["listTools"]): McpClient => ({
    listTools: list,
    callTool: async () => ({ isError: true, content: [{ type: "text", text: "no ".repeat(100_000) }] }),
  });

  it("have no list of tools without an end", async () => {
    const client = listing(async () => ({ tools: [], nextCursor: "again" }));
    expect(await rejection(mcpTools(client))).toMatchObject({
      message: expect.stringMatching(/begins anew/),
    });
  });

  it("fill no conversation with an error", async () => {
    const [tool] = await mcpTools(listing(async () => ({ tools: [{ name: "a", inputSchema: {} }] })));
    const error = await rejection(Promise.resolve(tool!.execute({}, context)));
    expect((error as Error).message.length).toBeLessThan(5_000);
  });
});

it("two tools of one name can't be served", () => {
  expect(() => createMcpServer([weather, weather], { name: "a", version: "1" })).toThrow(
    /Two tools have the name weather/,
  );
});
