import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Output, run } from "../src/run.ts";

/** A small document; `summary` and `values` are what tests change in it. */
export function harbour({ summary = "Lists ships.", values = "tug, liner" } = {}): string {
  return `openapi: 3.1.0
info: { title: Harbour, version: 1.0.0 }
servers: [{ url: https://harbour.example/v1 }]
paths:
  /ships:
    get:
      operationId: listShips
      summary: ${summary}
      responses:
        "200": { description: OK, content: { application/json: { schema: { $ref: "#/components/schemas/Fleet" } } } }
        default: { description: Error. }
components:
  schemas:
    Fleet: { type: object, required: [ships], properties: { ships: { type: array, items: { enum: [${values}] } } } }
`;
}

/** Runs the command in a folder, and gives all it said. */
export async function hawserIn(
  cwd: string,
  argv: readonly string[],
  given: Partial<Output> = {},
): Promise<{ code: number; out: string; error: string }> {
  const out: string[] = [];
  const error: string[] = [];
  const said = { out: (line: string) => out.push(line), error: (line: string) => error.push(line) };
  const code = await run(argv, { ...said, cwd, ...given });
  return { code, out: out.join("\n"), error: error.join("\n") };
}

/** A folder to run commands in. */
export interface Folder {
  readonly path: string;
  readonly write: (file: string, text: string) => Promise<void>;
  readonly read: (file: string) => Promise<string>;
  /** Runs the command in the folder, and gives all it said. */
  readonly hawser: (argv: readonly string[], given?: Partial<Output>) => ReturnType<typeof hawserIn>;
}

/** Calls `use` with a folder of its own, and removes it. */
export async function inFolder<Result>(use: (folder: Folder) => Promise<Result>): Promise<Result> {
  const path = await mkdtemp(join(tmpdir(), "hawser-cli-"));
  try {
    return await use({
      path,
      write: (file, text) => writeFile(join(path, file), text),
      read: (file) => readFile(join(path, file), "utf8"),
      hawser: (argv, given) => hawserIn(path, argv, given),
    });
  } finally {
    await rm(path, { recursive: true, force: true });
  }
}
