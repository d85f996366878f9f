import type {
  ChatCompletion,
  ChatCompletionChoice,
  ChatCompletionChunk,
  CompletionUsage,
} from "../chat-types.ts";
import type { JsonObject } from "../json.ts";
import { copyJson, replaceMember } from "./accumulate.ts";
import { type ChoiceBuilder, createChoiceBuilder, type TextName } from "./choice-builder.ts";
import type { GrowingText } from "./growing-text.ts";

/** Joins the chunks of a stream to the completion they are pieces of. */
export interface CompletionBuilder {
  /** The completion so far: one object, which grows in place whenever it is asked for. */
  live(): ChatCompletion;
  add(chunk: ChatCompletionChunk): void;
  /** Takes a usage, the last one so far. */
  count(usage: CompletionUsage): void;
  /** What takes further pieces of a text of a choice. */
  follow(choice: number, text: TextName): GrowingText;
  /** What takes further pieces of the arguments of a tool call. */
  followCall(choice: number, index: number): GrowingText;
  /** A copy of the completion so far. `isOver` tells that the stream came to its end. */
  build(isOver: boolean): ChatCompletion;
}

/** Makes arguments that never came `{}` (Q30), unless the answer was cut off before they could. */
function fillArguments({ finish_reason: reason, message }: ChatCompletionChoice): void {
  if (reason === "length") return;
  for (const call of message.tool_calls ?? []) {
    if (call.type === "function" && call.function.arguments.trim() === "") call.function.arguments = "{}";
  }
}

/**
 * A builder for one stream of chunks. Text and arguments are joined, the last usage that is not `null` holds, and of
 * other members of a chunk or a choice the last one holds. `obfuscation` is padding and left out.
 */
export function createCompletionBuilder(): CompletionBuilder {
  const choices = new Map<number, ChoiceBuilder>();
  const live: ChatCompletion = { id: "", object: "chat.completion", created: 0, model: "", choices: [] };

  const members = live as unknown as JsonObject;

  function choiceAt(index: number): ChoiceBuilder {
    let choice = choices.get(index);
    if (choice === undefined) {
      choice = createChoiceBuilder(index);
      choices.set(index, choice);
      live.choices.push(choice.live);
    }
    return choice;
  }

  function sync(): ChatCompletion {
    for (const choice of choices.values()) choice.sync();
    // Not with every choice that comes: there may be many in a chunk.
    if (choices.size > 1) live.choices.sort((a, b) => a.index - b.index);
    return live;
  }

  return {
    live: sync,
    count: (usage) => replaceMember(members, "usage", usage),
    follow: (choice, text) => choiceAt(choice).follow(text),
    followCall: (choice, index) => choiceAt(choice).followCall(index),

    add(chunk) {
      // Not `Object.keys`, which takes several times as long: what comes from JSON inherits nothing that shows here.
      for (const name in chunk) {
        if (name === "choices") for (const choice of chunk.choices ?? []) choiceAt(choice.index).add(choice);
        else if (name === "id" || name === "model" || name === "created") {
          // The first that says something holds.
          members[name] ||= chunk[name] ?? members[name];
        } else if (name !== "object" && name !== "obfuscation") {
          replaceMember(members, name, (chunk as unknown as JsonObject)[name]);
        }
      }
    },

    build(isOver) {
      const copy = copyJson(sync());
      if (isOver) for (const choice of copy.choices) fillArguments(choice);
      return copy;
    },
  };
}
