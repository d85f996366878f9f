/** What is bundled: a program that uses so much, and how many bytes of it, compressed, may be too many. */
export interface SizedModule {
  readonly name: string;
  readonly source: string;
  /** Of this project's own: a larger bundle fails the tests. In bytes after gzip. */
  readonly ceiling?: number;
}

const loop = "for await (const item of items) console.log(item);";

/** The least programs that read a chat, ours first. */
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
    ceiling: 17_500,
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
    name: "openai chat.completions.stream",
    source: `import OpenAI from "openai"; const items = new OpenAI({ apiKey: "none" }).chat.completions.stream({ model: "any", messages: [] }); ${loop} console.log(await items.finalChatCompletion());`,
  },
  {
    name: "ai streamText",
    source: `import { createOpenAICompatible } from "@ai-sdk/openai-compatible"; import { streamText } from "ai"; const items = streamText({ model: createOpenAICompatible({ name: "any", baseURL: "/" }).chatModel("any"), prompt: "Hi" }).fullStream; ${loop}`,
  },
];
