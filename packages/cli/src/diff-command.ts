import { access, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import {
  changesetFor,
  type Difference,
  diff,
  type IR,
  isAtLeast,
  type Level,
  levelOf,
  represent,
} from "@hawser/codegen";
import { Command, Option } from "commander";
import { answer, type DocumentFlags, sourcesFrom, withDocumentOptions } from "./document-options.ts";
import { exitCodes, Failure } from "./exit-codes.ts";
import { type Colour, paint } from "./paint.ts";
import type { Output } from "./run.ts";

interface DiffFlags extends DocumentFlags {
  readonly failOn?: Level;
  readonly changeset?: boolean;
  readonly package?: string[];
  readonly all?: boolean;
}

interface Compared {
  /** What the differences ask of the next version number; `null` when there are none. */
  readonly level: Level | null;
  /** The changeset that was written. */
  readonly changeset?: string;
  readonly differences: readonly Difference[];
}

/** `hawser diff`: what a new version of a document means to who uses its client. */
export function diffCommand(output: Output): Command {
  const command = new Command("diff")
    .description(
      "Tells what differs between two OpenAPI documents, whom it breaks, and whether that is major, minor or patch.",
    )
    .argument("<old>", "path or URL of the document as it was")
    .argument("<new>", "path or URL of the document as it is")
    .addOption(
      new Option("--fail-on <level>", "end with exit code 1 from this level on").choices([
        "major",
        "minor",
        "patch",
      ]),
    )
    .option("--all", "tell every change of words, too")
    .option("--changeset", "write a file for the next release into .changeset (changesets)")
    .option("--package <names...>", "the packages of the changeset; default: that of the package.json here");
  return withDocumentOptions(command).action(async (old: string, next: string, flags: DiffFlags) => {
    const { level } = await answer(
      flags,
      output,
      () => compare(old, next, flags, output),
      (compared) => tell(compared, flags, output),
    );
    if (level !== null && flags.failOn !== undefined && isAtLeast(level, flags.failOn))
      throw new Failure(`There are ${level} differences, and --fail-on ${flags.failOn} was said.`);
  });
}

const article: Readonly<Record<Level, string>> = {
  major: "a major one",
  minor: "a minor one",
  patch: "a patch",
};

async function compare(old: string, next: string, flags: DiffFlags, output: Output): Promise<Compared> {
  const sources = await sourcesFrom([old, next], flags, output, "compare: name two documents");
  const representations: IR[] = [];
  for (const source of sources) representations.push((await represent(source)).ir);
  const [before, after] = representations as [IR, IR];
  const differences = diff(before, after);
  const changeset =
    flags.changeset === true ? await writeChangeset(after, differences, flags, output) : undefined;
  return { level: levelOf(differences) ?? null, ...(changeset !== undefined && { changeset }), differences };
}

async function writeChangeset(
  after: IR,
  differences: readonly Difference[],
  flags: DiffFlags,
  output: Output,
): Promise<string | undefined> {
  const packages = flags.package ?? [await ownPackage(output.cwd)];
  const changeset = changesetFor(after, differences, packages);
  if (changeset === undefined) return undefined;
  const folder = resolve(output.cwd, ".changeset");
  await access(folder).catch(() => {
    throw new Failure(`There is no folder .changeset in ${output.cwd}: "npx changeset init" makes one.`);
  });
  await writeFile(join(folder, changeset.path), changeset.content);
  return `.changeset/${changeset.path}`;
}

async function ownPackage(cwd: string): Promise<string> {
  const text = await readFile(join(cwd, "package.json"), "utf8").catch(() => "{}");
  try {
    const { name } = JSON.parse(text) as { name?: unknown };
    if (typeof name === "string") return name;
  } catch {
    throw new Failure(`${join(cwd, "package.json")} is not JSON.`);
  }
  throw new Failure("Which package is the changeset for? Say it with --package NAME.", exitCodes.usage);
}

const colourOf: Readonly<Record<Level, Colour>> = { major: "red", minor: "green", patch: "dim" };
const shownPatches = 5;

function tell({ level, changeset, differences }: Compared, flags: DiffFlags, output: Output): void {
  const colours = output.colours === true;
  if (level === null) {
    output.out("Nothing differs.");
    return;
  }
  const patches = differences.filter((difference) => difference.level === "patch");
  const hidden = flags.all === true ? [] : patches.slice(shownPatches);
  for (const difference of differences) {
    if (hidden.includes(difference)) continue;
    const whom =
      difference.breaks.length === 0
        ? ""
        : ` (breaks ${difference.breaks.map((who) => whoIs[who]).join(" and ")})`;
    output.out(
      `${paint(difference.level, colourOf[difference.level], colours)} ${difference.message}${whom}`,
    );
  }
  if (hidden.length > 0) output.out(`patch … and ${hidden.length} more changes of words (--all tells them)`);
  output.out(`The next version is ${article[level]}.`);
  if (changeset !== undefined) output.out(`✓ wrote ${changeset}`);
}

const whoIs = { callers: "who calls", readers: "who reads answers" } as const;
