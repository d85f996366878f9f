import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { ToolListChangedNotificationSchema } from "@modelcontextprotocol/sdk/types.js";
import { describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { defineTool, runTools, type Tool, ToolError } from "../src/index.ts";
import { createMcpServer, mcpTools } from "../src/mcp.ts";
import { createHarbour, hang, type Tell } from "./mcp-harbour.ts";
import { eventsOf, question, rejection, script, sentMessages } from "./support.ts";

interface Connected {
  readonly client: Client;
  /** Waits until the server says this of a call that hangs. */
  readonly told: Readonly<Record<Word, Promise<void>>>;
}

type Word = Parameters<Tell>[0];

/** What a server says, to be waited for. */
function listen(): { readonly tell: Tell; readonly told: Connected["told"] } {
  const words = new EventTarget();
  const wait = (word: Word) =>
    new Promise<void>((resolve) => words.addEventListener(word, () => resolve(), { once: true }));
  return {
    tell: (word) => words.dispatchEvent(new Event(word)),
    told: { hanging: wait("hanging"), cancelled: wait("cancelled") },
  };
}

async function connect(transport: Transport): Promise<Client> {
  const client = new Client({ name: "test", version: "1" });
  await client.connect(transport);
  onTestFinished(() => client.close());
  return client;
}

/** A child process that serves over standard input and output. */
async function overStdio(what: "harbour" | "tools"): Promise<Connected> {
  const program = join(import.meta.dirname, "mcp-harbour.program.ts");
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: ["--conditions=hawser-source", program, what],
    stderr: "pipe",
  });
  const { tell, told } = listen();
  transport.stderr?.on("data", (bytes: unknown) => {
    for (const word of ["hanging", "cancelled"] as const) if (String(bytes).includes(word)) tell(word);
  });
  return { client: await connect(transport), told };
}

/** A server on this machine that makes an MCP server for each session. */
async function serveHttp(create: (die: () => void) => McpServer): Promise<URL> {
  const sessions = new Map<string, StreamableHTTPServerTransport>();
  const die = (): void => http.closeAllConnections();
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const id = request.headers["mcp-session-id"];
    let session = typeof id === "string" ? sessions.get(id) : undefined;
    if (session === undefined) {
      const made = new StreamableHTTPServerTransport({
        sessionIdGenerator: () => randomUUID(),
        onsessioninitialized: (given) => void sessions.set(given, made),
      });
      await create(die).connect(made as Transport);
      session = made;
    }
    await session.handleRequest(request, response);
  }
  const http = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    http.closeAllConnections();
    http.close();
  });
  return new URL(`http://127.0.0.1:${(http.address() as AddressInfo).port}/mcp`);
}

async function overHttp(what: "harbour" | "tools"): Promise<Connected> {
  const { tell, told } = listen();
  const url = await serveHttp((die) =>
    what === "harbour" ? createHarbour({ die, tell }) : createMcpServer(ownTools(tell), own),
  );
  return { client: await connect(new StreamableHTTPClientTransport(url) as Transport), told };
}

const own = { name: "tools", version: "1" };

function ownTools(tell: Tell): Tool[] {
  const parameters = z.object({ text: z.string() });
  const echo = defineTool({ name: "echo", parameters, execute: ({ text }) => text });
  const fails = defineTool({
    name: "fails",
    execute: () => {
      throw new ToolError("aground");
    },
  });
  const hanging = defineTool({ name: "hang", execute: (_, { signal }) => hang(signal, tell) });
  return [echo, fails, hanging];
}

/** What the model is answered to calls of these tools, of one step each. */
async function answersTo(
  client: Client,
  names: readonly string[],
  timeouts: Readonly<Record<string, number>> = {},
): Promise<unknown[]> {
  const steps = names.map((name) => ({ toolCalls: [{ name, arguments: { port: "Bergen" } }] }));
  const { hawser } = await script([...steps, "Done."]);
  const listed = await mcpTools(client);
  const tools = listed.map((tool) => ({ ...tool, timeout: timeouts[tool.name] }));
  const result = await runTools(hawser.chat.completions, { ...question, tools });
  expect(result.reason).toBe("done");
  return result.steps.flatMap(({ calls }) => calls.map(({ status, content }) => [status, content]));
}

