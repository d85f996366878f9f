import { randomUUID } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { exitCodes, Failure } from "../exit-codes.ts";

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

/** Whether a text can be a key: one word of letters, digits and signs (ASCII), as it has to fit into a header. */
export function isKey(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}

/**
 * The key: that of `RUNCRATE_API_KEY`, or else the one kept in the file.
 *
 * @throws {Failure} when there is none, and when the file is one that others can read
 */
export async function findKey(environment: Environment): Promise<string> {
  const key = environment.RUNCRATE_API_KEY?.trim();
  if (key) {
    if (isKey(key)) return key;
    throw new Failure(
      "RUNCRATE_API_KEY holds a space, a line break or another sign that no key has: an API key is one word of letters, digits and signs.",
      exitCodes.usage,
    );
  }
  const file = credentialsFile(environment);
  const kept = (await readCredentials(file)).runcrate?.apiKey;
  if (kept) return kept;
  throw new Failure(
    `There is no API key: set RUNCRATE_API_KEY, or run "hawser login" to keep one in ${file}.`,
  );
}

/** Keeps a key; whoever else has an account on the machine can't read the file. */
export async function keepKey(environment: Environment, apiKey: string): Promise<string> {
  const file = credentialsFile(environment);
  await writeCredentials(file, { ...(await readCredentials(file)), runcrate: { apiKey } });
  return file;
}

/** What became of a key that was to be taken away. */
export interface Forgotten {
  readonly file: string;
  /** `absent`: there was none. `removed`: the file was of no use to anybody, and is gone. */
  readonly was: "absent" | "kept" | "removed";
  /** Whether others could read it. */
  readonly exposed: boolean;
}

/** Takes the key away, also from a file that others can read or that is broken. */
export async function forgetKey(environment: Environment): Promise<Forgotten> {
  const file = credentialsFile(environment);
  const found = await openCredentials(file);
  if (found === undefined) return { file, was: "absent", exposed: false };
  const { text, exposed } = found;
  const credentials = parseCredentials(text);
  if (credentials === undefined) {
    await rm(file).catch((error: Error) => {
      throw new Failure(`${file} can't be removed: ${error.message}`);
    });
    return { file, was: "removed", exposed };
  }
  const { runcrate, ...others } = credentials;
  if (runcrate === undefined) return { file, was: "absent", exposed: false };
  await writeCredentials(file, others);
  return { file, was: "kept", exposed };
}

async function writeCredentials(file: string, credentials: Credentials): Promise<void> {
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
}

async function readCredentials(file: string): Promise<Credentials> {
  const found = await openCredentials(file);
  if (found === undefined) return {};
  if (found.exposed)
    throw new Failure(
      `${file} holds a key and others on this machine may read it: run "chmod 600 ${file}", and change the key if somebody did.`,
    );
  const credentials = parseCredentials(found.text);
  if (credentials !== undefined) return credentials;
  throw new Failure(
    `${file} is not what "hawser login" writes: { "runcrate": { "apiKey": "…" } }. "hawser logout" removes it.`,
  );
}

/** What is in the file, and whether others can read it; undefined when there is none. */
async function openCredentials(file: string): Promise<{ text: string; exposed: boolean } | undefined> {
  try {
    const handle = await open(file, "r");
    try {
      const { mode } = await handle.stat();
      const exposed = process.platform !== "win32" && (mode & 0o077) !== 0;
      return { text: await handle.readFile("utf8"), exposed };
    } finally {
      await handle.close();
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new Failure(`${file} can't be read: ${message}`);
  }
}

/** Undefined for what is no file of credentials. What the parser says could quote the key, so it isn't told. */
function parseCredentials(text: string): Credentials | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? (value as Credentials) : undefined;
  } catch {
    return undefined;
  }
}
