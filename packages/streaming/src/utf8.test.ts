import { describe, expect, it } from "vitest";
import { cut, toBytes } from "../test/support.ts";
import { createUtf8Decoder, utf8Length } from "./utf8.ts";

const text = "a\u00e9\u20ac😀\ufeffz\n";

function decode(bytes: Uint8Array, size: number): string {
  const decoder = createUtf8Decoder();
  return (
    cut(bytes, size)
      .map((piece) => decoder(piece))
      .join("") + decoder()
  );
}

describe("createUtf8Decoder", () => {
  it.each([1, 2, 3, 5, 100])("puts characters together that were split into pieces of %d bytes", (size) => {
    expect(decode(toBytes(text), size)).toBe(text);
  });

  it.each([1, 2, 100])("drops one byte order mark at the start, in pieces of %d bytes", (size) => {
    expect(decode(toBytes(`\ufeff${text}`), size)).toBe(text);
    expect(decode(toBytes("\ufeff\ufeffx"), size)).toBe("\ufeffx");
  });

  it.each([1, 2, 100])("replaces what is not UTF-8, in pieces of %d bytes", (size) => {
    expect(decode(new Uint8Array([0x61, 0xff, 0x62, 0xe2, 0x82, 0x63]), size)).toBe("a\ufffdb\ufffdc");
  });

  it("replaces a character the body ends within", () => {
    expect(decode(toBytes("x€").subarray(0, 3), 1)).toBe("x\ufffd");
  });

  it("takes empty pieces", () => {
    const decoder = createUtf8Decoder();
    expect(
      [decoder(new Uint8Array()), decoder(toBytes("a")), decoder(new Uint8Array()), decoder()].join(""),
    ).toBe("a");
  });
});

describe("utf8Length", () => {
  it.each([[""], ["abc"], [text], ["😀😀"], ["\ud83d"], ["a\ude00b"]])("counts the bytes of %j", (sample) => {
    expect(utf8Length(sample)).toBe(toBytes(sample).length);
  });
});
