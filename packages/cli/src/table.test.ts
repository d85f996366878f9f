import stringWidth from "fast-string-width";
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

const wide: readonly Column<{ id: string; name: string }>[] = [
  { heading: "ID", value: ({ id }) => id },
  { heading: "NAME", value: ({ name }) => name, cuttable: true },
  { heading: "SIZE", value: () => 12, align: "right", spare: 1 },
  { heading: "CREATED", value: () => "2026-03-02", spare: 2 },
];
const rope = [{ id: "vol_71d0b94c55", name: "the rope of 船の綱, long" }];

test.each([
  [62, "vol_71d0b94c55  the rope of 船の綱, long    12  2026-03-02"],
  [58, "vol_71d0b94c55  the rope of 船の綱, long    12  2026-03-02"],
  [57, "vol_71d0b94c55  the rope of 船の綱, lo…    12  2026-03-02"],
  [49, "vol_71d0b94c55  the rope of 船…    12  2026-03-02"],
  [45, "vol_71d0b94c55  the rope of 船の綱, lo…    12"],
  [31, "vol_71d0b94c55  the rope of 船…"],
  [10, "vol_71d0b94c55  the rope of…"],
])("a row fits into %i columns as long as its id does", (width, row) => {
  const [, shown = ""] = tableLines(wide, rope, { width });
  expect(shown).toBe(row);
  expect(stringWidth(shown)).toBeLessThanOrEqual(Math.max(width, 28));
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
