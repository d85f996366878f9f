import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { answering, hawser, serveInfrastructure } from "./hawser.ts";

const server = await serveInfrastructure();
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hawser-login-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const here = () => ({ XDG_CONFIG_HOME: folder, RUNCRATE_API_KEY: "" });

test("keeps the key that is typed, once the API knows it, and later commands use it", async () => {
  const terminal = answering(true, " rc_live_typed ");
  const { code, out, error } = await hawser(server, ["login"], { terminal, env: here() });
  expect(code).toBe(0);
  expect(out + error + terminal.shown.join("")).not.toContain("rc_live_typed");
  expect(error).toContain("148.25 credits");
  expect((await hawser(server, ["billing", "balance"], { env: here() })).code).toBe(0);
  expect(server.requests.at(-1)?.headers.authorization).toBe("Bearer rc_live_typed");
});

test("keeps no key the API doesn't know", async () => {
  server.useScene({ retrieveBalance: ["unauthorized"] });
  const input = async () => "rc_live_wrong\n";
  const { code, error } = await hawser(server, ["login"], { env: here(), input });
  expect(code).toBe(1);
  expect(error).toMatch(/^401 .*[.)?!]\.? Set RUNCRATE_API_KEY, .*\. Nothing was kept\.$/);
  expect((await hawser(server, ["billing", "balance"], { env: here() })).error).toContain(
    "There is no API key",
  );
});

test("reads the key from a pipe, unchecked if asked for", async () => {
  const { code, out } = await hawser(undefined, ["login", "--no-check"], {
    env: here(),
    input: async () => "rc_live_piped\n",
  });
  expect(code).toBe(0);
  const file = join(folder, "hawser/credentials.json");
  expect(out).toBe(`Kept in ${file}.`);
  expect(JSON.parse(await readFile(file, "utf8"))).toEqual({ runcrate: { apiKey: "rc_live_piped" } });
  const logout = () => hawser(undefined, ["logout"], { env: here() });
  expect(await logout()).toEqual({ code: 0, out: `Taken out of ${file}.`, error: "" });
  expect(JSON.parse(await readFile(file, "utf8"))).toEqual({});
  expect(await logout()).toEqual({ code: 0, out: `No key is kept in ${file}.`, error: "" });
});

test("a key is taken out of a file that others can read, and said to have been readable", async () => {
  const file = join(folder, "hawser/credentials.json");
  await hawser(undefined, ["login", "--no-check"], { env: here(), input: async () => "rc_live_piped" });
  await chmod(file, 0o644);
  const { code, out, error } = await hawser(undefined, ["logout"], { env: here() });
  expect({ code, out }).toEqual({ code: 0, out: `Taken out of ${file}.` });
  expect(error).toContain("Others on this machine could read it");
  expect(await readFile(file, "utf8")).not.toContain("rc_live_piped");
});

test("a broken file is removed with the key that may be in it", async () => {
  const file = join(folder, "hawser/credentials.json");
  await mkdir(join(folder, "hawser"));
  await writeFile(file, '{ "runcrate": { "apiKey": "rc_live', { mode: 0o600 });
  const { code, out } = await hawser(undefined, ["logout"], { env: { ...here(), RUNCRATE_API_KEY: "rc_x" } });
  expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining(`Removed ${file}`) });
  await expect(readFile(file)).rejects.toThrow("ENOENT");
});

test.each(["", "two words", "schlüssel"])("keeps nothing that can be no key: %j", async (text) => {
  const { code } = await hawser(server, ["login"], { env: here(), input: async () => text });
  expect(code).toBe(2);
  expect(server.requests).toEqual([]);
});

test("keeps nothing when the question is left", async () => {
  const { code, error } = await hawser(server, ["login"], { terminal: answering(true), env: here() });
  expect({ code, error }).toEqual({ code: 130, error: "Nothing was kept." });
});
