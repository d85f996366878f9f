import { expect, test } from "vitest";
import { DocumentError } from "../document-error.ts";
import { Report } from "./report.ts";

test("a change keeps what stood there, whatever happens to the document later", () => {
  const report = new Report("test.yaml");
  const before = { type: "string" };
  report.change({ rule: "rule", pointer: "#", before, reason: "Why." });
  before.type = "number";
  expect(report.changes).toEqual([
    { rule: "rule", pointer: "#", before: { type: "string" }, reason: "Why." },
  ]);
});

test("all problems are thrown together, with the name of the document", () => {
  const report = new Report("test.yaml");
  report.throwProblems();
  report.problem("#/a", "one.");
  report.problem("#/b", "two.");
  expect(() => report.throwProblems()).toThrow(
    new DocumentError([
      { source: "test.yaml", pointer: "#/a", message: "one." },
      { source: "test.yaml", pointer: "#/b", message: "two." },
    ]),
  );
});
