import { APIPromise } from "./api-promise.ts";
import { InvalidRequestError } from "./errors.ts";
import { checkOptions, type OptionNames } from "./known-options.ts";

/** One page of a list. */
export interface Page<Item, Body = unknown> {
  readonly items: Item[];
  /** The whole answer, with what stands beside the items. */
  readonly body: Body;
  /** Number of items of all pages, where the server says it. */
  readonly total: number | undefined;
  /** Whether there may be another page. */
  readonly hasNext: boolean;
  /**
   * Asks for the page after this one; undefined when there is none. Each call is a request of its own, so a page that
   * failed can be asked for again.
   */
  next(): Promise<Page<Item, Body> | undefined>;
}

/** How many items `toArray` collects at most. */
export interface ToArrayOptions {
  /** Default: all. Once it is reached, no further page is asked for. */
  readonly limit?: number | undefined;
}

/**
 * A list to come. `await` gives its first page; iterating it gives the items of all pages, each page asked for when the
 * items before it were taken. The first page's request is already on its way; it is asked for once, however often the
 * list is gone through.
 */
export class PagePromise<Item, Body = unknown, Errors = unknown>
  extends APIPromise<Page<Item, Body>, Errors, Body>
  implements AsyncIterable<Item>
{
  override readonly [Symbol.toStringTag] = "PagePromise";

  constructor(
    call: APIPromise<unknown, Errors, Body>,
    toPage: (body: Body, response: Response) => Page<Item, Body>,
  ) {
    super(call, async () => {
      const { body, response } = await call.withResponse();
      return { data: toPage(body, response), body };
    });
  }

  /**
   * The items of all pages, one by one. Leaving the loop ends it: no further page is asked for.
   *
   * @throws what asking for a page throws, after the items of the pages before it.
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    for await (const page of this.pages()) yield* page.items;
  }

  /** The pages, one by one. A list without items has one, empty page. */
  async *pages(): AsyncGenerator<Page<Item, Body>, void, undefined> {
    let page: Page<Item, Body> | undefined = await this;
    while (page !== undefined) {
      yield page;
      page = await page.next();
    }
  }

  /**
   * The items of all pages, or as many of them as wanted.
   *
   * @throws InvalidRequestError when the limit is no whole number from 0 up; what asking for a page throws.
   */
  async toArray(options: ToArrayOptions = {}): Promise<Item[]> {
    checkOptions("toArray", options, { limit: 1 } satisfies OptionNames<ToArrayOptions>);
    const { limit = Number.POSITIVE_INFINITY } = options;
    if (!(limit >= 0) || (Number.isFinite(limit) && !Number.isInteger(limit))) {
      throw new InvalidRequestError(
        `The limit of toArray is ${String(limit)}; it takes a whole number from 0 up.`,
      );
    }
    const items: Item[] = [];
    for await (const page of this.pages()) {
      for (const item of page.items.slice(0, limit - items.length)) items.push(item);
      if (items.length >= limit) break;
    }
    return items;
  }
}
