import { APIError, type RuncrateInfrastructure } from "@hawser/infrastructure/runcrate";
import type { MockServer, OperationSummary } from "@hawser/mock";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect, prefer, startInfrastructure } from "./mock.ts";

const server: MockServer = await startInfrastructure();
let client: RuncrateInfrastructure;

beforeAll(() => {
  client = connect(server, { environment: "staging" });
});
afterAll(() => server.close());

const publicKey =
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPGq7Tj1Wl0mXxq8n3dTn0e2k4Y5sB6uV7wC8xD9yE0f ada@harbour\n";

type Options = ReturnType<typeof prefer> | undefined;

/** How each operation is called; the mock server checks what is sent against the document. */
const calls: Record<string, (options: Options) => PromiseLike<unknown>> = {
  listInstances: (options) => client.instances.list({ search: "trainer" }, options),
  createInstance: (options) =>
    client.instances.create({ name: "trainer-1", gpu_type: "A100", env_vars: { HF_TOKEN: "hf" } }, options),
  listInstanceTypes: (options) =>
    client.instances.types.list({ gpu_type: "A100", region: "us-east-1", gpu_count: 1 }, options),
  retrieveInstance: (options) => client.instances.retrieve("ins_3f9c1a7be2", options),
  terminateInstance: (options) => client.instances.terminate("ins_3f9c1a7be2", options),
  retrieveInstanceStatus: (options) => client.instances.status("ins_3f9c1a7be2", options),
  createInstanceSshCertificate: (options) =>
    client.instances.sshCertificates.create("ins_3f9c1a7be2", { public_key: publicKey }, options),
  listVolumes: (options) => client.volumes.list({ search: "data" }, options),
  createVolume: (options) =>
    client.volumes.create({ name: "datasets", size_gb: 100, region: "us-east-1" }, options),
  listStorageRegions: (options) => client.volumes.regions.list(options),
  retrieveVolume: (options) => client.volumes.retrieve("vol_71d0b94c55", options),
  resizeVolume: (options) => client.volumes.resize("vol_71d0b94c55", { size_gb: 200 }, options),
  deleteVolume: (options) => client.volumes.delete("vol_71d0b94c55", options),
  listEnvironments: (options) => client.environments.list(options),
  createEnvironment: (options) => client.environments.create({ name: "staging" }, options),
  retrieveEnvironment: (options) => client.environments.retrieve("env_0a6e4f", options),
  updateEnvironment: (options) => client.environments.update("env_0a6e4f", { is_default: true }, options),
  deleteEnvironment: (options) => client.environments.delete("env_0a6e4f", options),
  listSshKeys: (options) => client.sshKeys.list(options),
  createSshKey: (options) => client.sshKeys.create({ name: "ada", public_key: publicKey }, options),
  deleteSshKey: (options) => client.sshKeys.delete("key_b81f20", options),
  listTemplates: (options) =>
    client.templates.list({ page: 1, page_size: 25, category: "training" }, options),
  retrieveBalance: (options) => client.billing.balance(options),
  listTransactions: (options) => client.billing.transactions.list({ limit: 100, type: "usage" }, options),
  retrieveUsage: (options) => client.billing.usage({ from: "2026-01-01", to: "2026-01-31" }, options),
};

/** What the server sends for an example, word by word. */
async function sent({ method, path }: OperationSummary, preference: string): Promise<unknown> {
  const bodies: Record<string, unknown> = {
    "/instances": { name: "trainer-1", gpu_type: "A100" },
    "/instances/{id}/ssh-certificate": { public_key: publicKey },
    "/storage": { name: "datasets", size_gb: 100, region: "us-east-1" },
    "/storage/{id}": { size_gb: 200 },
    "/environments": { name: "staging" },
    "/environments/{id}": { is_default: true },
    "/ssh-keys": { name: "ada", public_key: publicKey },
  };
  const response = await fetch(`${server.url}${path.replace("{id}", "any")}`, {
    method,
    headers: { authorization: "Bearer any", prefer: preference, "content-type": "application/json" },
    ...(["POST", "PATCH"].includes(method) && { body: JSON.stringify(bodies[path]) }),
  });
  return (await response.json()) as unknown;
}

