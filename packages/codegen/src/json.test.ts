import { expect, test } from "vitest";
import { joinPointer, resolvePointer, unescapePointer, walkObjects } from "./json.ts";

test.each<[string, { given: (string | number)[]; want: string }]>([
  ["a name with a slash is escaped", { given: ["paths", "/a/b"], want: "#/paths/~1a~1b" }],
  ["a name with a tilde is escaped", { given: ["a~b", 0], want: "#/a~0b/0" }],
])("%s", (_name, { given, want }) => {
  expect(joinPointer("#", ...given)).toBe(want);
});

test.each<[string, { given: string; want: string }]>([
  ["escapes of RFC 6901 are undone in their order", { given: "~01~1", want: "~1/" }],
  ["percent escapes are undone", { given: "a%20b%2Fc%C3%A9", want: "a b/cé" }],
  ["a percent sign that escapes nothing stays", { given: "100%zz%", want: "100%zz%" }],
  ["percent escapes that are no UTF-8 stay", { given: "%ff", want: "%ff" }],
])("%s", (_name, { given, want }) => {
  expect(unescapePointer(given)).toBe(want);
});

const root = { list: [{ a: 1 }], "x/y": { "~": 2 } };

test.each<[string, { given: string; want: unknown }]>([
  ["the root", { given: "#", want: root }],
  ["an item of a list", { given: "#/list/0/a", want: 1 }],
  ["an escaped name", { given: "#/x~1y/~0", want: 2 }],
  ["a name that is not there", { given: "#/list/1/a", want: undefined }],
  ["a name every object inherits", { given: "#/constructor", want: undefined }],
  ["a member of a single value", { given: "#/list/0/a/b", want: undefined }],
])("a pointer leads to %s", (_name, { given, want }) => {
  expect(resolvePointer(root, given)).toEqual(want);
});

test("every object is visited once, parents first, with its pointer", () => {
  const pointers: string[] = [];
  walkObjects(root, (_object, pointer) => pointers.push(pointer));
  expect(pointers).toEqual(["#", "#/list/0", "#/x~1y"]);
});
