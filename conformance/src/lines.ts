import type { Readable } from "node:stream";

/**
 * The lines of a stream of text, ended by LF alone: `node:readline` ends them at U+2028 too, which JSON may have in its
 * texts.
 */
export async function* readLines(stream: Readable): AsyncGenerator<string> {
  let rest: string[] = [];
  for await (const text of stream.setEncoding("utf8")) {
    const lines = (text as string).split("\n");
    for (const line of lines.slice(0, -1)) {
      yield rest.join("") + line;
      rest = [];
    }
    rest.push(lines.at(-1)!);
  }
}
