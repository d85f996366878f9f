// Rents the cheapest machine with a GPU, and gives it back whatever happens in between.
import { RuncrateInfrastructure } from "@hawser/infrastructure/runcrate";

const runcrate = new RuncrateInfrastructure();
const types = await runcrate.instances.types.list().toArray();
const [cheapest] = types
  .filter(({ gpu_count }) => gpu_count > 0)
  .sort((a, b) => a.hourly_rate - b.hourly_rate);
if (cheapest === undefined) throw new Error("There is no machine with a GPU.");

const instance = await runcrate.instances.createAndWait(
  { name: "example", instance_type_id: cheapest.id },
  {
    maxCostPerHour: 2.5,
    terminateOnFailure: true,
    onProgress: ({ state }) => console.log(`the instance is ${state}`),
  },
);
try {
  console.log(`${cheapest.gpu_type} at ${instance.ip}, ${instance.cost_per_hour} credits an hour`);
} finally {
  await runcrate.instances.terminate(instance.id);
}
console.log(`${(await runcrate.billing.balance()).creditsBalance} credits are left`);
