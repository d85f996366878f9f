import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { BinaryResponse } from "./binary-answer.ts";
import { writeToFile } from "./write-to-file.node.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hawser-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

test("an answer's bytes are written to a file", async () => {
  await writeToFile(new BinaryResponse(new Response("bytes")), join(folder, "a.bin"));
  expect(await readFile(join(folder, "a.bin"), "utf8")).toBe("bytes");
});

test("a file that couldn't be written to its end is removed", async () => {
  let count = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      count += 1;
      if (count < 3) controller.enqueue(new Uint8Array(1000));
      else controller.error(new RangeError("broke off"));
    },
  });
  await expect(writeToFile(new BinaryResponse(new Response(body)), join(folder, "a.bin"))).rejects.toThrow(
    "broke off",
  );
  expect(await readdir(folder)).toEqual([]);
});

test("a folder that isn't there is an error of the file system", async () => {
  const answer = new BinaryResponse(new Response("bytes"));
  await expect(writeToFile(answer, join(folder, "no", "a.bin"))).rejects.toThrow("ENOENT");
});
