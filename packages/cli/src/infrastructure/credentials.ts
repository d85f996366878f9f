import { randomUUID } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { Failure } from "../exit-codes.ts";

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What the file of credentials holds: keys by the name of the service. */
type Credentials = Readonly<Record<string, { readonly apiKey?: string }>>;

/** The file keys are kept in: `hawser/credentials.json` in the folder for configuration (XDG Base Directory, `APPDATA`). */
export function credentialsFile(environment: Environment): string {
  const home = environment.HOME || homedir();
  const usual =
    process.platform === "win32"
      ? environment.APPDATA || join(home, "AppData", "Roaming")
      : join(home, ".config");
  return join(environment.XDG_CONFIG_HOME || usual, "hawser", "credentials.json");
}

/**
 * The key: that of `RUNCRATE_API_KEY`, or else the one kept in the file.
 *
 * @throws {Failure} when there is none, and when the file is one that others can read
 */
export async function findKey(environment: Environment): Promise<string> {
  const key = environment.RUNCRATE_API_KEY?.trim();
  if (key) return key;
  const file = credentialsFile(environment);
  const kept = (await readCredentials(file)).runcrate?.apiKey;
  if (kept) return kept;
  throw new Failure(
    `There is no API key: set RUNCRATE_API_KEY, or run "hawser login" to keep one in ${file}.`,
  );
}

/** Keeps a key, or takes it away; whoever else has an account on the machine can't read the file. */
export async function keepKey(environment: Environment, apiKey: string | undefined): Promise<string> {
  const file = credentialsFile(environment);
  const { runcrate: _, ...others } = await readCredentials(file);
  const credentials: Credentials = apiKey === undefined ? others : { ...others, runcrate: { apiKey } };
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  // Written beside it and moved over it, so that there is never half a file.
  const draft = `${file}.${randomUUID()}`;
  try {
    const handle = await open(draft, "wx", 0o600);
    await handle.writeFile(`${JSON.stringify(credentials, null, 2)}\n`).finally(() => handle.close());
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw new Failure(`${file} can't be written: ${(error as Error).message}`);
  }
  return file;
}

async function readCredentials(file: string): Promise<Credentials> {
  const handle = await open(file, "r").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    throw new Failure(`${file} can't be read: ${error.message}`);
  });
  if (handle === undefined) return {};
  try {
    const { mode } = await handle.stat();
    if (process.platform !== "win32" && (mode & 0o077) !== 0) {
      throw new Failure(
        `${file} holds a key and others on this machine may read it: run "chmod 600 ${file}", and change the key if somebody did.`,
      );
    }
    return asCredentials(await handle.readFile("utf8"), file);
  } finally {
    await handle.close();
  }
}

function asCredentials(text: string, file: string): Credentials {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Credentials;
  } catch {
    // What the parser says could quote the key.
  }
  throw new Failure(
    `${file} is not what "hawser login" writes: { "runcrate": { "apiKey": "…" } }. Run it again after removing the file.`,
  );
}
