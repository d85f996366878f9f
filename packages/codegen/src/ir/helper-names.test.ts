import { expect, test } from "vitest";
import { helperId, singular } from "./helper-names.ts";

test.each<[Parameters<typeof helperId>, string]>([
  [["waiter", "waitUntilRunning", ["instances"]], "waitUntilInstanceRunning"],
  [["waiter", "waitForEnd", ["instances"]], "waitForEndInstance"],
  [["waiter", "waitUntilReady", []], "waitUntilReady"],
  [["waiter", "waitUntilDone", ["chat", "completionRuns"]], "waitUntilChatCompletionRunDone"],
  [["creation", "createAndWait", ["instances"]], "createInstanceAndWait"],
  [["creation", "launch", ["instances"]], "launchInstance"],
  [["finder", "findByName", ["sshKeys"]], "findSshKeysByName"],
  [["finder", "named", ["sshKeys"]], "namedSshKey"],
  [["upload", "upload", ["files"]], "uploadFile"],
  [["upload", "upload", ["uploads"]], "uploadFile"],
  [["upload", "send", ["images"]], "sendImage"],
])("%j is called %s", (given, want) => {
  expect(helperId(...given)).toBe(want);
});

test.each([
  ["instances", "instance"],
  ["categories", "category"],
  ["statuses", "status"],
  ["status", "status"],
  ["boxes", "box"],
  ["classes", "class"],
  ["class", "class"],
  ["analysis", "analysis"],
  ["s", "s"],
])("one of the %s is a %s", (word, want) => {
  expect(singular(word)).toBe(want);
});
