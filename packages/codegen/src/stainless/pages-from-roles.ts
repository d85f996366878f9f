import type { PagesExtension } from "../normalise/pages.ts";

/** What members of requests and answers are for, by the purposes of `x-stainless-pagination-property`. */
export interface PageRoles {
  /** Purpose → name of the parameter. */
  readonly request: ReadonlyMap<string, string>;
  /** Purpose → JSON Pointer into the answer. */
  readonly response: ReadonlyMap<string, string>;
  /** The parameter for the length of a page, for which there is no purpose. */
  readonly limit?: string;
  /** The number of the first page, when it isn't 1. */
  readonly firstPage?: number;
}

/** The kinds of pages there are. */
export type PageType = "cursor" | "cursor_id" | "cursor_url" | "fake_page" | "offset" | "page_number";

/** The purpose of the parameter by which the next page is asked for. */
export const leading: Readonly<Partial<Record<PageType, string>>> = {
  cursor: "next_cursor_param",
  cursor_id: "next_cursor_id_param",
  offset: "offset_count_param",
  page_number: "page_number_param",
};

/**
 * Pages as `x-hawser-pages` says them, or the reason why it can't.
 *
 * @see https://www.stainless.com/docs/configure/pagination
 */
export function pagesFromRoles(type: PageType, roles: PageRoles): PagesExtension | string {
  const { request, response, limit, firstPage } = roles;
  const items = response.get("items");
  if (items === undefined) return "nothing says where the items are: mark them with the purpose items.";
  if (type === "fake_page") return { scheme: "none", items };
  if (type === "cursor_url") return "a list whose next page is a URL has no counterpart.";
  const purpose = leading[type] as string;
  const parameter = request.get(purpose);
  if (parameter === undefined)
    return `nothing says which parameter asks for the next page: mark it with the purpose ${purpose}.`;
  const hasMore = response.get("has_next_page");
  const total = response.get("offset_total_count_field");
  const common = {
    items,
    ...(limit !== undefined && { limit }),
    ...(hasMore !== undefined && { hasMore }),
    ...(total !== undefined && { total }),
  };
  if (type === "offset") return { scheme: "offset", offset: parameter, ...common };
  if (type === "page_number")
    return { scheme: "page", page: parameter, ...(firstPage !== undefined && { firstPage }), ...common };
  const nextCursor = response.get("next_cursor_field") ?? response.get("cursor_item_id");
  if (nextCursor !== undefined) return { scheme: "cursor", cursor: parameter, nextCursor, ...common };
  const missing = type === "cursor_id" ? "cursor_item_id" : "next_cursor_field";
  return `nothing says where the next cursor is: mark it with the purpose ${missing}.`;
}