describe.each([
  ["stdio", overStdio],
  ["streamable HTTP", overHttp],
] as const)("over %s", (_, open) => {
  it("the tools of a server are called, and what they answer is told", async () => {
    const { client } = await open("harbour");
    expect(await answersTo(client, ["tide_at", "fails", "throws", "counts"])).toEqual([
      ["done", "high in Bergen"],
      ["failed", "aground"],
      ["failed", "no water"],
      ["done", '{"ships":3}'],
    ]);
  });

  it("a call that takes too long is told, and cancelled on the server; the next one works", async () => {
    const { client, told } = await open("harbour");
    expect(await answersTo(client, ["hang", "tide_at"], { hang: 500 })).toEqual([
      ["failed", "The tool hang did not finish within 500 ms."],
      ["done", "high in Bergen"],
    ]);
    await told.cancelled;
  });

  it("an abort of the run cancels the call on the server", async () => {
    const { client, told } = await open("harbour");
    const { hawser } = await script([{ toolCalls: [{ name: "hang" }] }]);
    const run = runTools(hawser.chat.completions, { ...question, tools: await mcpTools(client) });
    const reading = eventsOf(run);
    await told.hanging;
    run.abort();
    expect(await rejection(reading)).toMatchObject({ name: "AbortError" });
    await told.cancelled;
    expect(run.progress.messages.at(-1)).toMatchObject({ role: "tool" });
    expect((await client.listTools()).tools.length).toBeGreaterThan(0);
  });

  it("a list of tools that changed is read anew before the next step", async () => {
    const { client } = await open("harbour");
    const { hawser, model } = await script([
      { toolCalls: [{ name: "grows" }] },
      { toolCalls: [{ name: "berth" }] },
      "Done.",
    ]);
    const result = await runTools(hawser.chat.completions, {
      ...question,
      tools: [],
      prepareStep: async () => ({ tools: await mcpTools(client) }),
    });
    expect(result.steps[1]?.calls[0]).toMatchObject({ status: "done", content: "berth 7" });
    expect(sentMessages(model, 2).at(-1)?.content).toBe("berth 7");
  });

  it("tools of ours are served", async () => {
    const { client, told } = await open("tools");
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(["echo", "fails", "hang"]);
    const call = (name: string, args = {}) => client.callTool({ name, arguments: args });
    expect(await call("echo", { text: "ahoy" })).toEqual({
      content: [{ type: "text", text: "ahoy" }],
      isError: false,
    });
    expect(await call("fails")).toMatchObject({ isError: true, content: [{ text: "aground" }] });
    const controller = new AbortController();
    const hanging = client.callTool({ name: "hang" }, undefined, { signal: controller.signal });
    const ended = rejection(hanging);
    await told.hanging;
    controller.abort();
    expect(String(await ended)).toMatch(/abort/i);
    await told.cancelled;
    expect(await call("echo", { text: "on" })).toMatchObject({ isError: false });
  });
});

it("a list of tools is read anew only when the server says that it changed, over stdio", async () => {
  const { client } = await overStdio("harbour");
  let reads = 0;
  const read = (): Promise<Tool[]> => {
    reads += 1;
    return mcpTools(client);
  };
  let tools = read();
  client.setNotificationHandler(ToolListChangedNotificationSchema, () => {
    tools = read();
  });
  const { hawser } = await script([
    { toolCalls: [{ name: "tide_at", arguments: { port: "Bergen" } }] },
    { toolCalls: [{ name: "grows" }] },
    { toolCalls: [{ name: "berth" }] },
    "Done.",
  ]);
  const result = await runTools(hawser.chat.completions, {
    ...question,
    tools: [],
    prepareStep: async () => ({ tools: await tools }),
  });
  expect(result.steps[2]?.calls[0]).toMatchObject({ status: "done", content: "berth 7" });
  expect(reads).toBe(2);
});

describe("a server that dies during a call", () => {
  it("is told to the model, over stdio", async () => {
    const { client } = await overStdio("harbour");
    expect(await answersTo(client, ["die", "tide_at"])).toEqual([
      ["failed", expect.stringMatching(/^The tool die failed: .*closed/i)],
      ["failed", expect.stringMatching(/^The tool tide_at failed: .*(connected|closed)/i)],
    ]);
  });

  it("is told to the model, over streamable HTTP; once the answer has begun, when the time of the call is up", async () => {
    const { client } = await overHttp("harbour");
    expect(await answersTo(client, ["die", "die_later", "tide_at"], { die_later: 500 })).toEqual([
      ["failed", "The tool die failed: fetch failed"],
      ["failed", expect.stringMatching(/^The tool die_later (did not finish within 500 ms|failed: fetch)/)],
      ["done", "high in Bergen"],
    ]);
  });
});
