import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PartialJsonError } from "./partial-json-error.ts";
import { createPartialJsonReader, type PartialJsonOptions } from "./partial-json-reader.ts";

/** What the reader makes of a text in pieces that end at the cuts. */
function readAll(pieces: readonly string[], options?: PartialJsonOptions): unknown {
  const reader = createPartialJsonReader(options);
  for (const piece of pieces) reader.push(piece);
  return reader.finish();
}

function cutAt(text: string, cuts: readonly number[]): string[] {
  const places = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b);
  return [...places, text.length].map((end, at) => text.slice(at === 0 ? 0 : places[at - 1], end));
}

function attempt(read: () => unknown): { value: unknown } | { error: unknown } {
  try {
    return { value: read() };
  } catch (error) {
    return { error };
  }
}

const cuts = fc.array(fc.nat(), { maxLength: 12 });
const values = fc.jsonValue({ maxDepth: 6, noUnicodeString: false });

describe("the final value", () => {
  it("is that of JSON.parse, for any value, any white space and any pieces", () => {
    fc.assert(
      fc.property(values, fc.constantFrom("", " ", "\t", "\r\n"), cuts, (value, space, places) => {
        const text = `${space}${JSON.stringify(value, null, space)}${space}`;
        expect(readAll(cutAt(text, places))).toEqual(JSON.parse(text));
        expect(readAll([...text])).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each([
    ['{"a":1,"b":2,"a":{"c":3}}'],
    ['{"a":{"x":1},"a":{"y":2}}'],
    ['{"__proto__":{"polluted":true},"constructor":1,"toString":null}'],
    ['{"2":1,"1":2,"":3}'],
    ["[-0,0,-0.0,1e5,1E+2,2.5e-3,123456789012345678901234567890,1e999]"],
    ['"\\ud83d\\ude00 \\ud83d \\ude00 \\u00e9\\"\\\\\\/\\b\\f\\n\\r\\t"'],
    [" \n[ ] "],
    ["null"],
    ["-12"],
  ])("is that of JSON.parse for %s", (text) => {
    const value = readAll([...text]);
    const expected: unknown = JSON.parse(text);
    expect(value).toStrictEqual(expected);
    expect(JSON.stringify(value)).toBe(JSON.stringify(expected));
    expect(Object.getPrototypeOf(value ?? {})).toBe(Object.getPrototypeOf(expected ?? {}));
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe("a text that is no JSON", () => {
  it("is refused exactly when JSON.parse refuses it, in any pieces", () => {
    const mutation = fc.tuple(
      fc.nat(),
      fc.nat({ max: 2 }),
      fc.constantFrom(...'{}[]",:\\u0-+.eE1tfn \n\u0001'),
    );
    fc.assert(
      fc.property(values, mutation, cuts, (value, [where, removed, added], places) => {
        const whole = JSON.stringify(value);
        const at = where % (whole.length + 1);
        const text = whole.slice(0, at) + added + whole.slice(at + removed);
        const ours = attempt(() => readAll(cutAt(text, places)));
        const theirs = attempt(() => JSON.parse(text));
        expect("error" in ours).toBe("error" in theirs);
        if ("value" in ours) expect(ours).toEqual(theirs);
        else expect(PartialJsonError.is(ours.error)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ["", 0, "The text ends too early"],
    ['{"a":', 5, "The text ends too early"],
    ['"abc', 4, "The text ends too early"],
    ["-", 1, "The text ends too early"],
    ["[1,]", 3, 'Unexpected "]"'],
    ['{"a":1,}', 7, 'Unexpected "}"'],
    ["{a:1}", 1, 'Unexpected "a"'],
    ["01", 1, 'Unexpected "1"'],
    ["1.x", 2, 'Unexpected "x"'],
    ["trux", 3, 'Unexpected "x"'],
    ["[1}", 2, 'Unexpected "}"'],
    ["{} {}", 3, 'Unexpected "{"'],
    ['"a\nb"', 2, "A control character in a string"],
    ['"a\\x"', 3, "No such escape"],
    ['"\\u12g4"', 5, "No hexadecimal digit"],
  ])("is refused with the position: %j", (text, position, message) => {
    for (const pieces of [[text], [...text]]) {
      const { error } = attempt(() => readAll(pieces)) as { error: PartialJsonError };
      expect(error).toMatchObject({ name: "PartialJsonError", position });
      expect(error.message).toContain(message);
      expect(error.message).toContain(`position ${position}`);
    }
  });

  it("keeps what was read before, and is refused from then on", () => {
    const reader = createPartialJsonReader();
    reader.push('{"a":1,"b":"two');
    expect(() => reader.push("\n")).toThrow(PartialJsonError);
    expect(() => reader.push('"}')).toThrow("position 15");
    expect(() => reader.finish()).toThrow("position 15");
    expect(reader.value).toEqual({ a: 1, b: "two" });
    expect(reader.isComplete).toBe(false);
  });
});

describe("depth", () => {
  it("has a limit that is named", () => {
    expect(() => readAll(["[".repeat(513)])).toThrow("More than 512 levels (maxDepth) at position 512");
    expect(readAll(["[[]]"], { maxDepth: 2 })).toEqual([[]]);
    expect(() => readAll(['{"a":[{}]}'], { maxDepth: 2 })).toThrow(
      "More than 2 levels (maxDepth) at position 6",
    );
  });

  it("can be as deep as is asked for", () => {
    const depth = 100_000;
    let value = readAll(["[".repeat(depth), "]".repeat(depth)], { maxDepth: Infinity }) as unknown[];
    let levels = 1;
    for (; value.length > 0; levels++) value = value[0] as unknown[];
    expect(levels).toBe(depth);
  });

  it.each([0, 1.5, Number.NaN, -1])("can't be limited to %d", (maxDepth) => {
    expect(() => createPartialJsonReader({ maxDepth })).toThrow("maxDepth must be a positive whole number");
  });
});

describe("the value so far", () => {
  it("grows in place", () => {
    const reader = createPartialJsonReader();
    const seen: unknown[] = [];
    const pieces = [" ", "{", '"ci', 'ty"', ":", '"Par', 'is"', ',"n":[1', "2", ",", "tru", "e]", "}"];
    for (const piece of pieces) {
      reader.push(piece);
      seen.push(JSON.stringify(reader.value));
    }
    expect(seen).toEqual([
      undefined,
      "{}",
      "{}",
      "{}",
      "{}",
      '{"city":"Par"}',
      '{"city":"Paris"}',
      '{"city":"Paris","n":[]}',
      '{"city":"Paris","n":[]}',
      '{"city":"Paris","n":[12]}',
      '{"city":"Paris","n":[12]}',
      '{"city":"Paris","n":[12,true]}',
      '{"city":"Paris","n":[12,true]}',
    ]);
    const { value } = reader;
    expect(reader.finish()).toBe(value);
  });

  it("shows no half of a surrogate pair before the string is closed", () => {
    const reader = createPartialJsonReader();
    const seen = [...'"a\\ud83d\\ude00', "\ud83d", "\ude00", "\ud83d", '"'].map((piece) => {
      reader.push(piece);
      return reader.value;
    });
    expect(new Set(seen)).toEqual(new Set(["", "a", "a😀", "a😀😀", "a😀😀\ud83d"]));
  });

  it("tells what is complete", () => {
    const reader = createPartialJsonReader();
    expect(reader.isFieldComplete([])).toBe(false);
    reader.push('{"a":{"b":[1,"tw');
    expect(reader.openPath).toEqual(["a", "b", 1]);
    const paths = [[], ["a"], ["a", "b"], ["a", "b", 0], ["a", "b", 1], ["a", "b", 2], ["toString"]];
    expect(paths.map((path) => reader.isFieldComplete(path))).toEqual([
      false,
      false,
      false,
      true,
      false,
      false,
      false,
    ]);
    reader.push('o"]');
    expect(reader.isFieldComplete(["a", "b"])).toBe(true);
    expect(reader.isFieldComplete(["a"])).toBe(false);
    expect(reader.openPath).toEqual(["a"]);
    reader.push("}}");
    expect(reader.isFieldComplete([])).toBe(true);
    expect(reader.openPath).toBeUndefined();
    expect(reader.isComplete).toBe(true);
  });

  it("takes a member that comes again for open again", () => {
    const reader = createPartialJsonReader();
    reader.push('{"a":1,');
    expect(reader.isFieldComplete(["a"])).toBe(true);
    reader.push('"a":');
    expect(reader.isFieldComplete(["a"])).toBe(false);
    reader.push("2}");
    expect(reader.value).toEqual({ a: 2 });
  });

  it("is never part of what the whole is not", () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (list) => {
        const text = JSON.stringify(list);
        const reader = createPartialJsonReader();
        for (const piece of text) {
          reader.push(piece);
          const partial = (reader.value ?? []) as string[];
          expect(partial.every((entry, at) => (list[at] ?? "").startsWith(entry))).toBe(true);
        }
        expect(reader.value).toEqual(list);
      }),
    );
  });
});

it("a large text in single characters, looked at after each, is read without a copy of it", {
  timeout: 10_000,
}, () => {
  // With a copy of the text so far for each piece this would move some hundred gigabytes.
  const text = JSON.stringify({
    content: "x\n".repeat(300_000),
    list: Array.from({ length: 50_000 }, (_, n) => n),
  });
  const reader = createPartialJsonReader();
  let looks = 0;
  for (let at = 0; at < text.length; at++) {
    reader.push(text.charAt(at));
    if (reader.value !== undefined) looks += 1;
  }
  expect(looks).toBe(text.length);
  expect(reader.finish()).toEqual(JSON.parse(text));
});
