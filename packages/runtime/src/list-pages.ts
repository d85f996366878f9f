import type { WithResponse } from "./api-promise.ts";
import type { Client } from "./client.ts";
import { optionsOf } from "./client-settings.ts";
import { readPointer } from "./json-pointer.ts";
import { firstPosition, followingPage, type PagePosition, readTotal } from "./next-page.ts";
import type { Operation, OperationInput, PagePlan } from "./operation.ts";
import type { RequestOptions } from "./options.ts";
import { type Page, PagePromise } from "./page-promise.ts";
import { chooseReading } from "./stream-reading.ts";
import { unexpectedAnswer } from "./unexpected-answer.ts";

/** A list that is being read: what the pages have in common. */
interface Listing<Body> {
  readonly operation: Operation;
  readonly plan: PagePlan;
  ask(position: PagePosition): Promise<WithResponse<unknown, Body>>;
  /** Told when going on would have no end. Throws in strict mode. */
  onRepetition(id: "Q60" | "Q61", detail: string, answer: Answer<Body>): void;
  readonly strict: boolean;
  /** The items of the first page, as text. */
  firstPage: string | undefined;
}

/** What came for a page. */
type Answer<Body> = Pick<WithResponse<unknown, Body>, "body" | "response">;

/** One answer for all is what a list without a plan is. */
function planOf({ pages, envelope }: Operation): PagePlan {
  return pages ?? { scheme: "none", items: envelope?.data ?? "" };
}

function readItems<Item>({ operation, plan }: Listing<unknown>, { body, response }: Answer<unknown>): Item[] {
  const items = readPointer(body, plan.items);
  // Some servers write an empty list as null.
  if (items === null) return [];
  if (Array.isArray(items)) return items as Item[];
  throw unexpectedAnswer(operation, `the answer has no list at "${plan.items}"`, body, response);
}

function toPage<Item, Body>(
  listing: Listing<Body>,
  position: PagePosition,
  answer: Answer<Body>,
): Page<Item, Body> {
  const { operation, plan, strict } = listing;
  const { body } = answer;
  const items = readItems<Item>(listing, answer);
  const following = followingPage(plan, position, items.length, body);
  const isEndless = following.kind === "repeated";
  // As text, since the caller may change what is handed out.
  const text = following.kind === "page" ? JSON.stringify(items) : undefined;
  if (position.index === 0) listing.firstPage = text;
  const reportCursor = () =>
    listing.onRepetition("Q60", `${operation.id} gave a cursor again that was followed before`, answer);
  if (isEndless && !strict) reportCursor();
  return {
    items,
    body,
    total: readTotal(plan, body),
    hasNext: following.kind === "page" || (isEndless && strict),
    async next() {
      if (isEndless && strict) reportCursor();
      if (following.kind !== "page") return undefined;
      const answer = await listing.ask(following.position);
      const next = toPage<Item, Body>(listing, following.position, answer);
      const nextText = JSON.stringify(next.items);
      // A server that doesn't know the parameter, or doesn't mind that there is no such page, gives one it gave before.
      if (nextText !== text && nextText !== listing.firstPage) return next;
      listing.onRepetition("Q61", `${operation.id} gave a page again that it gave before`, answer);
      return undefined;
    },
  };
}

/**
 * Asks for a list, page by page as its items are taken.
 *
 * The caller's parameters go with every page, and so do the options: retries, clocks and the signal hold for each page
 * by itself. An idempotency key is sent with the first page alone. A list begins where the caller's own `offset`, `page`
 * or `cursor` says. It ends with an empty page, where the answer says that there is no more, and where it says nothing
 * with a page that is shorter than asked for. A cursor that was followed before and a page that is the same as the one
 * before or as the first would make it endless: it ends there, and `onQuirk` is told (Q60, Q61); with `strict` it is an
 * InvalidResponseError.
 *
 * @throws nothing by itself: every error comes through the promise, or in the loop after the items before it.
 */
export function listPages<Item, Body = unknown, Errors = unknown>(
  client: Client,
  operation: Operation,
  input: OperationInput,
  options: RequestOptions = {},
): PagePromise<Item, Body, Errors> {
  const { strict = false, onQuirk } = chooseReading(optionsOf(client), options);
  const plan = planOf(operation);
  const listing: Listing<Body> = {
    operation,
    plan,
    strict,
    firstPage: undefined,
    ask({ params }) {
      const more = { ...options, idempotencyKey: undefined };
      return client.request<unknown, Errors, Body>(operation, { ...input, params }, more).withResponse();
    },
    onRepetition(id, detail, { body, response }) {
      if (strict) throw unexpectedAnswer(operation, `the list has no end (${id}): ${detail}`, body, response);
      onQuirk?.({ id, detail, pointer: "" });
    },
  };
  const first = client.request<unknown, Errors, Body>(operation, input, options);
  return new PagePromise<Item, Body, Errors>(first, (body, response) =>
    toPage(listing, firstPosition(plan, { ...input.params }), { body, response }),
  );
}
