import { listPages, type Operation, openEnvelope, type PagePlan, type RequestOptions } from "../src/index.ts";
import { type Answerer, sendJSON } from "./fault-server.ts";
import { clientAt, listShips } from "./service.ts";

export interface Ship {
  id: number;
  name: string;
}
export interface ShipList {
  data: Ship[];
  meta: { total?: number; hasMore?: boolean; cursor?: string | null };
}

const names = ["limit", "offset", "page", "after", "search"];
/** Lists ships by this plan. */
export function listWith(pages: PagePlan): Operation {
  return {
    ...listShips,
    envelope: { data: "/data", open: openEnvelope },
    parameters: names.map((name) => ({ name, in: "query" as const })),
    pages,
  };
}
export const byOffset = listWith({
  scheme: "offset",
  items: "/data",
  offset: "offset",
  limit: "limit",
  hasMore: "/meta/hasMore",
  total: "/meta/total",
});
export const byPage = listWith({ scheme: "page", items: "/data", page: "page", limit: "limit" });
export const byCursor = listWith({
  scheme: "cursor",
  items: "/data",
  cursor: "after",
  limit: "limit",
  nextCursor: "/meta/cursor",
});

export const fleet: Ship[] = Array.from({ length: 25 }, (_, index) => ({
  id: index + 1,
  name: `Ship ${index + 1}`,
}));
export const ids = (ships: readonly Ship[]) => ships.map(({ id }) => id);
export const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

export function query(url: string) {
  return Object.fromEntries(new URL(url, "http://host").searchParams);
}

/** Serves the fleet by offset or page, ten at a time unless asked otherwise. */
export const serveFleet: (meta?: (end: number) => ShipList["meta"]) => Answerer =
  (meta = () => ({})) =>
  (response, { url }) => {
    const { limit = "10", offset, page } = query(url);
    const begin = page === undefined ? Number(offset ?? 0) : (Number(page) - 1) * Number(limit);
    const end = begin + Number(limit);
    sendJSON(response, 200, { data: fleet.slice(begin, end), meta: meta(end) });
  };

export function list(url: string, operation: Operation, params: object = {}, options: RequestOptions = {}) {
  return listPages<Ship, ShipList>(clientAt(url), operation, { params }, options);
}
