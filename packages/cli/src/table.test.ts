import { expect, test } from "vitest";
import { type Column, detailLines, plainText, tableLines } from "./table.ts";

const columns: readonly Column<{ name: string | null; size: number }>[] = [
  { heading: "NAME", value: ({ name }) => name },
  { heading: "SIZE", value: ({ size }) => size, align: "right" },
];

test("columns are as wide as what is in them, also where a character is two columns wide", () => {
  const rows = [
    { name: "rope", size: 5 },
    { name: "船の綱", size: 1200 },
    { name: null, size: 0 },
  ];
  expect(tableLines(columns, rows)).toEqual(["NAME    SIZE", "rope       5", "船の綱  1200", "–          0"]);
});

test("what could move the cursor or colour the terminal doesn't reach it", () => {
  expect(plainText("a\u001b[31mb\r\nc")).toBe("a [31mb c");
  expect(tableLines(columns, [{ name: "a\u0007b", size: 1 }])[1]).toBe("a b      1");
});

test("a table of nothing is its headings", () => {
  expect(tableLines(columns, [])).toEqual(["NAME  SIZE"]);
});

test("details are a line each", () => {
  expect(
    detailLines([
      ["id", "a"],
      ["longer", 2],
      ["gone", undefined],
    ]),
  ).toEqual(["id      a", "longer  2", "gone    –"]);
});
