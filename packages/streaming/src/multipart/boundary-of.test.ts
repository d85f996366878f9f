import { expect, it } from "vitest";
import { boundaryOf } from "./boundary-of.ts";

it.each([
  ["multipart/mixed; boundary=abc", "abc"],
  ['Multipart/Mixed;charset=utf-8; BOUNDARY="a b;=\\"c"', 'a b;="c'],
  ['multipart/mixed;boundary="-";deferSpec=20220824', "-"],
  ['multipart/mixed; x="; boundary=no"; boundary=yes', "yes"],
  ["multipart/mixed", undefined],
  ['multipart/mixed; boundary="a "', "a"],
  ['multipart/mixed; boundary=""', undefined],
  ['multipart/mixed; boundary="a\tb"', undefined],
  ["text/plain; boundary=abc", undefined],
  [null, undefined],
])("the boundary of %j is %j", (contentType, boundary) => {
  expect(boundaryOf(contentType)).toBe(boundary);
});
