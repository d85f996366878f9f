import { expect, it } from "vitest";
import { createJsonLinesParser } from "./json-lines-parser.ts";

function parse(
  text: string,
  size: number,
  maxLineBytes = 1000,
): { lines: string[]; last: string | undefined } {
  const lines: string[] = [];
  const parser = createJsonLinesParser((line) => lines.push(line.data), maxLineBytes);
  for (let start = 0; start < text.length; start += size) parser.feed(text.slice(start, start + size));
  return { lines, last: parser.finish()?.data };
}

it.each([1, 3, 100])("cuts text into lines, passing over blank ones, in pieces of %d", (size) => {
  expect(parse('{"a":1}\n\n \r\n{"b":2}\r\n[3]', size)).toEqual({
    lines: ['{"a":1}', '{"b":2}\r'],
    last: "[3]",
  });
});

it("has no last line after a line feed", () => {
  expect(parse("1\n", 1).last).toBeUndefined();
});

it.each([1, 100])("does not take lines over the cap, in pieces of %d", (size) => {
  expect(parse('"12345678"\n"é345678"\n', size, 10).lines).toHaveLength(2);
  expect(() => parse('"123456789"\n', size, 10)).toThrow(
    expect.objectContaining({ reason: "too-large", message: expect.stringContaining("10 bytes") }),
  );
});
