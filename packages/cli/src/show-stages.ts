import { stat } from "node:fs/promises";
import { isRemote, type SourceOptions, type Stage } from "@hawser/codegen";
import type { Output } from "./run.ts";

/** Bytes from which on a document takes long enough to say what it is being done with. */
const large = 1_000_000;

const words: Readonly<Record<Stage, string>> = {
  read: "reading",
  normalise: "normalising",
  print: "writing the client of",
};

/** What a large document, or one from the web, is being done with: a line on terminals alone, gone at the end. */
export async function showStages(
  { document }: SourceOptions,
  name: string,
  output: Output,
): Promise<{ show: (stage: Stage) => void; end: () => void }> {
  const bytes = isRemote(document)
    ? undefined
    : await stat(document).then(
        ({ size }) => size,
        () => 0,
      );
  if (output.terminal === undefined || (bytes !== undefined && bytes < large))
    return { show: () => {}, end: () => {} };
  const size = bytes === undefined ? "" : ` (${(bytes / 1e6).toFixed(1)} MB)`;
  const text = (stage: Stage) => `${words[stage]} ${name}${size} …`;
  const line = output.terminal.status(text("read"));
  return { show: (stage) => line.update(text(stage)), end: () => line.clear() };
}
