import type { ChatCompletionChunk, ChatCompletionDelta } from "../chat-types.ts";

/** Splits inline thinking off the content of one stream (Q36). */
export interface ThinkingSplitter {
  /** Splits the texts of a chunk, in place. What may be the beginning of a tag is kept for the next one. */
  split(chunk: ChatCompletionChunk): void;
  /** Whether all further content of that choice stays as it is. */
  isDone(choice: number): boolean;
  /** What is still kept of each choice when the stream is over. */
  flush(): ChatCompletionChunk | undefined;
}

const openingTag = "<think>";
const closingTag = "</think>";

/** How many characters at the end of the text may be the beginning of the tag. */
function tagBeginning(text: string, tag: string): number {
  let length = Math.min(tag.length - 1, text.length);
  while (length > 0 && !tag.startsWith(text.slice(-length))) length -= 1;
  return length;
}

interface ChoiceState {
  /** Where the text is: before its first word, in the thinking, in an answer without a tag so far, behind all tags. */
  part: "start" | "thinking" | "untagged" | "done";
  /** White space before the first word. Kept apart, so that there may be much of it. */
  space: string;
  /** Text that may be the beginning of a tag. */
  kept: string;
}

function isKeeping({ space, kept }: ChoiceState): boolean {
  return space !== "" || kept !== "";
}

/** What a piece of text was found to be. */
interface Split {
  readonly reasoning?: string;
  readonly content?: string;
  /** A closing tag came that nothing had opened. */
  readonly isUnopened?: boolean;
}

/** Takes a piece of text, and says what it is. `isLast` tells that nothing follows which could complete a tag. */
function splitPiece(state: ChoiceState, piece: string, isLast: boolean): Split {
  let text = state.kept + piece;
  state.kept = "";
  if (state.part === "start") {
    const words = text.trimStart();
    state.space += text.slice(0, text.length - words.length);
    if (!isLast && openingTag.startsWith(words)) {
      state.kept = words;
      return {};
    }
    state.part = words.startsWith(openingTag) ? "thinking" : "untagged";
    text = state.part === "thinking" ? words.slice(openingTag.length) : state.space + words;
    state.space = "";
  }
  const isUntagged = state.part === "untagged";
  const close = text.indexOf(closingTag);
  const open = isUntagged ? text.indexOf(openingTag) : -1;
  if (open !== -1 && (close === -1 || open < close)) {
    // Whoever opens a tag in the midst of an answer writes about tags.
    state.part = "done";
    return { content: text };
  }
  if (close !== -1) {
    state.part = "done";
    const content = text.slice(close + closingTag.length);
    return { reasoning: text.slice(0, close), content, isUnopened: isUntagged };
  }
  const kept = isLast ? 0 : Math.max(tagBeginning(text, closingTag), tagBeginning(text, openingTag));
  state.kept = text.slice(text.length - kept);
  const certain = text.slice(0, text.length - kept);
  return isUntagged ? { content: certain } : { reasoning: certain };
}

/** Takes the content of a delta, and puts what it is into it. */
function splitDelta(state: ChoiceState, delta: ChatCompletionDelta, isLast: boolean): void {
  const { reasoning, content, isUnopened } = splitPiece(state, delta.content ?? "", isLast);
  // The opening tag may have been part of the prompt: then all until here was thinking.
  if (isUnopened) delta.content_was_reasoning = true;
  if (reasoning) delta.reasoning_content = (delta.reasoning_content ?? "") + reasoning;
  delta.content = content || null;
}

/** @param isOpened whether the prompt has opened the tag, so that every answer begins with thinking. */
export function createThinkingSplitter(isOpened: boolean): ThinkingSplitter {
  const choices = new Map<number, ChoiceState>();

  function stateOf(index: number): ChoiceState {
    let state = choices.get(index);
    if (state === undefined) {
      state = { part: isOpened ? "thinking" : "start", space: "", kept: "" };
      choices.set(index, state);
    }
    return state;
  }

  return {
    split({ choices: list }) {
      for (const { index, delta, finish_reason } of list) {
        const state = stateOf(index);
        const isLast = finish_reason !== null;
        if (state.part !== "done" && (delta.content || (isLast && isKeeping(state)))) {
          splitDelta(state, delta, isLast);
        }
      }
    },

    isDone: (choice) => stateOf(choice).part === "done",

    flush() {
      const list: ChatCompletionChunk["choices"] = [];
      for (const [index, state] of choices) {
        if (!isKeeping(state)) continue;
        const delta: ChatCompletionDelta = {};
        splitDelta(state, delta, true);
        list.push({ index, delta, finish_reason: null });
      }
      return list.length === 0 ? undefined : { choices: list };
    },
  };
}
