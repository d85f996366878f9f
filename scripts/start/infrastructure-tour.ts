import type { Instance, InstanceType, RuncrateInfrastructure } from "@hawser/infrastructure/runcrate";
import type { API } from "./api.ts";
import type { Screen, Step } from "./screen.ts";
import { type Stop, takeSteps } from "./take-steps.ts";

interface Context {
  readonly client: RuncrateInfrastructure;
  readonly screen: Screen;
  readonly api: API;
  readonly signal: AbortSignal;
  /** What the steps leave to those after them. */
  readonly found: { type?: InstanceType; instance?: Instance };
}

/** Rents a machine for a moment: picks one, waits until it runs, looks at the bill, gives it back. */
export async function takeInfrastructureTour(screen: Screen, api: API, signal: AbortSignal): Promise<Step[]> {
  const { RuncrateInfrastructure } = await import("@hawser/infrastructure/runcrate");
  const context: Context = {
    client: new RuncrateInfrastructure(api.infrastructure),
    screen,
    api,
    signal,
    found: {},
  };
  const steps: Step[] = [];
  try {
    steps.push(...(await takeSteps(before, context)));
    const { type } = context.found;
    const rents =
      !api.real ||
      (type !== undefined &&
        (await screen.ask(
          `Rent a machine with ${type.gpu_type} for ${type.hourly_rate} credits an hour until it runs, and terminate it then?`,
        )));
    if (rents) steps.push(...(await takeSteps(renting, context)));
  } finally {
    await giveBack(context);
  }
  return [...steps, ...(await takeSteps(after, context))];
}

const before: readonly Stop<Context>[] = [
  [
    "Pick a GPU",
    async ({ client, screen, signal, found }) => {
      const types = await client.instances.types.list({}, { signal }).toArray();
      const gpus = types
        .filter(({ gpu_count }) => gpu_count > 0)
        .sort((a, b) => a.hourly_rate - b.hourly_rate);
      for (const { id, gpu_type, gpu_count, hourly_rate } of gpus.slice(0, 6))
        screen.line(`  ${gpu_count} × ${gpu_type}  ${hourly_rate} credits an hour  ${id}`);
      const [cheapest] = gpus;
      if (cheapest === undefined) throw new Error("There is no machine with a GPU.");
      found.type = cheapest;
      return `${types.length} kinds of machines; the cheapest with a GPU is ${cheapest.id}`;
    },
  ],
];

const renting: readonly Stop<Context>[] = [
  [
    "Create an instance, and wait until it runs",
    async ({ client, screen, api, signal, found }) => {
      const { creationOf } = await import("@hawser/infrastructure/runcrate");
      const { type } = found;
      if (type === undefined) throw new Error("No GPU was picked.");
      const line = screen.status("An instance is being created");
      const instance = await client.instances
        .createAndWait(
          { name: "hawser-tour", instance_type_id: type.id },
          {
            signal,
            terminateOnFailure: true,
            delay: { minimum: api.pollInterval, maximum: api.pollInterval * 2 },
            onCreated: (created) => {
              found.instance = created;
              line.update(`${created.id} is ${created.status}`);
            },
            onProgress: ({ data }) => line.update(`${data.id} is ${data.status}`),
          },
        )
        .catch((error: unknown) => {
          if (creationOf(error)?.terminated === true) delete found.instance;
          throw error;
        })
        .finally(() =>
          line.stop(found.instance === undefined ? "No instance" : `Instance ${found.instance.id}`),
        );
      found.instance = instance;
      return `${instance.id} is ${instance.status} at ${instance.ip}`;
    },
  ],
  [
    "Terminate it",
    async ({ client, screen, api, signal, found }) => {
      const { instance } = found;
      if (instance === undefined) throw new Error("There is no instance.");
      await client.instances.terminate(instance.id, { signal });
      const line = screen.status(`${instance.id} was told to terminate`);
      await client.instances
        .waitUntilTerminated(instance.id, {
          signal,
          delay: { minimum: api.pollInterval, maximum: api.pollInterval * 2 },
          onProgress: ({ data }) => line.update(`${data.id} is ${data.status}`),
        })
        .finally(() => line.stop(`Instance ${instance.id}`));
      delete found.instance;
      return `${instance.id} is gone`;
    },
  ],
];

const after: readonly Stop<Context>[] = [
  [
    "List the transactions, page by page",
    async ({ client, screen, signal }) => {
      let pages = 0;
      let count = 0;
      for await (const page of client.billing.transactions.list({}, { signal }).pages()) {
        pages += 1;
        for (const { amount, description } of page.items) {
          count += 1;
          if (count <= 10) screen.line(`  ${String(amount).padStart(8)}  ${description ?? ""}`);
        }
      }
      return `${count} transactions on ${pages} pages`;
    },
  ],
  [
    "Look at the balance",
    async ({ client, signal }) => {
      const { creditsBalance } = await client.billing.balance({ signal });
      return `${creditsBalance} credits`;
    },
  ],
];

/** Whatever happened: nothing that costs money is left behind. */
async function giveBack({ client, screen, found }: Context): Promise<void> {
  const { instance } = found;
  if (instance === undefined) return;
  try {
    await client.instances.terminate(instance.id);
    screen.line(`  ${instance.id} is terminated.`);
  } catch (error) {
    screen.problem(
      `${instance.id} may still run and be charged: terminate it with "hawser instances terminate ${instance.id}". ${String(error)}`,
    );
  }
}
