import {
  ConflictError,
  InvalidRequestError,
  NotFoundError,
  PaymentRequiredError,
  UnprocessableEntityError,
} from "@hawser/infrastructure/runcrate";
import { expect, test, vi } from "vitest";
import { prefer, serve, soon } from "./mock.ts";

const { server, client } = await serve();

test("an unknown instance is a NotFoundError in the server's words", async () => {
  const call = client.instances.retrieve("ins_unknown", prefer("example=instanceNotFound"));
  await expect(call).rejects.toBeInstanceOf(NotFoundError);
  await expect(call).rejects.toMatchObject({
    code: "not_found",
    message: expect.stringMatching(/: Instance not found\.$/),
  });
});

test("an unknown region is told with the field", async () => {
  const body = { name: "datasets", size_gb: 100, region: "atlantis-1" };
  const call = client.volumes.create(body, prefer("example=unknownRegion"));
  await expect(call).rejects.toBeInstanceOf(UnprocessableEntityError);
  await expect(call).rejects.toMatchObject({
    message: expect.stringMatching(/: The region 'atlantis-1' does not exist\.$/),
    details: { fields: [{ path: "region" }] },
  });
});

test("a volume that would become smaller is told so", async () => {
  const call = client.volumes.resize("vol_71d0b94c55", { size_gb: 50 }, prefer("example=smallerThanBefore"));
  await expect(call).rejects.toThrow("A volume can only grow. It has 100 GB, and 50 GB were asked for.");
});

test("an SSH key that is none is refused with its field, and one that is there already is a conflict", async () => {
  const call = client.sshKeys.create({ name: "ada", public_key: "-----BEGIN OPENSSH PRIVATE KEY-----" });
  await expect(call).rejects.toBeInstanceOf(UnprocessableEntityError);
  await expect(call).rejects.toThrow(/public_key/);
  const again = client.sshKeys.create(
    { name: "ada", public_key: "ssh-ed25519 AAAA ada" },
    prefer("example=duplicateSshKey"),
  );
  await expect(again).rejects.toBeInstanceOf(ConflictError);
});

test("too few credits are a PaymentRequiredError, and nothing is sent again", async () => {
  const call = client.instances.create({ name: "trainer-1", gpu_type: "A100" }, prefer("code=402"));
  await expect(call).rejects.toBeInstanceOf(PaymentRequiredError);
  expect(server.requests).toHaveLength(1);
});

test.each([
  ["an id that is none", () => client.instances.retrieve("")],
  ["an id that leaves its place in the path", () => client.instances.terminate("..")],
  ["a deadline that is none", () => client.instances.waitUntilRunning("ins_1", { timeout: -1 })],
  ["a limit that is none", () => client.billing.transactions.list().toArray({ limit: -1 })],
  [
    "a cost that is none",
    () =>
      client.instances.createAndWait(
        { name: "a", gpu_type: "A100" },
        { ...soon, maxCostPerHour: Number.NaN },
      ),
  ],
])("%s is a mistake of the program, told before anything costs", async (_what, call) => {
  await expect((async () => call())()).rejects.toBeInstanceOf(InvalidRequestError);
  expect(server.requests.filter(({ method }) => method !== "GET")).toEqual([]);
});

test("a missing key says where keys are looked for", async () => {
  vi.stubEnv("RUNCRATE_API_KEY", undefined);
  const { RuncrateInfrastructure } = await import("@hawser/infrastructure/runcrate");
  const call = async () => new RuncrateInfrastructure({ baseURL: server.url }).billing.balance();
  await expect(call()).rejects.toThrow(/RUNCRATE_API_KEY/);
});

test("base URL and environment come from the environment", async () => {
  vi.stubEnv("RUNCRATE_API_KEY", "rc_live_test");
  vi.stubEnv("RUNCRATE_INFRASTRUCTURE_BASE_URL", server.url);
  vi.stubEnv("RUNCRATE_ENVIRONMENT", "preview");
  const { RuncrateInfrastructure } = await import("@hawser/infrastructure/runcrate");
  await new RuncrateInfrastructure().volumes.list();
  expect(server.requests.at(-1)?.query.get("environment")).toBe("preview");
});
