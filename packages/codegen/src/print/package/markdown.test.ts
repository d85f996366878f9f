import { expect, test } from "vitest";
import { block, code, firstParagraph, inline } from "./markdown.ts";

test.each([
  ["# a heading", "\\# a heading"],
  ["- a list", "\\- a list"],
  ["1. a list", "1\\. a list"],
  ["<script>x</script>", "&lt;script>x&lt;/script>"],
  ["`<tag>` stays, <tag> doesn't", "`<tag>` stays, &lt;tag> doesn't"],
  ["one ` alone", "one \\` alone"],
  ["a | b", "a \\| b"],
  ["two\n\nlines", "two lines"],
  ["**strong** and [link](https://example.com)", "**strong** and [link](https://example.com)"],
  ["*emphasis*", "*emphasis*"],
])("%j is %j on one line", (text, expected) => {
  expect(inline(text)).toBe(expected);
});

test.each([
  ["plain", "`plain`"],
  ["a`b", "`` a`b ``"],
  ["``", "``` `` ```"],
  ["two\nlines", "`two lines`"],
])("%j is code as %j", (text, expected) => {
  expect(code(text)).toBe(expected);
});

test("the first paragraph is one line, and none when it is no text", () => {
  expect(firstParagraph("One\ntwo.\n\nThree.")).toBe("One two.");
  expect(firstParagraph("```\ncode\n```")).toBe("");
  expect(firstParagraph(undefined)).toBe("");
});

test("a block ends where its text does", () => {
  expect(block("const a = 1;\n")).toBe("```ts\nconst a = 1;\n```\n");
});
