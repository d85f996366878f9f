import {
  ConnectionError,
  DryRunError,
  type RuncrateInfrastructure,
  TimeoutError,
  UnknownOutcomeError,
} from "@hawser/infrastructure/runcrate";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type FaultServer, faults, startFaultServer } from "./fault-server.ts";
import { connect, soon, startInfrastructure } from "./mock.ts";

let server: FaultServer;
let client: RuncrateInfrastructure;

beforeAll(async () => {
  server = await startFaultServer();
  client = connect(server, { maxRetries: 2 });
});
beforeEach(() => server.cut(undefined));
afterAll(() => server[Symbol.asyncDispose]());

const rounds = 35;
const runs = Array.from({ length: rounds }, (_, round) => faults.map((fault) => ({ fault, round }))).flat();
const outcomeOf = (name: string) =>
  client.instances.create({ name, gpu_type: "A100" }).then(
    () => undefined,
    (reason: unknown) => reason,
  );

test(`${runs.length} creations that are cut off all along their way arrive once at most, and none is said to have failed`, async () => {
  for (const { fault, round } of runs) {
    const name = `run-${faults.indexOf(fault)}-${round}`;
    const before = server.counts.connections;
    server.cut(fault);
    const error = await outcomeOf(name);
    expect(server.counts.connections - before, `${name}: connections`).toBe(1);
    expect(server.arrivals.get(name) ?? 0, `${name}: arrivals`).toBe(
      fault === "before the body is read" ? 0 : 1,
    );
    // Only an answer that was there in full can have been read.
    if (error !== undefined || fault !== "after the answer")
      expect(error).toBeInstanceOf(UnknownOutcomeError);
  }
  expect(server.arrivals.size).toBe(rounds * (faults.length - 1));
});

test("a creation that found nobody to connect to is tried again, and is no unknown outcome", async () => {
  const gone = await startFaultServer();
  await gone[Symbol.asyncDispose]();
  const error = await connect(gone, { maxRetries: 1 })
    .instances.create({ name: "nobody", gpu_type: "A100" })
    .catch((reason) => reason);
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error).toMatchObject({ neverSent: true, attempts: 2 });
});

test("an unknown outcome tells how to find out, and that way finds out", async () => {
  for (const [fault, exists] of [
    ["before the answer", true],
    ["before the body is read", false],
  ] as const) {
    server.cut(fault);
    const name = `found-${fault.replaceAll(" ", "-")}`;
    const error = await client.instances.create({ name, gpu_type: "A100" }).catch((reason) => reason);
    expect(error).toBeInstanceOf(UnknownOutcomeError);
    expect(error.operation).toBe("createInstance");
    expect(error.message).toContain("instances.findByName(name)");
    expect(error.cause).toBeInstanceOf(ConnectionError);
    server.cut(undefined);
    expect(await client.instances.findByName(name)).toHaveLength(exists ? 1 : 0);
  }
});

test("createAndWait neither repeats a creation that was cut off, nor waits for it", async () => {
  server.cut("within the body of the answer");
  const lists = server.counts.lists;
  const call = client.instances.createAndWait({ name: "waited", gpu_type: "A100" }, soon);
  await expect(call).rejects.toBeInstanceOf(UnknownOutcomeError);
  expect(server.arrivals.get("waited")).toBe(1);
  expect(server.counts.lists).toBe(lists);
});

test("what costs nothing is asked for again", async () => {
  server.cut("before the answer", true);
  const lists = server.counts.lists;
  await expect(client.instances.list()).rejects.toBeInstanceOf(ConnectionError);
  expect(server.counts.lists - lists).toBe(3);
});

test("a creation whose answer doesn't come in time is not repeated either", async () => {
  await using slow = await startInfrastructure({ latency: 60_000 });
  let sent = 0;
  const counting: typeof fetch = (...request) => {
    sent += 1;
    return fetch(...request);
  };
  const hasty = connect(slow, { fetch: counting, maxRetries: 2, timeout: { response: 200 } });
  const error = await hasty.instances.create({ name: "slow", gpu_type: "A100" }).catch((reason) => reason);
  expect(error).toBeInstanceOf(UnknownOutcomeError);
  expect(error.cause).toBeInstanceOf(TimeoutError);
  expect(sent).toBe(1);
});

test("one idempotency key goes along with all attempts of a call where it is configured, and another with the next", async () => {
  await using mock = await startInfrastructure();
  mock.useScene({
    createInstance: [{ status: 429, example: "rateLimited" }, "deploying", "deploying"],
  });
  const keyed = connect(mock, { maxRetries: 1, idempotencyHeader: "Idempotency-Key" });
  await keyed.instances.create({ name: "keyed", gpu_type: "A100" });
  await keyed.instances.create({ name: "keyed", gpu_type: "A100" });
  const [first, second, third] = mock.requests.map(({ headers }) => headers["idempotency-key"]);
  expect(first).toMatch(/\w{8}/);
  expect(second).toBe(first);
  expect(third).not.toBe(first);
});

test("a dry run shows the request, sends nothing, and shows neither key nor secrets", async () => {
  const connections = server.counts.connections;
  const call = client
    .withOptions({ environment: "staging" })
    .instances.create(
      { name: "dry", gpu_type: "A100", env_vars: { HF_TOKEN: "hf_secret", MODE: "offline" } },
      { dryRun: true },
    );
  const error = await call.catch((reason: unknown) => reason);
  if (!DryRunError.is(error)) throw error;
  expect(error.request).toMatchObject({
    method: "POST",
    url: `${server.url}/instances?environment=staging`,
    body: { name: "dry", gpu_type: "A100" },
  });
  expect(error.message).toContain('"value": "offline"');
  expect(error.message).not.toMatch(/hf_secret|rc_live_test/);
  expect(server.counts.connections).toBe(connections);
});
