import type { Volume } from "@hawser/infrastructure/runcrate";
import { Command } from "commander";
import type { Output } from "../run.ts";
import { type Column, detailLines, type Looks } from "../table.ts";
import { confirmed } from "./confirm.ts";
import { type CreateFlags, createAndShow, withCreateOptions } from "./create-and-show.ts";
import { explainRemoval } from "./explain-error.ts";
import { addListCommand } from "./list-command.ts";
import { inSession, print, type Session, type SharedFlags, withSharedOptions } from "./session.ts";
import { credits, positiveInteger, readId, readName, toTheMinute } from "./values.ts";
import { waitingTimes } from "./wait.ts";

interface CreateVolumeFlags extends CreateFlags {
  readonly sizeGb: number;
  readonly region: string;
  readonly deleteOnFailure?: boolean;
}

const columns: readonly Column<Volume>[] = [
  { heading: "ID", value: ({ id }) => id },
  { heading: "NAME", value: ({ name }) => name, cuttable: true },
  { heading: "STATUS", value: ({ status }) => status },
  { heading: "GB", value: sizeOf, align: "right", spare: 1 },
  { heading: "REGION", value: ({ region }) => region, spare: 3 },
  { heading: "INSTANCE", value: ({ deploymentId }) => deploymentId, spare: 2 },
  { heading: "CREATED", value: createdOf, spare: 4 },
];

/** `hawser volumes`: storage that outlives instances. */
export function volumesCommand(output: Output): Command {
  const command = new Command("volumes").description("Storage that outlives instances.");
  addListCommand(command, output, {
    description: "Lists the volumes of an environment.",
    list: ({ client, signal }, params) => client.volumes.list(params, { signal }),
    columns,
  });
  withSharedOptions(command.command("get").description("Shows a volume."))
    .argument("<id>", "id of the volume", readId)
    .action((id: string, flags: SharedFlags) =>
      inSession(output, flags, async (session) => {
        const volume = await session.client.volumes.retrieve(id, { signal: session.signal });
        print(session, flags, volume, () => detailsOf(volume, output));
      }),
    );
  withCreateOptions(
    withSharedOptions(
      command.command("create").description("Creates a volume and waits until it can be used."),
    ),
    waitingTimes.volumeIsAvailable,
  )
    .argument("<name>", "its name", readName)
    .requiredOption("--size-gb <gb>", "its size in GB", positiveInteger)
    .requiredOption("--region <name>", "where, such as us-east-1")
    .option("--delete-on-failure", "delete it again if it doesn't become usable")
    .action((name: string, flags: CreateVolumeFlags) =>
      inSession(output, flags, (session) => createVolume(session, name, flags)),
    );
  withSharedOptions(
    command.command("resize").description("Gives a volume another size, which is charged from then on."),
  )
    .argument("<id>", "id of the volume", readId)
    .requiredOption("--size-gb <gb>", "its new size in GB", positiveInteger)
    .action((id: string, flags: SharedFlags & { sizeGb: number }) =>
      inSession(output, flags, async (session) => {
        const volume = await session.client.volumes.resize(
          id,
          { size_gb: flags.sizeGb },
          { signal: session.signal },
        );
        print(session, flags, volume, () => detailsOf(volume, output));
      }),
    );
  withSharedOptions(command.command("delete").description("Deletes a volume with everything on it."))
    .argument("<id>", "id of the volume", readId)
    .option("-y, --yes", "don't ask")
    .action((id: string, flags: SharedFlags & { yes?: boolean }) =>
      inSession(output, flags, async (session) => {
        const { client, signal } = session;
        if (flags.yes !== true) {
          const { name } = await client.volumes.retrieve(id, { signal });
          await confirmed(output, flags.yes, `Delete the volume ${name} (${id}) with everything on it?`);
        }
        const deleted = await client.volumes.delete(id, { signal }).catch(async (error: unknown) => {
          throw await explainRemoval(error, session.context(), `hawser volumes get ${id}`);
        });
        print(session, flags, { id, ...deleted }, () => {
          const refund = credits(deleted?.refund_amount);
          return [`Deleted ${id}${refund === undefined ? "" : `; ${refund} credits are refunded`}.`];
        });
      }),
    );
  return command;
}

function createVolume(session: Session, name: string, flags: CreateVolumeFlags): Promise<void> {
  const { sizeGb, region, deleteOnFailure } = flags;
  const { volumes } = session.client;
  const body = { name, size_gb: sizeGb, region };
  return createAndShow(session, flags, {
    name,
    create: (options) => volumes.create(body, options),
    createAndWait: (options) =>
      volumes.createAndWait(body, {
        ...options,
        ...(deleteOnFailure === true && { terminateOnFailure: true }),
      }),
    remove: "hawser volumes delete",
    ready: "can be used",
    lines: (volume) => detailsOf(volume, session.output),
  });
}

function detailsOf(volume: Volume, looks: Looks): string[] {
  return detailLines(
    [
      ["id", volume.id],
      ["name", volume.name],
      ["status", volume.status],
      ["size", `${sizeOf(volume) ?? "?"} GB`],
      ["region", volume.region],
      ["instance", volume.deploymentId],
      ["created", createdOf(volume)],
    ],
    looks,
  );
}

// Answers to creating and resizing are in snake_case, all others in camelCase.
function sizeOf({ sizeGb, size_gb }: Volume): number | undefined {
  return sizeGb ?? size_gb;
}

function createdOf({ createdAt, created_at }: Volume): string | undefined {
  return toTheMinute(createdAt ?? created_at);
}
