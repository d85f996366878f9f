import { expect, test } from "vitest";
import { BinaryResponse } from "./binary-answer.ts";
import * as withoutFiles from "./index.no-node.ts";
import * as withFiles from "./index.node.ts";

test("without a file system writing to one is an error that says so", async () => {
  const answer = new BinaryResponse(new Response("bytes"));
  await expect(withoutFiles.writeToFile(answer, "a.bin")).rejects.toThrow("writeToFile needs a file system");
  expect(await (await answer.blob()).text()).toBe("bytes");
});

test("both sides of the export condition have the same names", () => {
  expect(Object.keys(withoutFiles)).toEqual(Object.keys(withFiles));
});
