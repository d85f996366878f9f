import { expect, test } from "vitest";
import { tidyComments } from "./tidy-comments.ts";

test.each<[string, { given: string; want: string }]>([
  ["indentation is halved", { given: "a {\n    b {\n        c\n", want: "a {\n  b {\n    c\n" }],
  ["the tag of a description goes", { given: "/** @description One. */\n", want: "/** One. */\n" }],
  [
    "tags that repeat the type go, and a comment of nothing else with them",
    { given: "/** @enum {string} */\na\n/**\n * @constant\n */\nb\n", want: "a\nb\n" },
  ],
  [
    "a comment that is left with one line gets one line",
    {
      given: "    /**\n     * @description One.\n     * @enum {string}\n     */\n    a\n",
      want: "  /** One. */\n  a\n",
    },
  ],
  [
    "a text keeps its lines",
    {
      given: "/**\n * @description a\n *     b\n *\n *     - c\n *       - d\n */\n",
      want: "/**\n * a\n * b\n *\n * - c\n *   - d\n */\n",
    },
  ],
  [
    "declarations are parted",
    {
      given: "export type A = 1;\nexport interface B {\n}\n/** C. */\nexport type C = 1;\ntype D = 1;\n",
      want: "export type A = 1;\n\nexport interface B {\n}\n\n/** C. */\nexport type C = 1;\n\ntype D = 1;\n",
    },
  ],
])("%s", (_name, { given, want }) => {
  expect(tidyComments(given)).toBe(want);
});
