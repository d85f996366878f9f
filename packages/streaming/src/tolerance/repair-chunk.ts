import type { ChatCompletionChunk } from "../chat-types.ts";
import { requireShallow } from "../depth.ts";
import { invalidData } from "../errors.ts";
import { isJsonObject, type JsonObject } from "../json.ts";
import { defaultMaxCount, requireFewer } from "../limits.ts";
import type { ReportQuirk } from "../quirk.ts";
import { createContentRepair } from "./content.ts";
import { repairChoice, repairEnvelope, unwrapCompletion } from "./envelope.ts";
import { createToolCallRepair } from "./tool-calls.ts";
import { createUsageRepair } from "./usage.ts";

/** The tolerance of chat streams: everything servers do differently is made right here, and nowhere after. */
export interface ChunkRepair {
  /**
   * Makes a chunk of what came, in place: `choices` is a list, each `delta` an object, `finish_reason` text or `null`,
   * the `index` of a tool call a number of its own. Members nobody knows stay. Throws a `StreamError` (`invalid-data`)
   * when it can't be made one.
   */
  repair(value: unknown, raw: string): ChatCompletionChunk;
  /** `follow` of the tool calls of a choice. */
  followCall(choice: number, index: number): (piece: string) => boolean;
  /** Whether the usage has come more than once. */
  countsRepeatedly(): boolean;
  /** Says what only shows at the end (Q17, Q18). */
  finish(): void;
  /** Whether every choice that was begun has its finish reason. */
  isWhole(): boolean;
}

/** How much one answer may be made of. */
export interface ChunkLimits {
  readonly maxChoices?: number | undefined;
  readonly maxToolCalls?: number | undefined;
}

interface ChoiceRepair {
  finishReason: string | null;
  readonly repairContent: ReturnType<typeof createContentRepair>;
  readonly toolCalls: ReturnType<typeof createToolCallRepair>;
}

/** The tolerance of one stream. */
export function createChunkRepair(report: ReportQuirk, limits: ChunkLimits = {}): ChunkRepair {
  const { maxChoices = defaultMaxCount, maxToolCalls = defaultMaxCount } = limits;
  const usage = createUsageRepair(report);
  const choices = new Map<number, ChoiceRepair>();

  function choiceAt(index: number): ChoiceRepair {
    let choice = choices.get(index);
    if (choice === undefined) {
      requireFewer("answers", choices.size, maxChoices, "maxChoices");
      choice = {
        finishReason: null,
        repairContent: createContentRepair(report),
        toolCalls: createToolCallRepair(report, maxToolCalls),
      };
      choices.set(index, choice);
    }
    return choice;
  }

  function repairOne(choice: JsonObject, position: number, raw: string): void {
    repairChoice(choice, position, report);
    const state = choiceAt(choice.index as number);
    const delta = choice.delta as JsonObject;
    state.repairContent(delta, position, raw);
    if (delta.tool_calls !== undefined && delta.tool_calls !== null) {
      state.toolCalls.repair(delta.tool_calls, position, raw);
    }
    if (choice.finish_reason !== null) state.finishReason = choice.finish_reason as string;
  }

  return {
    repair(value, raw) {
      if (!isJsonObject(value)) throw invalidData("A chunk is no object", raw);
      requireShallow("A chunk", value, raw);
      const chunk = unwrapCompletion(repairEnvelope(value, raw, report), choices.size === 0, report);
      usage.repair(chunk);
      const list = chunk.choices as unknown[];
      for (let position = 0; position < list.length; position++) {
        const choice = list[position];
        if (!isJsonObject(choice)) throw invalidData("A choice of a chunk is no object", raw);
        repairOne(choice, position, raw);
      }
      return chunk as unknown as ChatCompletionChunk;
    },

    countsRepeatedly: usage.isRepeated,
    followCall: (choice, index) => choiceAt(choice).toolCalls.follow(index),

    finish() {
      for (const [index, choice] of choices) choice.toolCalls.finish(choice.finishReason, index);
    },

    isWhole() {
      if (choices.size === 0) return false;
      for (const choice of choices.values()) if (choice.finishReason === null) return false;
      return true;
    },
  };
}
