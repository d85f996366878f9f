import { expect, test } from "vitest";
import {
  type CreateAndWaitOptions,
  createAndWait,
  createValidation,
  creationOf,
  InvalidResponseError,
  type OperationSchemas,
  type ValueSchema,
} from "../src/index.ts";
import { useServers } from "./fault-server.ts";
import { clientAt, errorOf } from "./service.ts";
import { answer, creation, type Ship, seen, type Yard, yardOf } from "./shipyard.ts";

const { serve } = useServers();

const refusing: ValueSchema = { "~standard": { validate: () => ({ issues: [{ message: "It is new." }] }) } };
const refused: OperationSchemas = { answers: { default: refusing } };

/** Builds a ship with a client that checks its answers, all of which are refused. */
async function build(
  schemas: Record<string, OperationSchemas>,
  options: CreateAndWaitOptions<Ship, Ship>,
  yard: Yard = {},
) {
  const server = await serve(yardOf(yard));
  const client = clientAt(server.url, { maxRetries: 0, validate: createValidation(schemas) });
  const building = createAndWait<object, Ship, Ship>(client, creation, { type: "raft" }, options);
  return { server, error: await errorOf(building) };
}

test("a creation whose answer isn't as described is known all the same, and removed where that is asked for", async () => {
  for (const terminateOnFailure of [false, true]) {
    const { server, error } = await build({ createShip: refused }, { terminateOnFailure });
    expect(InvalidResponseError.is(error) && error.issues).toEqual([{ message: "It is new." }]);
    expect(creationOf(error)).toMatchObject({ id: "vega", terminated: terminateOnFailure || undefined });
    expect(seen(server)).toEqual(["POST /ships", ...(terminateOnFailure ? ["DELETE /ships/vega"] : [])]);
  }
});

test("a limit of cost is kept before anything else is said about the answer", async () => {
  const { server, error } = await build({ createShip: refused }, { maxCostPerHour: 1 });
  expect(error).toMatchObject({ name: "CostLimitError", costPerHour: 2, terminated: true });
  expect(seen(server)).toEqual(["GET /types", "POST /ships", "DELETE /ships/vega"]);
});

test("a body that isn't as described creates nothing", async () => {
  const { server, error } = await build({ createShip: { body: refusing } }, { terminateOnFailure: true });
  expect(error).toMatchObject({ name: "InvalidRequestError" });
  expect(server.requests).toEqual([]);
});

test("a removal counts as one, whatever its answer looks like", async () => {
  const { error } = await build(
    { getShip: refused, removeShip: refused },
    { terminateOnFailure: true },
    { remove: answer({ ok: true }) },
  );
  expect(InvalidResponseError.is(error)).toBe(true);
  expect(creationOf(error)).toMatchObject({ terminated: true });
});
