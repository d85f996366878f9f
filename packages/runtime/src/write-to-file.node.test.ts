import { mkdtemp, readdir, readFile, rm, symlink } from "node:fs/promises";
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

test("a file that can't be opened is left alone", async () => {
  const link = join(folder, "loop");
  // A link to itself can't be opened by anyone, and can be removed.
  await symlink(link, link);
  await expect(writeToFile(new BinaryResponse(new Response("bytes")), link)).rejects.toThrow("ELOOP");
  expect(await readdir(folder)).toEqual(["loop"]);
});

test("an answer that has been read already doesn't empty the file", async () => {
  const path = join(folder, "a.bin");
  await writeToFile(new BinaryResponse(new Response("kept")), path);
  const answer = new BinaryResponse(new Response("read"));
  answer.stream().getReader();
  await expect(writeToFile(answer, path)).rejects.toThrow();
  expect(await readFile(path, "utf8")).toBe("kept");
});
