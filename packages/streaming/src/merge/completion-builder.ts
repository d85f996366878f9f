import type { ChatCompletion, ChatCompletionChunk } from "../chat-types.ts";
import type { JsonObject } from "../json.ts";
import { replaceMember } from "./accumulate.ts";
import { type ChoiceBuilder, createChoiceBuilder } from "./choice-builder.ts";

/** Joins the chunks of a stream to the completion they are pieces of. */
export interface CompletionBuilder {
  /** The completion so far: it grows in place. */
  readonly live: ChatCompletion;
  add(chunk: ChatCompletionChunk): void;
  /** A copy of the completion so far. `isOver` tells that the stream came to its end. */
  build(isOver: boolean): ChatCompletion;
}

/**
 * A builder for one stream of chunks. Text and arguments are joined, the last usage that is not `null` holds, and of
 * other members of a chunk or a choice the last one holds. `obfuscation` is padding and left out.
 */
export function createCompletionBuilder(): CompletionBuilder {
  const choices = new Map<number, ChoiceBuilder>();
  const live: ChatCompletion = { id: "", object: "chat.completion", created: 0, model: "", choices: [] };

  function choiceAt(index: number): ChoiceBuilder {
    let choice = choices.get(index);
    if (choice === undefined) {
      choice = createChoiceBuilder(index);
      choices.set(index, choice);
      live.choices.push(choice.live);
      live.choices.sort((a, b) => a.index - b.index);
    }
    return choice;
  }

  return {
    live,

    add(chunk) {
      for (const name of Object.keys(chunk)) {
        if (name === "choices") for (const choice of chunk.choices) choiceAt(choice.index).add(choice);
        else if (name === "id") live.id ||= chunk.id ?? "";
        else if (name === "model") live.model ||= chunk.model ?? "";
        else if (name === "created") live.created ||= chunk.created ?? 0;
        else if (name === "usage") {
          if (chunk.usage != null) live.usage = chunk.usage;
        } else if (name !== "object" && name !== "obfuscation") {
          replaceMember(live as unknown as JsonObject, name, (chunk as unknown as JsonObject)[name]);
        }
      }
    },

    build(isOver) {
      return { ...live, choices: live.choices.map(({ index }) => choiceAt(index).build(isOver)) };
    },
  };
}
