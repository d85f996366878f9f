import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";

/** A program as a browser gets it: which modules it is made of, and how large it is, compressed. */
async function bundle(contents: string): Promise<{ modules: string; size: number }> {
  // For browsers: anything that only Node has would break the build.
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: join(import.meta.dirname, "..") },
    metafile: true,
    write: false,
    minify: true,
    bundle: true,
    conditions: ["hawser-source"],
    platform: "browser",
    format: "esm",
  });
  const [output] = Object.values(metafile.outputs);
  const used = Object.entries(output!.inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  return {
    modules: used.map(([name]) => name).join("\n"),
    size: gzipSync(outputFiles[0]!.contents, { level: 9 }).length,
  };
}

const client = `import { createChatCompletion, createClient } from "@hawser/inference/runcrate/operations";
export const ask = (body) => createChatCompletion(createClient(), body);`;

const withClient = (names: string): string => `${client} export { ${names} } from "./src/index.ts";`;

describe("a bundle", () => {
  it("has neither the validator nor MCP nor structured output when it has only the loop", async () => {
    const { modules } = await bundle(withClient("defineTool, resumeTools, runTools"));
    expect(modules).toContain("src/run/tool-loop.ts");
    expect(modules).not.toMatch(/cfworker|modelcontextprotocol|src\/(mcp|output)\//);
  });

  it("has the validator when it has a plain JSON Schema, and output without the loop", async () => {
    expect((await bundle(withClient("defineTool, jsonSchema"))).modules).toMatch(/cfworker/);
    expect((await bundle(withClient("parse"))).modules).not.toMatch(/src\/run\/(tool-loop|take-step)/);
  });

  it("grows by at most 10.5 kB with the loop, and 13 kB with structured output too, compressed", async () => {
    const { size: before } = await bundle(client);
    expect((await bundle(withClient("defineTool, runTools"))).size - before).toBeLessThan(10_500);
    const all = await bundle(withClient("defineTool, parse, parseStream, resumeTools, runTools"));
    expect(all.size - before).toBeLessThan(13_000);
  });
});
