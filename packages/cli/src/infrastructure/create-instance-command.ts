import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { CreateInstanceRequest } from "@hawser/infrastructure/runcrate";
import { Command } from "commander";
import { exitCodes, Failure } from "../exit-codes.ts";
import type { Output } from "../run.ts";
import { type CreateFlags, createAndShow, withCreateOptions } from "./create-and-show.ts";
import { detailsOf } from "./instance-lines.ts";
import { inSession, withSharedOptions } from "./session.ts";
import { collect, positiveInteger, positiveNumber, readName, readVariables } from "./values.ts";
import { waitingTimes } from "./wait.ts";

interface CreateInstanceFlags extends CreateFlags {
  readonly gpuType?: string;
  readonly type?: string;
  readonly sshKey?: string;
  readonly region?: string;
  readonly gpuCount?: number;
  readonly cpuCores?: number;
  readonly memory?: number;
  readonly disk?: number;
  readonly template?: string;
  readonly env?: string[];
  readonly startupCommand?: string[];
  readonly volume?: string;
  readonly launchScript?: string;
  readonly maxCostPerHour?: number;
  readonly terminateOnFailure?: boolean;
}

/** `hawser instances create`: a new instance, waited for until it runs. */
export function createInstanceCommand(output: Output): Command {
  const command = withSharedOptions(
    new Command("create").description(
      "Creates an instance and waits until it runs. It is charged from its creation until it is terminated.",
    ),
  )
    .argument("<name>", "its name", readName)
    .option("--gpu-type <type>", "kind of GPU, such as A100")
    .option("--type <id>", "kind of machine; hawser instances types tells them")
    .option("--ssh-key <id>", "id of the SSH key it lets in")
    .option("--region <name>", "where it runs; default: anywhere")
    .option("--gpu-count <count>", "number of GPUs", positiveInteger)
    .option("--cpu-cores <count>", "number of CPU cores", positiveInteger)
    .option("--memory <gb>", "memory in GB", positiveInteger)
    .option("--disk <gb>", "disk in GB", positiveInteger)
    .option("--template <id>", "what it starts with, such as ubuntu-cuda-devel")
    .option(
      "--env <key=value>",
      "an environment variable; KEY alone takes it from here; may be given several times",
      collect,
    )
    .option("--startup-command <command>", "runs once it has started; may be given several times", collect)
    .option("--volume <id>", "the volume that is mounted at /workspace")
    .option("--launch-script <file>", "a script that runs at the start")
    .option("--max-cost-per-hour <credits>", "don't keep an instance that costs more", positiveNumber)
    .option("--terminate-on-failure", "terminate it again if it doesn't come to run");
  return withCreateOptions(command, waitingTimes.instanceRuns).action(
    (name: string, flags: CreateInstanceFlags) => create(output, name, flags),
  );
}

async function create(output: Output, name: string, flags: CreateInstanceFlags): Promise<void> {
  const { maxCostPerHour, terminateOnFailure, wait } = flags;
  if (flags.gpuType === undefined && flags.type === undefined)
    throw new Failure("On which machine? Say it with --gpu-type or --type.", exitCodes.usage);
  if (!wait && (maxCostPerHour !== undefined || terminateOnFailure === true))
    throw new Failure(
      "--max-cost-per-hour and --terminate-on-failure need the wait: leave --no-wait out.",
      exitCodes.usage,
    );
  const body = await readBody(output, name, flags);
  await inSession(output, flags, (session) => {
    const { instances } = session.client;
    return createAndShow(session, flags, {
      name,
      before: maxCostPerHour === undefined ? undefined : "its price",
      create: (options) => instances.create(body, options),
      createAndWait: (options) =>
        instances.createAndWait(body, {
          ...options,
          ...(maxCostPerHour !== undefined && { maxCostPerHour }),
          ...(terminateOnFailure === true && { terminateOnFailure }),
        }),
      remove: "hawser instances terminate",
      ready: "runs",
      lines: (instance) => detailsOf(instance, output),
    });
  });
}

async function readBody(
  output: Output,
  name: string,
  flags: CreateInstanceFlags,
): Promise<CreateInstanceRequest> {
  const { env, launchScript } = flags;
  const script = launchScript === undefined ? undefined : await readScript(resolve(output.cwd, launchScript));
  const members = {
    name,
    gpu_type: flags.gpuType,
    instance_type_id: flags.type,
    ssh_key_id: flags.sshKey,
    region: flags.region,
    gpu_count: flags.gpuCount,
    cpu_cores: flags.cpuCores,
    memory: flags.memory,
    storage: flags.disk,
    template: flags.template,
    env_vars: env === undefined ? undefined : readVariables(env, output.env ?? process.env),
    startup_commands: flags.startupCommand,
    storage_id: flags.volume,
    launch_script: script,
  };
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined),
  ) as unknown as CreateInstanceRequest;
}

async function readScript(file: string): Promise<string> {
  return await readFile(file, "utf8").catch((error: Error) => {
    throw new Failure(`The launch script can't be read: ${error.message}`);
  });
}
