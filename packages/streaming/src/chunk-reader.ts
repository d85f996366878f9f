import type { ChatAnswer } from "./chat-answer.ts";
import type { ChatCompletionChunk, ChatCompletionChunkChoice } from "./chat-types.ts";
import {
  type ChunkTemplate,
  createChunkTemplate,
  findGrowingMember,
  type GrowingMember,
} from "./chunk-template.ts";
import type { Frame } from "./frame-parser.ts";
import { isJsonObject, type JsonObject } from "./json.ts";
import type { StreamOptions } from "./stream-options.ts";
import type { ChunkRepair } from "./tolerance/repair-chunk.ts";
import { createThinkingSplitter } from "./tolerance/split-thinking.ts";

/** Makes chunks of what came, and adds them to the answer. */
export interface ChunkReader {
  /** The chunk of a frame that is like the one before; `undefined` when it has to be parsed. */
  readAgain(frame: Frame): ChatCompletionChunk | undefined;
  /** The chunk of parsed data. Throws a `StreamError` when it can't be made one. */
  take(value: unknown, raw: string): ChatCompletionChunk;
  /** The stream is over: the chunk of what was still kept, if anything was. */
  flush(): ChatCompletionChunk | undefined;
}

/** For how many chunks at most nothing is learned, where what was learned is of no use. */
const longestPause = 64;

/** The reader of one stream. */
export function createChunkReader(
  tolerance: ChunkRepair,
  answer: ChatAnswer,
  splitThinking: StreamOptions["splitThinking"],
): ChunkReader {
  const thinking = splitThinking ? createThinkingSplitter(splitThinking === "opened") : undefined;
  let template: ChunkTemplate | undefined;
  let accept: (text: string, usage: JsonObject | undefined) => boolean = () => false;
  let hasHelped = false;
  let pause = 1;
  let pausedFor = 0;

  /** What a text is handed to that comes instead of that of a chunk: it changes the answer only. */
  function follow(
    { index, delta }: ChatCompletionChunkChoice,
    name: GrowingMember,
  ): (text: string) => boolean {
    if (name !== "arguments") {
      const text = answer.follow(index, name);
      return (piece) => {
        text.add(piece);
        return true;
      };
    }
    const call = delta.tool_calls![0]!.index;
    const repair = tolerance.followCall(index, call);
    const text = answer.followCall(index, call);
    return (piece) => {
      const isAccepted = repair(piece);
      if (isAccepted) text.add(piece);
      return isAccepted;
    };
  }

  /** Learns from a chunk that was read in full. */
  function learn(raw: string, chunk: ChatCompletionChunk, name: GrowingMember): void {
    // What begins something is repaired in a way that what continues it is not.
    if (findGrowingMember(chunk as unknown as JsonObject)?.name !== name) return;
    if (chunk.usage && !tolerance.countsRepeatedly()) return;
    template = createChunkTemplate(raw, name, chunk);
    const take = follow(chunk.choices[0]!, name);
    accept = (text, usage) => {
      const isTaken = take(text);
      if (isTaken && usage !== undefined) answer.count(usage);
      return isTaken;
    };
  }

  /** What was of no use is not tried again at once. */
  function rest(): void {
    pause = hasHelped ? 1 : Math.min(pause * 2, longestPause);
    pausedFor = 0;
    hasHelped = false;
  }

  return {
    readAgain({ data, event, origin }) {
      if (template === undefined || event !== undefined || origin !== undefined) return undefined;
      const chunk = template.read(data, accept);
      if (chunk !== undefined) {
        hasHelped = true;
        return chunk;
      }
      template = undefined;
      rest();
      return undefined;
    },

    take(value, raw) {
      pausedFor += 1;
      const isDue = pausedFor >= pause;
      const member = isDue && isJsonObject(value) ? findGrowingMember(value) : undefined;
      const chunk = tolerance.repair(value, raw);
      const isSplit = thinking !== undefined && !chunk.choices.every(({ index }) => thinking.isDone(index));
      thinking?.split(chunk);
      answer.add(chunk);
      template = undefined;
      if (member !== undefined && !isSplit) learn(raw, chunk, member.name);
      if (isDue && template === undefined) rest();
      return chunk;
    },

    flush() {
      const kept = thinking?.flush();
      if (kept !== undefined) answer.add(kept);
      return kept;
    },
  };
}
