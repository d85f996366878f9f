import ts from "typescript";
import { expect, test } from "vitest";
import { attacks } from "../../../test/hostile.ts";
import { commentText, docComment } from "./doc-comment.ts";

const long = "word ".repeat(30).trim();

test.each<[string, { given: (string | undefined)[]; want: string }]>([
  ["one line is one line", { given: ["Lists."], want: "/** Lists. */\n" }],
  ["nothing to say is no comment", { given: [undefined, "", "  \n"], want: "" }],
  ["paragraphs are parted", { given: ["One.", undefined, "Two."], want: "/**\n * One.\n *\n * Two.\n */\n" }],
  [
    "tags stand together",
    {
      given: ["One.", "@param a A.", "@throws {Error} b"],
      want: "/**\n * One.\n *\n * @param a A.\n * @throws {Error} b\n */\n",
    },
  ],
  [
    "lines of a paragraph are joined, paragraphs are not",
    { given: ["a\nb\n\nc\r\nd"], want: "/**\n * a b\n *\n * c d\n */\n" },
  ],
  [
    "long lines are wrapped",
    { given: [long], want: `/**\n * ${"word ".repeat(21).trim()}\n * ${"word ".repeat(9).trim()}\n */\n` },
  ],
  ["lists keep their lines", { given: ["- a\n- b"], want: "/**\n * - a\n * - b\n */\n" }],
  ["tables keep their lines", { given: ["| a |\n| - |"], want: "/**\n * | a |\n * | - |\n */\n" }],
  [
    "fences keep their lines, the text around them is wrapped",
    {
      given: [`a\nb\n\`\`\`ts\nx(\n  1,\n\n);\n\`\`\`\nc\nd`],
      want: "/**\n * a b\n * ```ts\n * x(\n *   1,\n *\n * );\n * ```\n * c d\n */\n",
    },
  ],
  [
    "an example alone is well-formed",
    { given: ["@example\n```ts\nx();\n```"], want: "/**\n * @example\n * ```ts\n * x();\n * ```\n */\n" },
  ],
  [
    "a fence that is left open is closed before what follows",
    { given: ["```\nx", "@param a A."], want: "/**\n * ```\n * x\n * ```\n *\n * @param a A.\n */\n" },
  ],
  ["the end of the comment can't come early", { given: ["a */ b"], want: "/** a *\\/ b */\n" }],
  [
    "a word that would become a tag by wrapping does not",
    {
      given: [`${"x".repeat(105)} @deprecated`],
      want: `/**\n * ${"x".repeat(105)}\n * \\@deprecated\n */\n`,
    },
  ],
])("%s", (_name, { given, want }) => {
  expect(docComment(given)).toBe(want);
});

test("a comment is indented, and its lines are shorter by that", () => {
  const comment = docComment([long], "    ");
  expect(
    comment.split("\n").every((line) => line === "" || (line.startsWith("    ") && line.length <= 112)),
  ).toBe(true);
});

test.each(attacks)("a hostile text %j stays one comment", (attack) => {
  for (const parts of [[attack], ["a", attack, `@param a ${attack}`], [`\`\`\`\n${attack}`, attack]]) {
    const { statements } = ts.createSourceFile(
      "x.ts",
      `${docComment(parts)}export {};`,
      ts.ScriptTarget.ES2022,
    );
    expect(statements).toHaveLength(1);
  }
  expect(commentText(attack)).not.toMatch(/\*\/|[\r\n\u2028\u2029]/);
});
