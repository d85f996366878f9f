import { expect, test } from "vitest";
import { runcrate } from "../test/helpers.ts";
import { listOperations } from "./list-operations.ts";

test("operations are listed with the examples they can be asked for", async () => {
  const operations = await listOperations(runcrate.document, runcrate.overlays);
  const chat = operations.find(({ id }) => id === "createChatCompletion");
  expect(chat).toMatchObject({ method: "POST", path: "/chat/completions", stream: "flag" });
  expect(chat?.examples).toContainEqual({
    name: "error",
    status: "200",
    mediaType: "text/event-stream",
    summary: "A text that breaks off with an error",
  });
  expect(chat?.examples.filter(({ status }) => status === "429").map(({ name }) => name)).toEqual([
    "rateLimited",
  ]);
});
