import type { AnswerKeeper } from "./answer-decoder.ts";
import { StreamError } from "./errors.ts";
import type { ItemReader } from "./item-reader.ts";
import { createPullIterator } from "./pull-iterator.ts";
import { StreamBase } from "./stream-base.ts";
import type { StreamEnd } from "./stream-options.ts";

/** What `finalCompletion`, `finalResponse` and `finalMessage` put up with. */
export interface FinalAnswerOptions {
  /** Gives what there is of a `truncated` answer instead of throwing. Default `false`. */
  readonly allowTruncated?: boolean | undefined;
}

/** A stream whose items are the pieces of one answer: a text that comes, and what it all makes in the end. */
export abstract class AnswerStream<Item, Answer> extends StreamBase<Item> {
  readonly #answer: AnswerKeeper<Item, Answer>;
  #reading: Promise<StreamEnd> | undefined;

  protected constructor(
    response: Response | undefined,
    answer: AnswerKeeper<Item, Answer>,
    reader: ItemReader<Item>,
  ) {
    super(response, reader);
    this.#answer = answer;
  }

  /**
   * The text of the answer (of a chat with several: of the first, `index` 0) as it comes, without empty pieces. It is
   * the one pass over the stream.
   */
  text(): AsyncGenerator<string, undefined, undefined> {
    const textOf = this.#answer.createTextReader();
    let items: AsyncGenerator<Item, undefined, undefined> | undefined;
    const pull = async (): Promise<IteratorResult<string, undefined>> => {
      items ??= this[Symbol.asyncIterator]();
      for (;;) {
        const result = await items.next();
        if (result.done) return result;
        const value = textOf(result.value);
        if (value !== "") return { done: false, value };
      }
    };
    // A generator function could not be left while it waits for the next item.
    return createPullIterator(pull, () => void items?.return(undefined));
  }

  /** Reads what is left, once however often it is asked for. */
  protected waitForEnd(): Promise<StreamEnd> {
    this.#reading ??= this.readToEnd();
    return this.#reading;
  }

  /** The whole answer. Throws the error the stream ended with, and a `StreamError` when it was truncated. */
  protected async finalAnswer(options: FinalAnswerOptions): Promise<Answer> {
    const end = await this.waitForEnd();
    if ("error" in end) throw end.error;
    if (end.reason === "truncated" && !options.allowTruncated) {
      throw new StreamError(`The body ended before the answer did: there was no ${this.#answer.ending}`, {
        reason: "truncated",
      });
    }
    return this.#answer.build(end.reason === "complete");
  }

  /** The answer as far as it has come. */
  protected currentAnswer(): Answer {
    return this.#answer.build(false);
  }
}
