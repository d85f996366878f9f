import { Command } from "commander";
import type { Output } from "../run.ts";
import { tableLines } from "../table.ts";
import { confirmed } from "./confirm.ts";
import { createInstanceCommand } from "./create-instance-command.ts";
import { explainError, explainRemoval } from "./explain-error.ts";
import { detailsOf, gpuOf, instanceColumns } from "./instance-lines.ts";
import { addListCommand } from "./list-command.ts";
import { inSession, print, type Session, type SharedFlags, withSharedOptions } from "./session.ts";
import { showProgress } from "./show-progress.ts";
import { credits, positiveInteger, readId } from "./values.ts";
import { type PollingFlags, readPolling, waitingTimes, withPollingOptions } from "./wait.ts";

interface TypesFlags extends SharedFlags {
  readonly gpuType?: string;
  readonly region?: string;
  readonly gpuCount?: number;
}

interface TerminateFlags extends SharedFlags, PollingFlags {
  readonly yes?: boolean;
  readonly wait?: boolean;
}

/** `hawser instances`: machines with GPUs. */
export function instancesCommand(output: Output): Command {
  const command = new Command("instances").description("Machines with GPUs.");
  addListCommand(command, output, {
    description: "Lists the instances of an environment.",
    list: ({ client, signal }, params) => client.instances.list(params, { signal }),
    columns: instanceColumns,
  });
  withSharedOptions(command.command("get").description("Shows an instance."))
    .argument("<id>", "id of the instance", readId)
    .action((id: string, flags: SharedFlags) =>
      inSession(output, flags, async (session) => {
        const instance = await session.client.instances.retrieve(id, { signal: session.signal });
        print(session, flags, instance, () => detailsOf(instance, output));
      }),
    );
  withSharedOptions(
    command.command("types").description("Lists the kinds of machines with their prices."),
    false,
  )
    .option("--gpu-type <type>", "only those with this kind of GPU")
    .option("--region <name>", "only those of this region")
    .option("--gpu-count <count>", "only those with so many GPUs", positiveInteger)
    .action((flags: TypesFlags) => inSession(output, flags, (session) => listTypes(session, flags)));
  command.addCommand(createInstanceCommand(output));
  withPollingOptions(
    withSharedOptions(
      command.command("terminate").description("Ends an instance for good, with everything on its disk."),
    ),
    waitingTimes.instanceIsGone,
  )
    .argument("<id>", "id of the instance", readId)
    .option("-y, --yes", "don't ask")
    .option("--wait", "wait until it is gone")
    .action((id: string, flags: TerminateFlags) =>
      inSession(output, flags, (session) => terminate(session, id, flags)),
    );
  return command;
}

async function listTypes(session: Session, flags: TypesFlags): Promise<void> {
  const { gpuType, gpuCount, region } = flags;
  const types = await session.client.instances.types
    .list(
      {
        ...(gpuType !== undefined && { gpu_type: gpuType }),
        ...(gpuCount !== undefined && { gpu_count: gpuCount }),
        ...(region !== undefined && { region }),
      },
      { signal: session.signal },
    )
    .toArray();
  print(session, flags, types, () =>
    tableLines(
      [
        { heading: "ID", value: ({ id }) => id },
        { heading: "GPU", value: gpuOf },
        { heading: "CPU CORES", value: (type) => type.cpu_cores, align: "right", spare: 4 },
        { heading: "MEMORY GB", value: (type) => type.memory_gb, align: "right", spare: 2 },
        { heading: "DISK GB", value: (type) => type.storage_gb, align: "right", spare: 3 },
        { heading: "REGION", value: (type) => type.region, spare: 1 },
        { heading: "CREDITS/H", value: (type) => credits(type.hourly_rate), align: "right" },
      ],
      types,
      session.output,
    ),
  );
}

async function terminate(session: Session, id: string, flags: TerminateFlags): Promise<void> {
  const { client, signal, output } = session;
  if (flags.yes !== true) {
    const { name, status } = await client.instances.retrieve(id, { signal });
    await confirmed(
      output,
      flags.yes,
      `Terminate the instance ${name} (${id}, ${status})? Everything on its disk is lost.`,
    );
  }
  await client.instances.terminate(id, { signal }).catch(async (error: unknown) => {
    throw await explainRemoval(error, session.context(), `hawser instances get ${id}`);
  });
  if (flags.wait === true) {
    const view = showProgress(session, id);
    try {
      await client.instances.waitUntilTerminated(id, {
        ...readPolling(flags),
        signal,
        onProgress: ({ state }) => view.show(String(state)),
      });
      view.end(true, `${id} is gone`);
    } catch (error) {
      view.end(false, `${id} was told to terminate, and is not known to be gone`);
      throw await explainError(error, { ...session.context(), thing: id });
    }
  }
  const status = flags.wait === true ? "terminated" : "terminating";
  print(session, flags, { id, status }, () => [`${id} is ${status}.`]);
}
