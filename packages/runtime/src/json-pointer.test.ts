import { expect, test } from "vitest";
import { readPointer } from "./json-pointer.ts";

// The examples of RFC 6901, section 5.
const document = {
  foo: ["bar", "baz"],
  "": 0,
  "a/b": 1,
  "c%d": 2,
  "e^f": 3,
  "g|h": 4,
  "i\\j": 5,
  'k"l': 6,
  " ": 7,
  "m~n": 8,
};

test.each([
  ["", document],
  ["/foo", ["bar", "baz"]],
  ["/foo/0", "bar"],
  ["/", 0],
  ["/a~1b", 1],
  ["/c%d", 2],
  ["/e^f", 3],
  ["/g|h", 4],
  ["/i\\j", 5],
  ['/k"l', 6],
  ["/ ", 7],
  ["/m~0n", 8],
])("%j points to what is there", (pointer, value) => {
  expect(readPointer(document, pointer)).toEqual(value);
});

test.each(["/bar", "/foo/2", "/foo/-", "/foo/00", "/foo/length", "/foo/0/0", "/toString", "/__proto__"])(
  "%j points to nothing",
  (pointer) => {
    expect(readPointer(document, pointer)).toBeUndefined();
  },
);

test("a tilde that was escaped stays one", () => {
  expect(readPointer({ "~1": 9 }, "/~01")).toBe(9);
});
