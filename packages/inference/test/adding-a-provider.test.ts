import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../../..");
const results = join(import.meta.dirname, "../.results");
/** Below the package, so that the packages of this repository are found as if they had been installed. */
let folder: string;

interface Block {
  /** What stands behind the fence: the language, and the path of a file. */
  readonly language: string;
  readonly file: string | undefined;
  readonly text: string;
}

async function blocksOf(page: string): Promise<Block[]> {
  const text = await readFile(join(root, page), "utf8");
  return [...text.matchAll(/^```(\w+)(?: (\S+))?\n(.*?)^```$/gms)].map(([, language, file, body]) => ({
    language: language ?? "",
    file,
    text: body ?? "",
  }));
}

/** What the commands of the page are here, where the packages are sources. */
function wordsOf(command: string): string[] {
  const source = "--conditions=hawser-source";
  const hawser = join(root, "packages/cli/src/bin.ts");
  return command
    .replace(/^npx hawser/, `${source} ${hawser}`)
    .replace(/^node /, `${source} `)
    .split(" ");
}

const blocks = await blocksOf("docs/adding-a-provider.md");

beforeAll(async () => {
  await mkdir(results, { recursive: true });
  folder = await mkdtemp(join(results, "adding-a-provider-"));
  for (const { file, text } of blocks) {
    if (file === undefined) continue;
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test("the page about adding a provider does what it says", async () => {
  const commands = blocks
    .filter(({ language }) => language === "sh")
    .flatMap(({ text }) => text.trim().split("\n"));
  expect(commands).toHaveLength(3);
  let printed = "";
  for (const command of commands) {
    const { stdout } = await run(process.execPath, wordsOf(command), {
      cwd: folder,
      env: { ...process.env, NO_COLOR: "1" },
    });
    printed = stdout;
  }
  expect(printed).toBe(blocks.find(({ language }) => language === "text")?.text);
  expect(await readdir(join(folder, "src/halyard"))).toContain("client.ts");
}, 60_000);

test("the programs of this page and of the one about providers pass the type checker", async () => {
  const [providers] = (await blocksOf("docs/providers.md")).filter(({ language }) => language === "ts");
  await writeFile(join(folder, "providers.ts"), `${providers?.text}export { clients, tell };\n`);
  const settings = {
    extends: relative(folder, join(root, "tsconfig.base.json")),
    compilerOptions: { types: ["node"] },
    files: ["try.ts", "hawser.config.ts", "providers.ts"],
  };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify(settings));
  const tsc = join(root, "node_modules/typescript-native/bin/tsc");
  const { stdout } = await run(process.execPath, [tsc, "--noEmit", "-p", folder]).catch(
    (error: { stdout: string }) => error,
  );
  // The packages' own sources are checked elsewhere.
  expect(stdout.split("\n").filter((line) => line !== "" && !/^(\.\.|\s)/.test(line))).toEqual([]);
}, 60_000);

test("the overlay of the page is under 30 lines, and there is no other code", () => {
  const overlay = blocks.find(({ file }) => file?.endsWith("overlay.yaml"));
  expect(overlay?.text.trim().split("\n").length).toBeLessThan(30);
  expect(blocks.filter(({ language }) => language === "ts").map(({ file }) => file)).toEqual([
    "hawser.config.ts",
    "try.ts",
  ]);
});
