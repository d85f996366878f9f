import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { credentialsFile, findKey, forgetKey, keepKey } from "./credentials.ts";

let folder: string;
let environment: Record<string, string>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hawser-credentials-"));
  environment = { XDG_CONFIG_HOME: folder };
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("the key of the environment goes before the one that is kept", async () => {
  await keepKey(environment, "rc_live_kept");
  expect(await findKey(environment)).toBe("rc_live_kept");
  expect(await findKey({ ...environment, RUNCRATE_API_KEY: " rc_live_given\n" })).toBe("rc_live_given");
});

test("nobody else can read the file, nor list its folder", async () => {
  const file = await keepKey(environment, "rc_live_kept");
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await stat(dirname(file))).mode & 0o777).toBe(0o700);
});

test("a file others can read is refused, with what to do", async () => {
  const file = await keepKey(environment, "rc_live_kept");
  for (const mode of [0o640, 0o604, 0o660]) {
    await chmod(file, mode);
    await expect(findKey(environment)).rejects.toThrow(`chmod 600 ${file}`);
  }
  await chmod(file, 0o600);
  expect(await findKey(environment)).toBe("rc_live_kept");
});

test("what else the file holds stays", async () => {
  const file = credentialsFile(environment);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, '{"other":{"apiKey":"x"}}', { mode: 0o600 });
  await keepKey(environment, "rc_live_kept");
  await forgetKey(environment);
  expect(JSON.parse(await readFile(file, "utf8"))).toEqual({ other: { apiKey: "x" } });
});

test.each(["{", "[]", '"rc_live_secret"'])(
  "a file that is something else is told, without what it holds: %s",
  async (text) => {
    const file = credentialsFile(environment);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { mode: 0o600 });
    const error = await findKey(environment).catch((reason: unknown) => String(reason));
    expect(error).toContain(file);
    expect(error).not.toContain("rc_live_secret");
  },
);

test.each(["two words", "line\nbreak", "schlüssel"])(
  "a variable that holds no key is told: %j",
  async (text) => {
    const finding = findKey({ ...environment, RUNCRATE_API_KEY: text });
    await expect(finding).rejects.toThrow(/^RUNCRATE_API_KEY holds a space/);
    await expect(finding).rejects.not.toThrow(text);
  },
);

test("without a key it is said where keys are looked for", async () => {
  await expect(findKey(environment)).rejects.toThrow(/RUNCRATE_API_KEY.*hawser login.*credentials\.json/);
});

test("the file is in the home folder where no other place is named", () => {
  const { platform } = process;
  const file = credentialsFile({ HOME: "/home/ada" });
  if (platform !== "win32") expect(file).toBe("/home/ada/.config/hawser/credentials.json");
});
