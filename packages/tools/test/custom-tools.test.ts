import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Runcrate } from "@hawser/inference/runcrate";
import OpenAI from "openai";
import { describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { defineCustomTool, defineTool, resumeTools, runTools, type Tool } from "../src/index.ts";
import { eventsOf, question, rejection } from "./support.ts";

type Json = Record<string, unknown>;

/** A delta of a stream as bytes of an event stream. */
function frame(delta: Json, finishReason: string | null = null): string {
  const choices = [{ index: 0, delta, finish_reason: finishReason }];
  return `data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", created: 1, model: "any", choices })}\n\n`;
}

/** Pieces of a call of a custom tool, as OpenAI streams them. */
function pieces(index: number, id: string, name: string, input: readonly string[]): string[] {
  const begin = { index, id, type: "custom", custom: { name, input: "" } };
  const more = input.map((piece) => ({ index, custom: { input: piece } }));
  return [begin, ...more].map((call) => frame({ tool_calls: [call] }));
}

const words = (text: string): string[] => [frame({ role: "assistant", content: text }), frame({}, "stop")];

/** A server that answers with these pieces, one answer for each request, and clients of both kinds for it. */
async function serve(...answers: (readonly string[] | Json)[]) {
  const requests: Json[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const piece of request) body += String(piece);
    requests.push(JSON.parse(body) as Json);
    const answer = answers[requests.length - 1];
    if (Array.isArray(answer)) {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.end(`${answer.join("")}data: [DONE]\n\n`);
    } else {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify(answer));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const access = {
    apiKey: "any",
    baseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    maxRetries: 0,
  };
  return { requests, hawser: new Runcrate(access).chat, openai: new OpenAI(access).chat };
}

const format = {
  type: "grammar",
  grammar: { syntax: "regex", definition: "[a-z]+( -?[a-z]+)*" },
} as const;

function createShell(options: { needsApproval?: boolean } = {}) {
  const commands: string[] = [];
  const keys: string[] = [];
  const shell = defineCustomTool({
    name: "shell",
    description: "Runs a command.",
    format,
    ...options,
    execute(command, { idempotencyKey }) {
      commands.push(command);
      keys.push(idempotencyKey);
      return `ran ${command}`;
    },
  });
  return { shell, commands, keys };
}

const last = (requests: readonly Json[], count: number): unknown =>
  (requests.at(-1)!.messages as unknown[]).slice(-count);

describe.each(["hawser", "openai"] as const)("through the client of %s, a custom tool", (name) => {
  it("is declared, run with its text, and replayed as it came", async () => {
    const clients = await serve(
      [
        ...pieces(0, "a", "shell", ["ls", " -l"]),
        ...pieces(1, "b", "shell", ["pwd"]),
        frame({}, "tool_calls"),
      ],
      words("Done."),
    );
    const { shell, commands } = createShell();
    const { completions } = clients[name] as typeof clients.hawser;
    const run = runTools(completions, { ...question, tools: [shell], stream: true });
    const events = await eventsOf(run);
    expect(await run).toMatchObject({ reason: "done", text: "Done." });
    expect(commands).toEqual(["ls -l", "pwd"]);
    expect(clients.requests[0]!.tools).toEqual([
      { type: "custom", custom: { name: "shell", description: "Runs a command.", format } },
    ]);
    expect(last(clients.requests, 3)).toEqual([
      {
        role: "assistant",
        content: null,
        tool_calls: [
          { id: "a", type: "custom", custom: { name: "shell", input: "ls -l" } },
          { id: "b", type: "custom", custom: { name: "shell", input: "pwd" } },
        ],
      },
      { role: "tool", tool_call_id: "a", content: "ran ls -l" },
      { role: "tool", tool_call_id: "b", content: "ran pwd" },
    ]);
    const deltas = events.filter((event) => event.type === "tool_call.delta" && event.index === 0);
    expect(deltas).toMatchObject([
      { kind: "custom", name: "shell", delta: "ls" },
      { kind: "custom", delta: " -l", partial: "ls -l" },
    ]);
    expect(events.find(({ type }) => type === "tool_call.done")).toMatchObject({
      kind: "custom",
      arguments: "ls -l",
      complete: true,
    });
    expect(events.find(({ type }) => type === "tool.done")).toMatchObject({
      call: { kind: "custom", name: "shell", arguments: "ls -l", input: "ls -l" },
    });
  });

  it("is run from a whole answer too, also with an empty text", async () => {
    const call = { id: "a", type: "custom", custom: { name: "shell", input: "" } };
    const message = { role: "assistant", content: null, tool_calls: [call] };
    const answer = (said: Json) => ({
      id: "c",
      object: "chat.completion",
      created: 1,
      model: "any",
      choices: [{ index: 0, message: said, finish_reason: "tool_calls" }],
    });
    const clients = await serve(answer(message), answer({ role: "assistant", content: "Done." }));
    const { shell, commands } = createShell();
    const { completions } = clients[name] as typeof clients.hawser;
    await runTools(completions, { ...question, tools: [shell] });
    expect(commands).toEqual([""]);
    expect(last(clients.requests, 2)).toEqual([
      message,
      { role: "tool", tool_call_id: "a", content: "ran " },
    ]);
  });
});

const once = (...input: string[]): string[] => [...pieces(0, "a", "shell", input), frame({}, "tool_calls")];

describe("a call of a custom tool", () => {
  it("waits for a person, and is run from JSON, once under one key, with other text if they like", async () => {
    const { hawser, requests } = await serve(once("rm", " -r"), words("Done."), words("Done."));
    const { shell, commands, keys } = createShell({ needsApproval: true });
    const options = { model: "any", tools: [shell], stream: true };
    const paused = await runTools(hawser.completions, { ...question, ...options });
    expect(paused.pending).toEqual([{ id: "a", name: "shell", kind: "custom", arguments: "rm -r" }]);
    const state = JSON.parse(JSON.stringify(paused.state)) as NonNullable<typeof paused.state>;
    await resumeTools(hawser.completions, state, { a: true }, options);
    const changed = { a: { approve: true, arguments: "rm -i" } } as const;
    await resumeTools(hawser.completions, state, changed, options);
    expect(commands).toEqual(["rm -r", "rm -i"]);
    expect(new Set(keys).size).toBe(1);
    expect(last(requests, 2)).toMatchObject([
      { tool_calls: [{ type: "custom", custom: { name: "shell", input: "rm -i" } }] },
      { role: "tool", content: "ran rm -i" },
    ]);
    const wrong = { a: { approve: true, arguments: { command: "ls" } } } as const;
    expect(await rejection(resumeTools(hawser.completions, state, wrong, options))).toMatchObject({
      message: expect.stringMatching(/call a have to be text/),
    });
  });

  it("that was cut off is not run", async () => {
    const { hawser } = await serve([...pieces(0, "a", "shell", ["rm -r /tmp"]), frame({}, "length")]);
    const { shell, commands } = createShell();
    const result = await runTools(hawser.completions, { ...question, tools: [shell], stream: true });
    expect(result).toMatchObject({ reason: "length", steps: [{ calls: [{ status: "failed" }] }] });
    expect(commands).toEqual([]);
  });

  it("takes too long", async () => {
    const { hawser } = await serve(once("sleep"), words("Done."));
    const slow = defineCustomTool({ name: "shell", execute: () => new Promise<never>(() => {}) });
    const result = await runTools(hawser.completions, {
      ...question,
      tools: [slow],
      stream: true,
      toolTimeout: 10,
    });
    expect(result.steps[0]?.calls[0]?.content).toBe("The tool shell did not finish within 10 ms.");
  });

  it("that comes as a function's is told to the model instead of being run with JSON, unless it is mended", async () => {
    const call = {
      index: 0,
      id: "a",
      type: "function",
      function: { name: "shell", arguments: '{"input":"ls"}' },
    };
    const answer = [frame({ tool_calls: [call] }), frame({}, "tool_calls")];
    const { hawser } = await serve(answer, words("Sorry."), answer, words("Done."));
    const { shell, commands } = createShell();
    const options = { ...question, tools: [shell], stream: true };
    const told = await runTools(hawser.completions, options);
    expect(told.steps[0]?.calls[0]).toMatchObject({
      status: "failed",
      content: expect.stringMatching(/shell is a custom tool/),
    });
    const repairCall = ({ arguments: text }: { arguments: string }) =>
      (JSON.parse(text) as { input: string }).input;
    await runTools(hawser.completions, { ...options, repairCall });
    expect(commands).toEqual(["ls"]);
  });

  it("lets the calls before it start early, and is itself started when the answer is whole", async () => {
    const order: string[] = [];
    const look = defineTool({
      name: "look",
      parameters: z.object({ at: z.string() }),
      execute: ({ at }) => order.push(at),
    });
    const shell = defineCustomTool({ name: "shell", execute: (text) => order.push(text) });
    const called = {
      index: 0,
      id: "f",
      type: "function",
      function: { name: "look", arguments: '{"at":"sky"}' },
    };
    const { hawser } = await serve(
      [frame({ tool_calls: [called] }), ...pieces(1, "a", "shell", ["l", "s"]), frame({}, "tool_calls")],
      words("Done."),
    );
    const tools: Tool[] = [look, shell];
    const run = runTools(hawser.completions, { ...question, tools, stream: true, startEarly: true });
    const types = (await eventsOf(run)).map((event) =>
      event.type === "tool.start" ? event.call.name : event.type,
    );
    expect(order).toEqual(["sky", "ls"]);
    expect(types.indexOf("look")).toBeLessThan(types.indexOf("tool_call.done"));
    expect(types.indexOf("shell")).toBeGreaterThan(types.lastIndexOf("tool_call.done"));
  });
});

describe("a stream whose calls of custom tools have", () => {
  const custom = (name: string, input: string) => ({ type: "custom", custom: { name, input } });
  const more = (input: string) => ({ custom: { input } });
  const whole = { index: 1, id: "b", ...custom("shell", "pwd") };

  it.each<[string, Json[][]]>([
    ["no type", [[{ index: 0, id: "a", custom: { name: "shell", input: "ls" } }], [whole]]],
    ["no index", [[{ id: "a", ...custom("shell", "l") }], [more("s")], [{ ...whole, index: undefined }]]],
    ["one index", [[{ index: 0, id: "a", ...custom("shell", "ls") }], [{ ...whole, index: 0 }]]],
    [
      "late ids",
      [[{ index: 0, ...custom("", "l") }], [{ index: 0, id: "a", ...custom("shell", "s") }], [whole]],
    ],
    [
      "pieces that alternate",
      [
        [
          { index: 0, id: "a", ...custom("shell", "l") },
          { index: 1, id: "b", ...custom("shell", "p") },
        ],
        [
          { index: 1, ...more("wd") },
          { index: 0, ...more("s") },
        ],
      ],
    ],
  ])("%s gives the calls the model made", async (_, deltas) => {
    const frames = deltas.map((calls) => frame({ tool_calls: calls }));
    const { hawser, requests } = await serve([...frames, frame({}, "tool_calls")], words("Done."));
    const { shell, commands } = createShell();
    await runTools(hawser.completions, { ...question, tools: [shell], stream: true });
    expect(commands).toEqual(["ls", "pwd"]);
    expect(last(requests, 3)).toMatchObject([
      {
        tool_calls: [
          { id: "a", custom: { input: "ls" } },
          { id: "b", custom: { input: "pwd" } },
        ],
      },
      { tool_call_id: "a" },
      { tool_call_id: "b" },
    ]);
  });

  it("text that is repeated JSON give all of it", async () => {
    const { hawser } = await serve(
      [...pieces(0, "a", "shell", ["{}", "{}"]), frame({}, "stop")],
      words("Done."),
    );
    const { shell, commands } = createShell();
    await runTools(hawser.completions, { ...question, tools: [shell], stream: true });
    expect(commands).toEqual(["{}{}"]);
  });
});

it("a custom tool has a name like any other", () => {
  expect(() => defineCustomTool({ name: "a b", execute: () => "" })).toThrow(/letters, digits/);
});
