import { ChatCompletionStream, parseServerSentEvents } from "@hawser/streaming";
import { EventSourceParserStream } from "eventsource-parser/stream";
import OpenAI from "openai";
import { Stream } from "openai/streaming";
import type { Contestant } from "../contestant.ts";
import { type Chunk, textOf, textOfMessage } from "./consumer.ts";
import { readBody, readFloor } from "./floor.ts";
import { readWithAI } from "./read-with-ai.js";
import { createResponse, cutIntoReads, type Reads } from "./reads.ts";
import { createTranscript, type TranscriptKind } from "./transcripts.ts";

async function readEvents(response: Response): Promise<string> {
  let text = "";
  for await (const { data } of parseServerSentEvents(response.body!)) {
    if (data === "[DONE]") break;
    text += textOf(JSON.parse(data));
  }
  return text;
}

async function readChunks(response: Response): Promise<string> {
  let text = "";
  for await (const chunk of ChatCompletionStream.fromResponse<Chunk & { choices: object[] }>(response)) {
    text += textOf(chunk);
  }
  return text;
}

async function readCompletion(response: Response): Promise<string> {
  const completion = await ChatCompletionStream.fromResponse(response).finalCompletion();
  return textOfMessage(completion.choices[0]?.message);
}

async function readWithEventSourceParser(response: Response): Promise<string> {
  const events = response
    .body!.pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream());
  let text = "";
  for await (const { data } of events) {
    if (data === "[DONE]") break;
    text += textOf(JSON.parse(data));
  }
  return text;
}

async function readChunksWithOpenAI(response: Response): Promise<string> {
  let text = "";
  for await (const chunk of Stream.fromSSEResponse<Chunk>(response, new AbortController())) {
    text += textOf(chunk);
  }
  return text;
}

async function readCompletionWithOpenAI(response: Response): Promise<string> {
  const client = new OpenAI({ apiKey: "none", maxRetries: 0, fetch: async () => response });
  const stream = client.chat.completions.stream({
    model: "any",
    messages: [{ role: "user", content: "Hi" }],
  });
  const completion = await stream.finalChatCompletion();
  return textOfMessage(completion.choices[0]?.message);
}

/** What is read. */
export interface StreamWorkload {
  readonly kind: TranscriptKind;
  readonly reads: Reads;
  readonly chunks: number;
}

/** All who read the transcript, the floor first. */
export function createContestants({ kind, reads, chunks }: StreamWorkload): Contestant[] {
  const { bytes, text } = createTranscript(kind, chunks);
  const pieces = cutIntoReads(bytes, reads);
  const reader = (name: string, read: (response: Response) => Promise<string>): Contestant => ({
    name,
    run: () => read(createResponse(pieces)),
    expected: text,
  });
  return [
    reader("floor", readFloor),
    { name: "body only", run: () => readBody(createResponse(pieces)), expected: bytes.length },
    reader("hawser events", readEvents),
    reader("hawser chunks", readChunks),
    reader("hawser final", readCompletion),
    reader("eventsource-parser", readWithEventSourceParser),
    reader("openai chunks", readChunksWithOpenAI),
    // Of `reasoning_content`, which is none of its API's fields, openai's final message keeps the last piece only.
    ...(kind === "reasoning" ? [] : [reader("openai final", readCompletionWithOpenAI)]),
    reader("ai", readWithAI),
  ];
}
