import type { Decoder } from "./decoder.ts";

/** Keeps the answer that the items of a stream are the pieces of. */
export interface AnswerKeeper<Item, Answer> {
  /** The answer so far. `isOver` tells that the stream came to its end. */
  build(isOver: boolean): Answer;
  /** What reads the text of each item, in order. A new one for every pass. */
  createTextReader(): (item: Item) => string;
  /** What must have come for the answer to be whole, for a message: "there was no …". */
  readonly ending: string;
}

/** The decoder of a stream whose items are the pieces of one answer, which it also keeps. */
export interface AnswerDecoder<Item, Answer> extends Decoder<Item>, AnswerKeeper<Item, Answer> {}
