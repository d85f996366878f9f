import { expect, test } from "vitest";
import { document, representationOf } from "../../../test/documents.ts";
import { classNames, memberNames } from "./class-names.ts";

function classesOf(yaml: string): string[] {
  return [...classNames(representationOf(document(yaml))).values()];
}

test.each<[string, { given: string; want: string[] }]>([
  [
    "a class is named for the way to its resource",
    {
      given: "paths: { /chat/completions: { post: {} } }",
      want: ["ChatResource", "ChatCompletionsResource"],
    },
  ],
  [
    "two ways of one name get two classes",
    {
      given: "paths: { /chat/completions: { post: {} }, /chat-completions: { post: {} } }",
      want: ["ChatResource", "ChatCompletionsResource", "ChatCompletionsResource2"],
    },
  ],
  [
    "a class is never called like the client",
    {
      given: "x-hawser-client: { name: ShipsResource }\npaths: { /ships: { get: {} } }",
      want: ["ShipsResource2"],
    },
  ],
])("%s", (_name, { given, want }) => {
  expect(classesOf(given)).toEqual(want);
});

test("members that the client has itself are called otherwise, and so are those every class has", () => {
  const ir = representationOf(
    document(
      "paths: { /transport: { get: {} }, /then: { get: {} }, /ships/constructor: { get: {} }, /ships/transport: { get: {} } }",
    ),
  );
  expect([...memberNames(ir, ir.resources)]).toEqual([
    ["transport", "transport2"],
    ["then", "then2"],
    ["ships", "ships"],
  ]);
  const ships = ir.resources.resources.find(({ name }) => name === "ships");
  expect(ships && [...memberNames(ir, ships)]).toEqual([
    ["constructor", "constructor2"],
    ["transport", "transport"],
  ]);
});