test("every operation of the document is called here", () => {
  expect(Object.keys(calls).sort()).toEqual(server.operations.map(({ id }) => id).sort());
  expect(Object.keys(calls)).toHaveLength(25);
});

describe.each(server.operations.map((operation) => [operation.id, operation] as const))(
  "%s",
  (id, operation) => {
    const call = (options?: Options) => calls[id]?.(options);

    test("sends what the document allows, to the operation that was meant", async () => {
      await call();
      const request = server.requests.at(-1);
      expect(request?.operationId).toBe(id);
      expect((await request?.answer)?.status).toBeLessThan(300);
    });

    test.each(operation.examples.map(({ name, status }) => [status, name] as const))(
      "reads the answer %s %s",
      async (status, name) => {
        const preference = `code=${status}, example=${name}`;
        const body = (await sent(operation, preference)) as { data: unknown };
        if (status.startsWith("2")) {
          const data = await call(prefer(preference));
          expect(operation.id.startsWith("list") ? (data as { items: unknown }).items : data).toEqual(
            body.data,
          );
          return;
        }
        const error = await Promise.resolve(call(prefer(preference))).catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(APIError);
        expect(error).toMatchObject({ status: Number(status), message: expect.stringMatching(/\w{3}/) });
        expect((error as APIError).body).toEqual(body);
      },
    );
  },
);

describe("the environment", () => {
  const scoped = [
    "listInstances",
    "createInstance",
    "retrieveInstanceStatus",
    "createVolume",
    "deleteVolume",
  ];
  const workspaceWide = ["listInstanceTypes", "listEnvironments", "listSshKeys", "retrieveBalance"];

  test.each(scoped)("goes along with %s", async (id) => {
    await calls[id]?.(undefined);
    expect(server.requests.at(-1)?.query.get("environment")).toBe("staging");
  });

  test.each(workspaceWide)("does not go along with %s, which is about the whole workspace", async (id) => {
    await calls[id]?.(undefined);
    expect(server.requests.at(-1)?.query.has("environment")).toBe(false);
  });

  test("of a single call is that of a client with other options", async () => {
    await client.withOptions({ environment: "preview" }).instances.list();
    expect(server.requests.at(-1)?.query.getAll("environment")).toEqual(["preview"]);
  });

  test("and the workspace travel as headers for tokens that don't belong to one", async () => {
    const other = connect(server, { projectId: "prj_5d20c8", projectEnvironment: "main" });
    await other.instances.list();
    expect(server.requests.at(-1)?.headers).toMatchObject({
      "x-project-id": "prj_5d20c8",
      "x-environment": "main",
    });
  });
});

test("environment variables given as an object are sent as the list of pairs the server takes, names untouched", async () => {
  await client.instances.create({
    name: "trainer-1",
    instance_type_id: "bold-tesla-a100-fa6f",
    env_vars: { HF_TOKEN: "hf_1", camelCase: "2" },
  });
  expect(server.requests.at(-1)?.json).toMatchObject({
    env_vars: [
      { key: "HF_TOKEN", value: "hf_1" },
      { key: "camelCase", value: "2" },
    ],
  });
});

test("what stands beside the data stays within reach", async () => {
  const { data, body } = await client.billing.transactions.list().withResponse();
  expect(data.items).toEqual(body.data);
  expect(body.meta).toMatchObject({ hasMore: false, total: 2, requestId: "req_5a7e21" });
});

test("a machine has to be chosen: by the kind of GPU, or by the kind of machine", async () => {
  // @ts-expect-error: gpu_type or instance_type_id is missing
  const call = client.instances.create({ name: "trainer-1" });
  await expect(call).rejects.toThrow(/gpu_type.*instance_type_id/);
});
