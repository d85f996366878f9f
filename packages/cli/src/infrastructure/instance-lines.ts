import type { Instance } from "@hawser/infrastructure/runcrate";
import { type Column, detailLines, type Looks } from "../table.ts";
import { credits, toTheMinute } from "./values.ts";

/** The columns of a list of instances. */
export const instanceColumns: readonly Column<Instance>[] = [
  { heading: "ID", value: ({ id }) => id },
  { heading: "NAME", value: ({ name }) => name, cuttable: true },
  { heading: "STATUS", value: ({ status }) => status },
  { heading: "GPU", value: gpuOf, spare: 1 },
  { heading: "REGION", value: ({ region }) => region, spare: 4 },
  { heading: "IP", value: ({ ip }) => ip, spare: 2 },
  { heading: "CREDITS/H", value: ({ cost_per_hour }) => credits(cost_per_hour), align: "right", spare: 3 },
  { heading: "CREATED", value: ({ created_at }) => toTheMinute(created_at), spare: 5 },
];

/** The lines of one instance. */
export function detailsOf(instance: Instance, looks: Looks): string[] {
  const inGB = (size: number | null | undefined) => (size == null ? undefined : `${size} GB`);
  return detailLines(
    [
      ["id", instance.id],
      ["name", instance.name],
      ["status", instance.status],
      ["ip", instance.ip],
      ["gpu", gpuOf(instance)],
      ["cpu cores", instance.cpu_cores],
      ["memory", inGB(instance.memory)],
      ["disk", inGB(instance.storage)],
      ["region", instance.region],
      ["image", instance.os_image],
      ["credits/h", credits(instance.cost_per_hour)],
      ["created", toTheMinute(instance.created_at)],
      ["runs since", toTheMinute(instance.deployed_at)],
    ],
    looks,
  );
}

/** How many GPUs of what kind. */
export function gpuOf({ gpu_type, gpu_count }: Pick<Instance, "gpu_type" | "gpu_count">): string | undefined {
  return gpu_type == null ? undefined : gpu_count ? `${gpu_count} × ${gpu_type}` : gpu_type;
}
