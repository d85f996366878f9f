import { expect, test } from "vitest";
import { document, runPass } from "../../test/documents.ts";
import { clientOptions } from "./client-options.ts";

const asked = (parameter: string, options = "") =>
  document(`
x-hawser-client: { name: Harbour${options} }
paths: { /a: { get: { parameters: [${parameter}] } } }
`);
const option = ", options: { pier: { description: P. } }";

test("a parameter names an option of the client", () => {
  const doc = asked("{ name: p, in: query, x-hawser-option: pier }", option);
  const before = structuredClone(doc);
  expect(runPass(clientOptions, doc)).toEqual({ changes: [], problems: [] });
  expect(doc).toEqual(before);
});

test.each<[string, { parameter: string; options?: string; want: string[] }]>([
  [
    "an option nobody describes",
    {
      parameter: "{ name: p, in: query, x-hawser-option: quay }",
      options: option,
      want: [
        '#/paths/~1a/get/parameters/0/x-hawser-option: x-hawser-client describes no option "quay": it has pier.',
      ],
    },
  ],
  [
    "an option of a client without any",
    {
      parameter: "{ name: p, in: query, x-hawser-option: quay }",
      want: [
        '#/paths/~1a/get/parameters/0/x-hawser-option: x-hawser-client describes no option "quay": it has no options.',
      ],
    },
  ],
  [
    "a path parameter",
    {
      parameter: "{ name: p, in: path, x-hawser-option: pier }",
      options: option,
      want: [
        "#/paths/~1a/get/parameters/0/x-hawser-option: a path parameter is part of what a call names: it can't come from an option of the client.",
      ],
    },
  ],
  [
    "an option with the name of one that every client has",
    {
      parameter: "{ name: p, in: query }",
      options: ", options: { timeout: { description: T. } }",
      want: [
        '#/x-hawser-client/options/timeout: every client has an option "timeout": give this one another name.',
      ],
    },
  ],
])("%s is a problem", (_name, { parameter, options, want }) => {
  expect(runPass(clientOptions, asked(parameter, options)).problems).toEqual(want);
});
