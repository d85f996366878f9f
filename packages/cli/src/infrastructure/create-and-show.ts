import type { Middleware, RequestOptions } from "@hawser/infrastructure/runcrate";
import type { Command } from "commander";
import { exitCodes, Failure } from "../exit-codes.ts";
import { explainError, inEnvironment } from "./explain-error.ts";
import { print, type Session, type SharedFlags } from "./session.ts";
import { showProgress } from "./show-progress.ts";
import { type PollingFlags, readPolling, withPollingOptions } from "./wait.ts";

/** How something is created. */
export interface CreateFlags extends SharedFlags, PollingFlags {
  readonly wait: boolean;
  readonly dryRun?: boolean;
}

/** What the API gives of something that was created. */
interface Created {
  readonly id: string;
  readonly status?: string | undefined;
}

/** Options of a creation that is waited for. */
interface CreationOptions<Thing extends Created> {
  readonly signal: AbortSignal;
  readonly middleware: Middleware[];
  readonly timeout?: number;
  readonly delay?: { readonly minimum: number; readonly maximum: number };
  readonly onCreated: (created: Thing) => void;
  readonly onProgress: (progress: { readonly state: unknown }) => void;
}

/** What is created, and how. */
export interface Creating<Thing extends Created> {
  /** What it is called: the name given to it. */
  readonly name: string;
  /** What is looked at before it is created: `its price`. */
  readonly before?: string | undefined;
  readonly create: (options: RequestOptions) => Promise<Thing>;
  readonly createAndWait: (options: CreationOptions<Thing>) => Promise<Thing>;
  /** The command that removes it: `hawser volumes delete`. */
  readonly remove: string;
  /** What is said of it once it is ready: `runs`, `can be used`. */
  readonly ready: string;
  readonly lines: (thing: Thing) => readonly string[];
}

/** Adds the options of commands that create. */
export function withCreateOptions(command: Command, timeout: number): Command {
  return withPollingOptions(command, timeout)
    .option("--no-wait", "end as soon as it is created")
    .option("--dry-run", "show the request that would be sent, and send nothing");
}

/**
 * Creates something and waits until it is ready. However that ends, it is said whether something is left that may cost
 * money.
 */
export async function createAndShow<Thing extends Created>(
  session: Session,
  flags: CreateFlags,
  creating: Creating<Thing>,
): Promise<void> {
  const { signal } = session;
  if (flags.dryRun === true) return await showRequest(session, flags, creating);
  if (!flags.wait) {
    const created = await creating.create({ signal });
    print(session, flags, created, () => creating.lines(created));
    return;
  }
  const view = showProgress(session, creating.name);
  if (creating.before !== undefined) view.show(`looking at ${creating.before}`);
  const tellCreating: Middleware = (request, next, { operation }) => {
    if (operation.retry === "costly") view.show("creating");
    return next(request);
  };
  try {
    const ready = await creating.createAndWait({
      ...readPolling(flags),
      signal,
      middleware: [tellCreating],
      onCreated: ({ status }) => view.show(status ?? "created"),
      onProgress: ({ state }) => view.show(String(state)),
    });
    view.end(true, `${creating.name} ${creating.ready}`);
    print(session, flags, ready, () => creating.lines(ready));
  } catch (error) {
    const { creationOf } = await import("@hawser/infrastructure/runcrate");
    const explained = await explainLeftover(error, session, creating);
    const unknown = explained instanceof Failure && explained.exitCode === exitCodes.unknown;
    if (unknown) view.end(false, `whether ${creating.name} was created is unknown`);
    else
      view.end(
        false,
        `${creating.name} ${creationOf(error) !== undefined ? "is not ready" : "was not created"}`,
      );
    throw explained;
  }
}

async function showRequest<Thing extends Created>(
  { output }: Session,
  { json }: SharedFlags,
  { create }: Creating<Thing>,
): Promise<void> {
  const { DryRunError } = await import("@hawser/infrastructure/runcrate");
  try {
    await create({ dryRun: true });
  } catch (error) {
    if (!DryRunError.is(error)) throw error;
    output.out(json === true ? JSON.stringify(withoutValues(error.request), null, 2) : error.message);
  }
}

/** The request without the values of environment variables, which may be secrets. */
function withoutValues(request: { readonly body: unknown }): unknown {
  const body = request.body as { readonly env_vars?: readonly { readonly key: string }[] };
  if (body.env_vars === undefined) return request;
  return {
    ...request,
    body: { ...body, env_vars: body.env_vars.map(({ key }) => ({ key, value: "[redacted]" })) },
  };
}

/** What went wrong, and what is left of what was created. */
async function explainLeftover<Thing extends Created>(
  error: unknown,
  { context }: Session,
  { remove, name }: Creating<Thing>,
): Promise<unknown> {
  const { creationOf } = await import("@hawser/infrastructure/runcrate");
  const creation = creationOf(error);
  const explained = await explainError(error, { ...context(), thing: name });
  if (creation === undefined || !(explained instanceof Failure)) return explained;
  const { id, terminated } = creation;
  const stopped = explained.exitCode === exitCodes.interrupted;
  if (terminated === true)
    return stopped
      ? new Failure(`Stopped. ${id} was created and removed again.`, exitCodes.interrupted)
      : explained;
  // The sentence itself says that it is still there.
  const message = stopped ? `Stopped. ${id} was created and is still there.` : explained.message;
  return new Failure(
    `${message}\nIt may be charged. To remove it: ${inEnvironment(`${remove} ${id}`, context().environment)}`,
    stopped ? exitCodes.interrupted : exitCodes.unfinished,
  );
}
