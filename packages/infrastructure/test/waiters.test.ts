import {
  AbortError,
  CostLimitError,
  creationOf,
  InternalServerError,
  WaiterFailureError,
  WaiterTimeoutError,
} from "@hawser/infrastructure/runcrate";
import { describe, expect, test } from "vitest";
import { connect, serve, soon, startInfrastructure } from "./mock.ts";

const { server, client } = await serve();

const asked = () => server.requests.map(({ operationId }) => operationId);
const timesAsked = (id: string) => asked().filter((operation) => operation === id).length;
const machine = { name: "trainer-1", gpu_type: "A100" };

describe("waitUntilRunning", () => {
  test("asks for the status until the instance runs, then gives the instance", async () => {
    server.useScene("instanceRuns");
    const states: unknown[] = [];
    const instance = await client.instances.waitUntilRunning("ins_3f9c1a7be2", {
      ...soon,
      onProgress: ({ state }) => void states.push(state),
    });
    expect(states).toEqual(["deploying", "provisioning", "provisioning", "running"]);
    expect(instance).toMatchObject({ status: "running", ip: "203.0.113.24", gpu_type: "A100" });
    expect(asked().at(-1)).toBe("retrieveInstance");
  });

  test("fails with the last answer when the instance fails", async () => {
    server.useScene("instanceFails");
    const error = await client.instances.waitUntilRunning("ins_3f9c1a7be2", soon).catch((reason) => reason);
    expect(error).toBeInstanceOf(WaiterFailureError);
    expect(error).toMatchObject({ state: "failed", data: { id: "ins_3f9c1a7be2", status: "failed" } });
  });

  test("waits while the server doesn't know of a new instance yet", async () => {
    server.useScene("instanceAppearsLate");
    expect((await client.instances.waitUntilRunning("ins_3f9c1a7be2", soon)).status).toBe("running");
  });

  test("goes on through a state nobody has told of, and reports it", async () => {
    server.useScene({ retrieveInstanceStatus: ["deploying", "hibernating", "running"] });
    const unknown: unknown[] = [];
    await client.instances.waitUntilRunning("ins_3f9c1a7be2", {
      ...soon,
      onProgress: ({ known, state }) => void (known || unknown.push(state)),
    });
    expect(unknown).toEqual(["hibernating"]);
  });

  test("waits out that it asks too often", async () => {
    server.useScene({ retrieveInstanceStatus: [{ status: 429, example: "rateLimited" }, "running"] });
    // The document's example asks for two seconds.
    const waited = client.instances.waitUntilRunning("ins_3f9c1a7be2", soon);
    expect((await waited).status).toBe("running");
    expect(timesAsked("retrieveInstanceStatus")).toBe(2);
  });

  test("ends at its deadline, with the last answer", async () => {
    // A server of its own: the poll that is on its way at the deadline may still arrive after it.
    await using hurried = await startInfrastructure();
    hurried.useScene({ retrieveInstanceStatus: ["provisioning"] });
    const error = await connect(hurried)
      .instances.waitUntilRunning("ins_3f9c1a7be2", { ...soon, timeout: 1000 })
      .catch((reason) => reason);
    expect(error).toBeInstanceOf(WaiterTimeoutError);
    expect(error.data).toMatchObject({ status: "provisioning" });
  });

  test("ends when it is told to", async () => {
    server.useScene({ retrieveInstanceStatus: ["provisioning"] });
    const stop = new AbortController();
    const waited = client.instances.waitUntilRunning("ins_3f9c1a7be2", {
      ...soon,
      signal: stop.signal,
      onProgress: ({ polls }) => void (polls === 3 && stop.abort()),
    });
    await expect(waited).rejects.toBeInstanceOf(AbortError);
  });
});

describe("waitUntilTerminated", () => {
  test("ends when the instance is terminated", async () => {
    server.useScene("instanceTerminates");
    expect(await client.instances.waitUntilTerminated("ins_3f9c1a7be2", soon)).toMatchObject({
      status: "terminated",
    });
    expect(timesAsked("retrieveInstanceStatus")).toBe(3);
  });

  test("ends when the instance is found no more", async () => {
    server.useScene("instanceDisappears");
    await client.instances.waitUntilTerminated("ins_3f9c1a7be2", soon);
    expect(timesAsked("retrieveInstanceStatus")).toBe(2);
  });

  test("waits for a failed instance too, which is there until it is terminated", async () => {
    server.useScene({ retrieveInstanceStatus: ["failed", "failed", "terminated"] });
    await client.instances.waitUntilTerminated("ins_3f9c1a7be2", soon);
    expect(timesAsked("retrieveInstanceStatus")).toBe(3);
  });
});

