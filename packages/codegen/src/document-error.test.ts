import { expect, test } from "vitest";
import { DocumentError } from "./document-error.ts";

test("the message has a line for each problem, with its file and its pointer", () => {
  const error = new DocumentError([
    { source: "a.yaml", pointer: "", message: "one." },
    { source: "a.yaml", pointer: "#/x", message: "two." },
  ]);
  expect(error.message).toBe("a.yaml: one.\na.yaml at #/x: two.");
  expect(error.name).toBe("DocumentError");
});

test("ten problems are shown and all are kept", () => {
  const problems = Array.from({ length: 12 }, (_, index) => ({
    source: "a.yaml",
    pointer: "",
    message: `${index}.`,
  }));
  const error = new DocumentError(problems);
  expect(error.message.split("\n").slice(9)).toEqual(["a.yaml: 9.", "… and 2 more"]);
  expect(error.problems).toEqual(problems);
});
