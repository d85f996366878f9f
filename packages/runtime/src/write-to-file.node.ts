import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import type { BinaryResponse } from "./binary-answer.ts";

/**
 * Writes an answer's bytes to a file as they come, never holding them all in memory. A file that is there is
 * overwritten; one that couldn't be written to its end is removed.
 *
 * @throws ConnectionError, TimeoutError and AbortError from the answer; the file system's own errors.
 *
 * @example
 * import { writeToFile } from "@hawser/runtime/node";
 * await writeToFile(await client.videos.download(id), "video.mp4");
 */
export async function writeToFile(answer: BinaryResponse, path: string): Promise<void> {
  const file = createWriteStream(path);
  try {
    await pipeline(Readable.fromWeb(answer.stream() as NodeReadableStream<Uint8Array>), file);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}