describe("createAndWait", () => {
  test("creates one instance and gives it once it runs", async () => {
    server.useScene("instanceRuns");
    const created: unknown[] = [];
    const instance = await client.instances.createAndWait(machine, {
      ...soon,
      onCreated: ({ id, status }) => void created.push(id, status),
    });
    expect(created).toEqual(["ins_3f9c1a7be2", "deploying"]);
    expect(instance.status).toBe("running");
    expect(timesAsked("createInstance")).toBe(1);
    expect(asked()).not.toContain("terminateInstance");
  });

  test("leaves a failed instance alone unless told otherwise, and tells of it", async () => {
    server.useScene("instanceFails");
    const error = await client.instances.createAndWait(machine, soon).catch((reason) => reason);
    expect(error).toBeInstanceOf(WaiterFailureError);
    expect(creationOf(error)).toMatchObject({ id: "ins_3f9c1a7be2", terminated: undefined });
    expect(asked()).not.toContain("terminateInstance");
  });

  test("terminates a failed instance when told to", async () => {
    server.useScene("instanceFails");
    const error = await client.instances
      .createAndWait(machine, { ...soon, terminateOnFailure: true })
      .catch((reason) => reason);
    expect(error).toBeInstanceOf(WaiterFailureError);
    expect(creationOf(error)).toMatchObject({ terminated: true });
    expect(timesAsked("terminateInstance")).toBe(1);
  });

  test("creates nothing when the prices are above the limit", async () => {
    const call = client.instances.createAndWait(machine, { ...soon, maxCostPerHour: 1 });
    await expect(call).rejects.toBeInstanceOf(CostLimitError);
    await expect(call).rejects.toMatchObject({ costPerHour: 1.89, terminated: undefined });
    expect(asked()).toEqual(["listInstanceTypes"]);
  });

  test("keeps what costs no more than the limit", async () => {
    server.useScene("instanceRuns");
    const instance = await client.instances.createAndWait(machine, { ...soon, maxCostPerHour: 1.89 });
    expect(instance.status).toBe("running");
  });

  test("terminates at once what turns out to cost more than the limit", async () => {
    server.useScene({ createInstance: ["dearer"] });
    const call = client.instances.createAndWait(machine, { ...soon, maxCostPerHour: 2 });
    await expect(call).rejects.toMatchObject({ costPerHour: 99, terminated: true });
    expect(asked()).toEqual(["listInstanceTypes", "createInstance", "terminateInstance"]);
  });

  test("sends nothing twice when the machine is out of stock, though the server calls that its own failure", async () => {
    server.useScene("outOfStock");
    const retrying = connect(server, { maxRetries: 3 });
    const call = retrying.instances.createAndWait(machine, soon);
    await expect(call).rejects.toBeInstanceOf(InternalServerError);
    await expect(call).rejects.toThrow(/no longer available/);
    expect(timesAsked("createInstance")).toBe(1);
  });
});

describe("volumes", () => {
  test("createAndWait gives the volume once it can be used, in the words of single volumes", async () => {
    server.useScene("volumeBecomesAvailable");
    const volume = await client.volumes.createAndWait(
      { name: "datasets", size_gb: 100, region: "us-east-1" },
      soon,
    );
    expect(volume).toMatchObject({ status: "available", sizeGb: 100 });
    expect(timesAsked("retrieveVolume")).toBe(3);
  });

  test("a volume that fails is deleted when told to", async () => {
    server.useScene("volumeFails");
    const call = client.volumes.createAndWait(
      { name: "datasets", size_gb: 100, region: "us-east-1" },
      { ...soon, terminateOnFailure: true },
    );
    await expect(call).rejects.toBeInstanceOf(WaiterFailureError);
    expect(timesAsked("deleteVolume")).toBe(1);
  });

  test("a limit for what has no price is refused before anything is created", async () => {
    const call = client.volumes.createAndWait(
      { name: "datasets", size_gb: 100, region: "us-east-1" },
      { ...soon, maxCostPerHour: 1 },
    );
    await expect(call).rejects.toThrow(/no price/);
    expect(asked()).toEqual([]);
  });
});
