// The command as a process of its own, its output in a pipe.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { harbour, inFolder } from "./folder.ts";

const bin = join(import.meta.dirname, "../src/bin.ts");
const { NO_COLOR: _no, FORCE_COLOR: _force, ...environment } = process.env;

function hawser(
  cwd: string,
  argv: readonly string[],
  env: Record<string, string> = {},
): Promise<{ code: number; out: string; error: string }> {
  return new Promise((resolve) => {
    const options = { cwd, env: { ...environment, ...env } };
    execFile(process.execPath, ["--conditions=hawser-source", bin, ...argv], options, (failure, out, error) =>
      resolve({ code: typeof failure?.code === "number" ? failure.code : 0, out, error }),
    );
  });
}

test("results go to standard output, complaints to standard error, and exit codes are those of the documentation", async () => {
  await inFolder(async ({ path, write }) => {
    await write("old.yaml", harbour());
    await write("new.yaml", harbour({ values: "tug, barge" }));
    const done = await hawser(path, ["diff", "old.yaml", "new.yaml"]);
    expect(done).toMatchObject({ code: 0, error: "" });
    expect(done.out).toMatch(/^major .*\n.*\nThe next version is a major one\.\n$/);
    const failed = await hawser(path, ["lint", "gone.yaml"]);
    expect(failed.code).toBe(1);
    const wrong = await hawser(path, ["diff", "old.yaml"]);
    expect(wrong).toMatchObject({ code: 2, out: "" });
    expect(wrong.error).toContain("missing required argument 'new'");
  });
});

test("a pipe gets neither colours nor lines that change, unless it asks for colours", async () => {
  await inFolder(async ({ path, write }) => {
    await write("old.yaml", harbour());
    await write("new.yaml", harbour({ values: "tug" }));
    const argv = ["diff", "old.yaml", "new.yaml"];
    expect((await hawser(path, argv)).out).not.toContain("\u001b");
    expect((await hawser(path, argv, { FORCE_COLOR: "1" })).out).toContain("\u001b[32mminor\u001b[39m");
    expect((await hawser(path, argv, { FORCE_COLOR: "0" })).out).not.toContain("\u001b");
    expect((await hawser(path, argv, { NO_COLOR: "1" })).out).not.toContain("\u001b");
  });
});

test("nobody has to read the output to its end", async () => {
  const child = spawn(process.execPath, ["--conditions=hawser-source", bin, "--help"]);
  child.stdout.destroy();
  const [[code], complaints] = await Promise.all([once(child, "close"), text(child.stderr)]);
  expect({ code, complaints }).toEqual({ code: 0, complaints: "" });
});

test("init and generate work in a folder where nothing is installed", async () => {
  await inFolder(async ({ path, write, read }) => {
    await write("openapi.yaml", harbour());
    expect((await hawser(path, ["init", "--yes"])).code).toBe(0);
    expect(await hawser(path, ["generate"])).toMatchObject({ code: 0, error: "" });
    expect(await read("src/client/client.ts")).toContain("HarbourClient");
  });
});
