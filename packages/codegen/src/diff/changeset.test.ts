import { expect, test } from "vitest";
import { document, representationOf } from "../../test/documents.ts";
import { changesetFor } from "./changeset.ts";
import type { Difference, Level } from "./difference.ts";

const ir = representationOf(document("info: { title: Harbour API, version: 2.1.0 }"));

function difference(level: Level, message: string): Difference {
  return { rule: "r", level, breaks: [], operations: [], pointer: "#/x", message };
}

function textOf(...differences: Difference[]): string | undefined {
  return changesetFor(ir, differences, ["@acme/harbour", "plain"])?.content;
}

test("no difference gives no changeset", () => {
  expect(textOf()).toBeUndefined();
});

test("the gravest difference decides, and what is grave is told first", () => {
  expect(
    textOf(difference("major", "`ships.list` is gone."), difference("minor", "`tugs.list` is new.")),
  ).toBe(
    `---
"@acme/harbour": major
"plain": major
---

Follows Harbour API 2.1.0. \`ships.list\` is gone.

Beside that: \`tugs.list\` is new.
`,
  );
});

test("many grave differences become a list", () => {
  const grave = [1, 2, 3, 4].map((number) => difference("major", `Number ${number} is gone.`));
  expect(textOf(...grave)).toContain(
    "Follows Harbour API 2.1.0, with 4 changes that programs have to follow:\n\n- Number 1 is gone.\n- Number 2 is gone.",
  );
});

test("many additions are counted", () => {
  const many = [1, 2, 3, 4, 5].map((number) => difference("minor", `Number ${number} is new.`));
  expect(textOf(...many)).toContain("Number 1 is new. Number 2 is new. Number 3 is new. And 2 more.");
});

test("a change of words alone is a patch", () => {
  expect(textOf(difference("patch", "Other words."))).toBe(
    '---\n"@acme/harbour": patch\n"plain": patch\n---\n\nFollows Harbour API 2.1.0, where only words changed.\n',
  );
});

test("the same differences give the same file", () => {
  const one = changesetFor(ir, [difference("minor", "A is new.")], ["a"]);
  expect(changesetFor(ir, [difference("minor", "A is new.")], ["a"])).toEqual(one);
  expect(changesetFor(ir, [difference("minor", "B is new.")], ["a"])?.path).not.toBe(one?.path);
});
