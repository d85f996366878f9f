import type { ChatCompletion, ChatCompletionChunk, CompletionUsage } from "../chat-types.ts";
import type { JsonObject } from "../json.ts";
import { replaceMember } from "./accumulate.ts";
import { type ChoiceBuilder, createChoiceBuilder } from "./choice-builder.ts";

/** Joins the chunks of a stream to the completion they are pieces of. */
export interface CompletionBuilder {
  add(chunk: ChatCompletionChunk): void;
  /** The completion so far. `isOver` tells that the stream came to its end. */
  build(isOver: boolean): ChatCompletion;
}

/**
 * A builder for one stream of chunks. Text and arguments are joined, the last usage that is not `null` holds, and of
 * other members of a chunk or a choice the last one holds. `obfuscation` is padding and left out.
 */
export function createCompletionBuilder(): CompletionBuilder {
  const choices = new Map<number, ChoiceBuilder>();
  const others: JsonObject = {};
  let id = "";
  let model = "";
  let created = 0;
  let usage: CompletionUsage | undefined;

  function choiceAt(index: number): ChoiceBuilder {
    let choice = choices.get(index);
    if (choice === undefined) {
      choice = createChoiceBuilder(index);
      choices.set(index, choice);
    }
    return choice;
  }

  return {
    add(chunk) {
      for (const name of Object.keys(chunk)) {
        if (name === "choices") for (const choice of chunk.choices) choiceAt(choice.index).add(choice);
        else if (name === "id") id ||= chunk.id ?? "";
        else if (name === "model") model ||= chunk.model ?? "";
        else if (name === "created") created ||= chunk.created ?? 0;
        else if (name === "usage") usage = chunk.usage ?? usage;
        else if (name !== "object" && name !== "obfuscation") {
          replaceMember(others, name, (chunk as unknown as JsonObject)[name]);
        }
      }
    },

    build(isOver) {
      return {
        ...others,
        id,
        object: "chat.completion",
        created,
        model,
        choices: [...choices].sort(([a], [b]) => a - b).map(([, choice]) => choice.build(isOver)),
        ...(usage === undefined ? {} : { usage }),
      };
    },
  };
}
