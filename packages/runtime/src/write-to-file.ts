import type { BinaryResponse } from "./binary-answer.ts";
import { InvalidRequestError } from "./errors.ts";

/**
 * The twin of `write-to-file.node.ts` for runtimes without a file system.
 *
 * @throws InvalidRequestError, always.
 */
export async function writeToFile(_answer: BinaryResponse, _path: string): Promise<void> {
  throw new InvalidRequestError(
    "writeToFile needs a file system; read the answer by stream(), bytes() or blob().",
  );
}
