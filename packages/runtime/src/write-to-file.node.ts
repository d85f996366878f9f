import { open, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import type { BinaryResponse } from "./binary-answer.ts";

/**
 * Writes an answer's bytes to a file as they come, never holding them all in memory. A file that is there is
 * overwritten; one that couldn't be written to its end is removed, one that couldn't be opened is left alone.
 *
 * @throws ConnectionError, TimeoutError and AbortError from the answer; the file system's own errors.
 *
 * @example
 * import { writeToFile } from "@hawser/runtime/node";
 * await writeToFile(await client.videos.download(id), "video.mp4");
 */
export async function writeToFile(answer: BinaryResponse, path: string): Promise<void> {
  const bytes = Readable.fromWeb(answer.stream() as NodeReadableStream<Uint8Array>);
  const file = await open(path, "w").catch((error: unknown) => {
    bytes.destroy();
    throw error;
  });
  try {
    await pipeline(bytes, file.createWriteStream());
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}
