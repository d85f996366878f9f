/** What is bundled: a program that uses so much, and how many bytes of it, compressed, would be too many. */
export interface SizedModule {
  readonly name: string;
  readonly source: string;
  /** Of this project's own: a larger bundle fails the tests. In bytes after gzip. */
  readonly ceiling?: number;
}

const loop = "for await (const item of items) console.log(item);";
const request = `{ model: "any", messages: [{ role: "user", content: "Hi" }], stream: true }`;
const toolRun = `{ model: "any", messages: [{ role: "user", content: "Hi" }], tools: [tool] }`;
const tool = `import { defineTool, runTools } from "@hawser/tools"; const tool = defineTool({ name: "any", execute: () => "Ahoy" });`;
const functions = `import { createChatCompletion, createClient } from "@hawser/inference/runcrate/operations"; const client = createClient();`;

/** The least programs that read a chat, ours first: a stream, a client that asks for one, and a run of tools. */
export const modules: readonly SizedModule[] = [
  {
    name: "hawser parseServerSentEvents",
    source: `import { parseServerSentEvents } from "@hawser/streaming"; const items = parseServerSentEvents((await fetch("/")).body); ${loop}`,
    ceiling: 2_600,
  },
  {
    name: "hawser readChunks, collectCompletion",
    source: `import { collectCompletion, readChunks } from "@hawser/streaming"; const items = readChunks((await fetch("/")).body); ${loop} console.log(await collectCompletion(items));`,
    ceiling: 5_120,
  },
  {
    name: "hawser ChatCompletionStream",
    source: `import { ChatCompletionStream } from "@hawser/streaming"; const items = ChatCompletionStream.fromResponse(await fetch("/")); ${loop} console.log(await items.finalCompletion());`,
    ceiling: 17_300,
  },
  {
    name: "hawser createChatCompletion",
    source: `${functions} const items = await createChatCompletion(client, ${request}); ${loop} console.log(await items.finalCompletion());`,
    ceiling: 37_500,
  },
  {
    name: "hawser Runcrate",
    source: `import { Runcrate } from "@hawser/inference/runcrate"; const items = await new Runcrate().chat.completions.create(${request}); ${loop} console.log(await items.finalCompletion());`,
    ceiling: 44_000,
  },
  {
    name: "hawser createChatCompletion, runTools",
    source: `${functions} ${tool} const create = (body, options) => createChatCompletion(client, body, options); console.log((await runTools({ create }, ${toolRun})).message);`,
    ceiling: 47_500,
  },
  {
    name: "hawser Runcrate, runTools",
    source: `import { Runcrate } from "@hawser/inference/runcrate"; ${tool} console.log((await runTools(new Runcrate().chat.completions, ${toolRun})).message);`,
    ceiling: 54_000,
  },
  {
    name: "eventsource-parser",
    source: `import { EventSourceParserStream } from "eventsource-parser/stream"; const items = (await fetch("/")).body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream()); ${loop}`,
  },
  {
    name: "openai Stream",
    source: `import { Stream } from "openai/streaming"; const items = Stream.fromSSEResponse(await fetch("/"), new AbortController()); ${loop}`,
  },
  {
    name: "openai chat.completions.create",
    source: `import OpenAI from "openai"; const items = await new OpenAI({ apiKey: "none" }).chat.completions.create(${request}); ${loop}`,
  },
  {
    name: "openai chat.completions.runTools",
    source: `import OpenAI from "openai"; const tool = { type: "function", function: { name: "any", parameters: {}, function: () => "Ahoy" } }; console.log(await new OpenAI({ apiKey: "none" }).chat.completions.runTools(${toolRun}).finalContent());`,
  },
  {
    name: "openai chat.completions.stream",
    source: `import OpenAI from "openai"; const items = new OpenAI({ apiKey: "none" }).chat.completions.stream({ model: "any", messages: [] }); ${loop} console.log(await items.finalChatCompletion());`,
  },
  {
    name: "ai streamText",
    source: `import { createOpenAICompatible } from "@ai-sdk/openai-compatible"; import { streamText } from "ai"; const items = streamText({ model: createOpenAICompatible({ name: "any", baseURL: "/" }).chatModel("any"), prompt: "Hi" }).fullStream; ${loop}`,
  },
];
