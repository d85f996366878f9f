import { InvalidRequestError } from "./errors.ts";
import { readPointer } from "./json-pointer.ts";
import type { PagePlan } from "./operation.ts";

type Params = Readonly<Record<string, unknown>>;

/** Where a page stands in its list. */
export interface PagePosition {
  /** The parameters it was asked for with. */
  readonly params: Params;
  /** Items on the pages before it, those the caller skipped included. */
  readonly before: number;
  /** How many items a full page has, as far as it is known. */
  readonly size: number | undefined;
  /** Its number among the pages that were asked for, from 0. */
  readonly index: number;
  /** By cursor, the number of the page it leads to; shared by all pages of a list. */
  readonly cursors: Map<unknown, number>;
}

/** What comes after a page. `repeated`: a cursor that was followed before, so that going on would have no end. */
export type Following =
  | { readonly kind: "page"; readonly position: PagePosition }
  | { readonly kind: "end" }
  | { readonly kind: "repeated"; readonly cursor: unknown };

/** A number, also one that came as text. */
export function readNumber(value: unknown): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/** The figure the caller gave to a parameter. */
function givenNumber(params: Params, name: string | undefined): number | undefined {
  const value = name === undefined ? undefined : params[name];
  if (value === undefined || value === null) return undefined;
  const number = readNumber(value);
  if (number !== undefined) return number;
  throw new InvalidRequestError(
    `The parameter "${name}" has ${JSON.stringify(value)}, which is no number to go on from.`,
  );
}

function currentPage(plan: PagePlan, params: Params): number {
  return givenNumber(params, plan.page) ?? plan.firstPage ?? 1;
}

/** The position of the page a caller begins with. */
export function firstPosition(plan: PagePlan, params: Params): PagePosition {
  const size = givenNumber(params, plan.limit);
  const skipped = currentPage(plan, params) - (plan.firstPage ?? 1);
  const before =
    plan.scheme === "offset"
      ? (givenNumber(params, plan.offset) ?? 0)
      : plan.scheme === "page"
        ? skipped * (size ?? 0)
        : 0;
  const cursor = plan.cursor === undefined ? undefined : params[plan.cursor];
  return { params, before, size, index: 0, cursors: new Map(cursor === undefined ? [] : [[cursor, 0]]) };
}

/** Whether there is more, by what the answer says of it, and else by whether the page is full. */
function mayGoOn(plan: PagePlan, position: PagePosition, count: number, body: unknown): boolean {
  const hasMore = plan.hasMore === undefined ? undefined : readPointer(body, plan.hasMore);
  if (typeof hasMore === "boolean") return hasMore;
  if (plan.scheme === "cursor") return true;
  const total = readTotal(plan, body);
  if (total !== undefined) return position.before + count < total;
  return position.size === undefined || count >= position.size;
}

/** Where the next cursor is: `-` in the place of an item stands for the last of the page. */
function cursorPlace({ items, nextCursor }: PagePlan, count: number): string | undefined {
  const last = `${items}/-`;
  if (nextCursor !== last && nextCursor?.startsWith(`${last}/`) !== true) return nextCursor;
  return `${items}/${count - 1}${nextCursor.slice(last.length)}`;
}

/** Number of items of all pages, where the answer says it. */
export function readTotal(plan: PagePlan, body: unknown): number | undefined {
  return plan.total === undefined ? undefined : readNumber(readPointer(body, plan.total));
}

/**
 * Tells what comes after a page of so many items.
 *
 * An empty page is the last one, whatever the answer says of more. Then counts, in this order: the flag of more, the
 * cursor (its lack is the end), the total, and whether the page is as long as it was asked to be, or as long as the
 * first one where no length was asked for.
 */
export function followingPage(
  plan: PagePlan,
  position: PagePosition,
  count: number,
  body: unknown,
): Following {
  const { params, cursors, index } = position;
  if (plan.scheme === "none" || count === 0 || !mayGoOn(plan, position, count, body)) return { kind: "end" };
  const next = {
    before: position.before + count,
    size: position.size ?? count,
    index: index + 1,
    cursors,
  };
  if (plan.scheme === "cursor") {
    const place = cursorPlace(plan, count);
    const cursor = place === undefined ? undefined : readPointer(body, place);
    if (cursor === undefined || cursor === null || cursor === "") return { kind: "end" };
    // A page that is asked for again after a failure leads to where it led before.
    if ((cursors.get(cursor) ?? next.index) < next.index) return { kind: "repeated", cursor };
    cursors.set(cursor, next.index);
    return { kind: "page", position: { ...next, params: { ...params, [plan.cursor!]: cursor } } };
  }
  const [name, value] =
    plan.scheme === "offset" ? [plan.offset!, next.before] : [plan.page!, currentPage(plan, params) + 1];
  return { kind: "page", position: { ...next, params: { ...params, [name]: value } } };
}
