// What is said when a command is stopped while a request that costs something is on its way.
import { expect, test } from "vitest";
import { askedFor, hawser, serveInfrastructure } from "./hawser.ts";

const server = await serveInfrastructure(60_000);

/** Runs a command, and stops it as soon as the server was asked for an operation. */
async function stoppedAt(operation: string, words: readonly string[]) {
  const stop = new AbortController();
  const ended = hawser(server, words, { signal: stop.signal });
  while (!askedFor(server).includes(operation)) await new Promise((done) => setTimeout(done, 5));
  stop.abort();
  return await ended;
}

const instance = ["instances", "create", "trainer-1", "--gpu-type", "A100"];
const volume = ["volumes", "create", "datasets", "--size-gb", "100", "--region", "us-east-1"];

test.each([
  ["createInstance", instance, "hawser instances list"],
  ["createInstance", [...instance, "--json"], "hawser instances list"],
  ["createInstance", [...instance, "--no-wait"], "hawser instances list"],
  [
    "createInstance",
    [...instance, "--environment", "staging"],
    "hawser instances list --environment staging",
  ],
  ["createVolume", volume, "hawser volumes list"],
  ["createVolume", [...volume, "--no-wait"], "hawser volumes list"],
  ["resizeVolume", ["volumes", "resize", "vol_1", "--size-gb", "200"], "hawser volumes get ID"],
])("%s that is stopped before its answer may have been done: %j", async (operation, words, command) => {
  const { code, out, error } = await stoppedAt(operation, words);
  expect({ code, out }).toEqual({ code: 4, out: "" });
  expect(error).toContain("Stopped after the request was sent, before its answer was there.");
  expect(error).toContain(`"${command}"`);
});

test("stopped before the creation is sent, nothing was created", async () => {
  const { code, error } = await stoppedAt("listInstanceTypes", [...instance, "--max-cost-per-hour", "2"]);
  expect(code).toBe(130);
  expect(error.split("\n").slice(1)).toEqual(["✗ trainer-1 was not created", "Stopped."]);
  expect(askedFor(server)).toEqual(["listInstanceTypes"]);
});

test.each([
  ["terminateInstance", ["instances", "terminate", "ins_1", "--yes"], "hawser instances get ins_1"],
  [
    "deleteVolume",
    ["volumes", "delete", "vol_1", "--yes", "--environment", "staging"],
    "hawser volumes get vol_1 --environment staging",
  ],
])("%s that is stopped before its answer may not have been done: %j", async (operation, words, command) => {
  const { code, out, error } = await stoppedAt(operation, words);
  expect({ code, out }).toEqual({ code: 130, out: "" });
  expect(error).toContain("whether it goes on, and is charged, is unknown");
  expect(error).toContain(`"${command}"`);
});

test("what costs nothing is just stopped", async () => {
  expect(await stoppedAt("listInstances", ["instances", "list"])).toEqual({
    code: 130,
    out: "",
    error: "Stopped.",
  });
});
