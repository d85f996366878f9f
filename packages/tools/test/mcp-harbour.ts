import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";

/** Is told what becomes of a call that hangs. */
export type Tell = (word: "hanging" | "cancelled") => void;

/** A call that hangs until it is cancelled, and is not answered then either. */
export function hang(signal: AbortSignal, tell: Tell): Promise<never> {
  signal.addEventListener("abort", () => tell("cancelled"));
  tell("hanging");
  return new Promise(() => {});
}

/** What a server of the SDK's own making is told to do when a tool is to end its process or its connection. */
export interface HarbourOptions {
  readonly die: () => void;
  /** Is told that a call hangs, and that it was cancelled. */
  readonly tell: Tell;
}

/** A server of the SDK's own making, whose tools do what servers do to their clients. */
export function createHarbour({ die, tell }: HarbourOptions): McpServer {
  const server = new McpServer({ name: "harbour", version: "1" });
  const text = (words: string) => ({ content: [{ type: "text" as const, text: words }] });
  server.registerTool(
    "tide.at",
    { description: "Tells the tide.", inputSchema: { port: z.string() } },
    ({ port }) => text(`high in ${port}`),
  );
  server.registerTool("hang", {}, ({ signal }) => hang(signal, tell));
  server.registerTool("die", {}, () => {
    die();
    return new Promise<never>(() => {});
  });
  // When the answer has begun.
  server.registerTool("die_later", {}, () => {
    setTimeout(die, 100);
    return new Promise<never>(() => {});
  });
  server.registerTool("fails", {}, () => ({ ...text("aground"), isError: true }));
  server.registerTool("throws", {}, () => {
    throw new Error("no water");
  });
  server.registerTool("counts", { outputSchema: { ships: z.number() } }, () => ({
    content: [],
    structuredContent: { ships: 3 },
  }));
  server.registerTool("grows", {}, () => {
    server.registerTool("berth", {}, () => text("berth 7"));
    return text("There is a tool more.");
  });
  return server;
}
