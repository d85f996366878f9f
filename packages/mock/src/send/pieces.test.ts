import { expect, test } from "vitest";
import { eventPieces, type StreamFraming, sizedPieces } from "./pieces.ts";

const cut = (text: string, framing: StreamFraming) =>
  [...eventPieces(new TextEncoder().encode(text), framing)].map((piece) => new TextDecoder().decode(piece));

test.each<[string, string, StreamFraming, string[]]>([
  ["events end after their blank line", "data: 1\n\ndata: 2\n\n", "events", ["data: 1\n\n", "data: 2\n\n"]],
  [
    "events may have several lines",
    "event: a\ndata: 1\n\n: hi\n\n",
    "events",
    ["event: a\ndata: 1\n\n", ": hi\n\n"],
  ],
  [
    "lines may end with CRLF",
    "data: 1\r\n\r\ndata: 2\r\n\r\n",
    "events",
    ["data: 1\r\n\r\n", "data: 2\r\n\r\n"],
  ],
  ["lines may end with CR", "data: 1\r\rdata: 2\r\r", "events", ["data: 1\r\r", "data: 2\r\r"]],
  ["what follows the last event is a piece too", "data: 1\n\ndata: 2", "events", ["data: 1\n\n", "data: 2"]],
  ["each line of JSON lines is a piece", '{"a":1}\n{"a":2}\n', "lines", ['{"a":1}\n', '{"a":2}\n']],
  [
    "a part ends after the boundary behind it",
    "--b\r\n\r\n1\r\n--b\r\n\r\n2\r\n--b--\r\n",
    "parts",
    ["--b\r\n", "\r\n1\r\n--b\r\n", "\r\n2\r\n--b--\r\n"],
  ],
  ["an empty stream has no pieces", "", "events", []],
])("%s", (_, text, framing, pieces) => {
  expect(cut(text, framing)).toEqual(pieces);
});

test("pieces of a size fall anywhere, also into a character", () => {
  const bytes = new TextEncoder().encode("é€");
  expect([...sizedPieces(bytes, 2)].map((piece) => [...piece])).toEqual([[0xc3, 0xa9], [0xe2, 0x82], [0xac]]);
});
