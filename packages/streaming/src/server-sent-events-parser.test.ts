import { describe, expect, it } from "vitest";
import type { Frame } from "./frame-parser.ts";
import { createServerSentEventParser } from "./server-sent-events-parser.ts";

interface Parsed {
  readonly events: Frame[];
  readonly comments: string[];
  readonly fields: [string, string][];
  readonly unfinished: Frame | undefined;
}

function parse(text: string, size = text.length, maxEventBytes = 1000): Parsed {
  const events: Frame[] = [];
  const comments: string[] = [];
  const fields: [string, string][] = [];
  const parser = createServerSentEventParser(
    {
      onEvent: (event) => events.push(event),
      onComment: (comment) => comments.push(comment),
      onUnknownField: (name, value) => fields.push([name, value]),
    },
    maxEventBytes,
  );
  for (let start = 0; start < text.length; start += size) parser.feed(text.slice(start, start + size));
  return { events, comments, fields, unfinished: parser.finish() };
}

const none = { event: undefined, id: undefined, retry: undefined };

/** What comes out of the stream: name, text, events. */
const rules: [string, string, object[]][] = [
  ["data with one space removed", "data:  two\n\n", [{ ...none, data: " two" }]],
  ["data without a space", "data:x\n\n", [{ ...none, data: "x" }]],
  ["a tab is not removed", "data:\tx\n\n", [{ ...none, data: "\tx" }]],
  ["data lines are joined by LF", "data: a\ndata: b\ndata:\n\n", [{ ...none, data: "a\nb\n" }]],
  [
    "a field without colon is empty",
    "data\n\ndata\ndata\n\n",
    [
      { ...none, data: "" },
      { ...none, data: "\n" },
    ],
  ],
  [
    "CRLF",
    "data: a\r\n\r\ndata: b\r\n\r\n",
    [
      { ...none, data: "a" },
      { ...none, data: "b" },
    ],
  ],
  [
    "CR",
    "data: a\r\rdata: b\r\r",
    [
      { ...none, data: "a" },
      { ...none, data: "b" },
    ],
  ],
  ["a mix of line ends", "data: a\ndata: b\rdata: c\r\n\n", [{ ...none, data: "a\nb\nc" }]],
  [
    "LF CR are two line ends",
    "data: a\n\rdata: b\n\r",
    [
      { ...none, data: "a" },
      { ...none, data: "b" },
    ],
  ],
  ["a colon in the data", "data: a:b: c\n\n", [{ ...none, data: "a:b: c" }]],
  [
    "the type of an event",
    "event: ping\ndata: x\n\ndata: y\n\n",
    [
      { ...none, event: "ping", data: "x" },
      { ...none, data: "y" },
    ],
  ],
  ["an empty type is none", "event:\ndata: x\n\n", [{ ...none, data: "x" }]],
  [
    "an event without data is not dispatched, and its type forgotten",
    "event: ping\n\ndata: x\n\n",
    [{ ...none, data: "x" }],
  ],
  [
    "an id holds for what comes after",
    "id: 7\ndata: x\n\ndata: y\n\n",
    [
      { ...none, id: "7", data: "x" },
      { ...none, id: "7", data: "y" },
    ],
  ],
  ["an id without data holds too", "id: 7\n\ndata: y\n\n", [{ ...none, id: "7", data: "y" }]],
  [
    "an empty id takes it back",
    "id: 7\ndata: x\n\nid\ndata: y\n\n",
    [
      { ...none, id: "7", data: "x" },
      { ...none, id: "", data: "y" },
    ],
  ],
  ["an id with NULL is ignored", "id: 7\nid: a\0b\ndata: x\n\n", [{ ...none, id: "7", data: "x" }]],
  [
    "a time to wait, once",
    "retry: 3000\n\ndata: x\n\ndata: y\n\n",
    [
      { ...none, retry: 3000, data: "x" },
      { ...none, data: "y" },
    ],
  ],
  [
    "a time to wait is digits only",
    "retry: 1e3\nretry: -1\nretry: 5 \nretry:\ndata: x\n\n",
    [{ ...none, data: "x" }],
  ],
  ["names are exact", "Data: a\n data: b\ndata : c\ndatax: d\ndata: e\n\n", [{ ...none, data: "e" }]],
  ["only one blank line at the start is no event", "\n\n\ndata: x\n\n", [{ ...none, data: "x" }]],
  ["comments", ": hello\n:\ndata: x\n:data: y\n\n", [{ ...none, data: "x" }]],
];

describe("createServerSentEventParser", () => {
  describe.each([1, 2, 3, 7, 1000])("in pieces of %d", (size) => {
    it.each(rules)("%s", (_name, text, expected) => {
      expect(parse(text, size).events).toEqual(expected);
    });
  });

  it("tells of comments and of unknown fields", () => {
    const { comments, fields } = parse(": OPENROUTER PROCESSING\n:\n:  two\nerror: {}\nother\ndata: x\n\n");
    expect(comments).toEqual(["OPENROUTER PROCESSING", "", " two"]);
    expect(fields).toEqual([
      ["error", "{}"],
      ["other", ""],
    ]);
  });

  it("does not wait for the LF of a CRLF to dispatch an event", () => {
    const events: Frame[] = [];
    const parser = createServerSentEventParser({ onEvent: (event) => events.push(event) }, 1000);
    parser.feed("data: x\r\n\r");
    expect(events).toHaveLength(1);
    parser.feed("\ndata: y\r");
    parser.feed("\n");
    parser.feed("\r\n");
    expect(events.map((event) => event.data)).toEqual(["x", "y"]);
  });

  it.each([
    ["in the middle of a line", "data: x\n\ndata: y"],
    ["before the blank line", "data: x\n\ndata: y\n"],
    ["between CR and LF", "data: x\r\n\r\ndata: y\r"],
  ])("keeps back an event the body ends within: %s", (_name, text) => {
    const { events, unfinished } = parse(text, 3);
    expect(events.map((event) => event.data)).toEqual(["x"]);
    expect(unfinished).toEqual({ ...none, data: "y" });
  });

  it("keeps back nothing when only a type or a comment is left", () => {
    expect(parse("data: x\n\nevent: ping\n: bye").unfinished).toBeUndefined();
  });

  describe("with a cap", () => {
    const tooLarge = expect.objectContaining({
      reason: "too-large",
      message: expect.stringContaining("10 bytes"),
    });

    it.each([1, 4, 1000])("takes events that are just as large, in pieces of %d", (size) => {
      expect(parse(`data: ${"x".repeat(10)}\n\n`.repeat(5), size, 16).events).toHaveLength(5);
      expect(parse(`data: ${"é".repeat(5)}\n\n`.repeat(5), size, 16).events).toHaveLength(5);
    });

    it.each([1, 4, 1000])("counts bytes, not characters, in pieces of %d", (size) => {
      expect(() => parse(`data: ${"é".repeat(9)}\n\n`, size, 10)).toThrow(tooLarge);
    });

    it("counts the lines of an event together", () => {
      expect(() => parse("data: 12345\ndata: 67890\n\n", 1000, 10)).toThrow(tooLarge);
      expect(parse("data: 12345\ndata: 6789\n\n", 1000, 10).events).toHaveLength(1);
    });

    it("does not collect a line that never ends", () => {
      expect(() => parse("x".repeat(50), 5, 10)).toThrow(tooLarge);
    });

    it("does not add up comments", () => {
      expect(parse(": 12345\n".repeat(100), 3, 10).comments).toHaveLength(100);
    });
  });
});
