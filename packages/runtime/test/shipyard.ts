import { type CreateAndWaitOptions, type Creation, createAndWait, type Operation } from "../src/index.ts";
import { type Answerer, type FaultServer, sendJSON } from "./fault-server.ts";
import { clientAt, createShip, getShip, listShips } from "./service.ts";

/** What is built there. */
export interface Ship {
  id: string;
  status: string;
  cost?: number;
}

const removeShip: Operation = {
  ...getShip,
  id: "removeShip",
  method: "DELETE",
  retry: "idempotent",
  outcomes: [{ status: "204", kind: "empty" }],
};
const listTypes: Operation = {
  ...listShips,
  id: "listTypes",
  path: "/types",
  pages: { scheme: "none", items: "/data" },
};
const create: Operation = {
  ...createShip,
  parameters: [{ name: "port", in: "query" }],
  cost: {
    perHour: "/cost",
    prices: { operation: listTypes, perHour: "/rate", match: { type: "/name", crew: "/crew" } },
  },
};
/** Builds a ship and waits until it is afloat. */
export const creation: Creation = {
  create,
  id: "/id",
  parameter: "id",
  undo: removeShip,
  waiter: {
    name: "waitUntilAfloat",
    poll: { ...getShip, parameters: [...getShip.parameters, { name: "port", in: "query" }] },
    delay: { minimum: 2, maximum: 5 },
    timeout: 5_000,
    acceptors: [
      { state: "success", pointer: "/status", values: ["afloat"] },
      { state: "failure", pointer: "/status", values: ["sunk"] },
      { state: "failure", pointer: "/status", values: ["scrapped"], gone: true },
      { state: "failure", status: 410, gone: true },
    ],
  },
};
const types = [
  { name: "sloop", crew: 1, rate: 2 },
  { name: "sloop", crew: 2, rate: 4 },
  { name: "brig", crew: 1, rate: 9 },
  { name: "brig", crew: 2, rate: "12.5" },
];

/** How a shipyard behaves: what it answers to each kind of request. */
export interface Yard {
  create?: Answerer;
  poll?: Answerer;
  remove?: Answerer;
  types?: Answerer;
}

/** Always the same answer. */
export const answer =
  (body: unknown, status = 200): Answerer =>
  (response) =>
    sendJSON(response, status, body);

/** Builds ships that cost 2 and float at once, unless told otherwise. */
export function yardOf({ create, poll, remove, types: prices }: Yard): Answerer {
  return (response, request, count) => {
    const { method, url } = request;
    const chosen =
      method === "POST"
        ? (create ?? answer({ id: "vega", status: "building", cost: 2 }, 201))
        : method === "DELETE"
          ? (remove ?? ((gone) => gone.writeHead(204).end()))
          : url.startsWith("/types")
            ? (prices ?? answer({ data: types }))
            : (poll ?? answer({ id: "vega", status: "afloat" }));
    chosen(response, request, count);
  };
}

/** Builds a ship at this address. */
export function make(
  url: string,
  options: CreateAndWaitOptions<Ship, Ship> = {},
  change: Partial<Creation> = {},
  body = {},
) {
  const client = clientAt(url, { maxRetries: 0 });
  return createAndWait<object, Ship, Ship>(client, { ...creation, ...change }, body, options);
}

/** Method and address of all requests. */
export const seen = ({ requests }: FaultServer) => requests.map(({ method, url }) => `${method} ${url}`);
