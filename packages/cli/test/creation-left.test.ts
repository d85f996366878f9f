// What is said of a created instance when the command ends before it runs. Each test has a server of its own, because
// the request that is on its way at the end may still arrive after it.
import { expect, test } from "vitest";
import { askedFor, createInfrastructure, hawser } from "./hawser.ts";

const create = ["instances", "create", "trainer-1", "--gpu-type", "A100", "--poll-interval", "0.005"];

test("a creation that isn't running at its deadline is still there", async () => {
  await using server = await createInfrastructure();
  server.useScene({ retrieveInstanceStatus: ["provisioning"] });
  const { code, error } = await hawser(server, [...create, "--timeout", "2"]);
  expect(code).toBe(3);
  expect(error).toContain(
    'trainer-1 wasn\'t running within 2 s; the last that was heard is "provisioning". ins_3f9c1a7be2 was created and is still there.',
  );
  expect(error).toContain("hawser instances terminate ins_3f9c1a7be2");
});

test("a creation that has ended by itself isn't there any more, and nothing is to be removed", async () => {
  await using server = await createInfrastructure();
  server.useScene({ retrieveInstanceStatus: ["terminated"] });
  const { code, error } = await hawser(server, create);
  expect(code).toBe(1);
  expect(error).toContain(
    'trainer-1 will not be running, it is "terminated". ins_3f9c1a7be2 was created and isn\'t there any more.',
  );
  expect(error).not.toContain("To remove it");
});

test("a creation that is stopped while it is waited for is still there", async () => {
  await using server = await createInfrastructure();
  server.useScene({ retrieveInstanceStatus: ["provisioning"] });
  const stop = new AbortController();
  const ended = hawser(server, create, { signal: stop.signal });
  while (!askedFor(server).includes("retrieveInstanceStatus"))
    await new Promise((done) => setTimeout(done, 5));
  stop.abort();
  const { code, error } = await ended;
  expect(code).toBe(130);
  expect(error).toContain("Stopped. ins_3f9c1a7be2 was created and is still there.\nIt may be charged.");
});
