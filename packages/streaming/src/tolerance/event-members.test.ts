import { expect, it } from "vitest";
import { findObject, requireNumber, requireText } from "./event-members.ts";

function reporter(): { report: (id: string, pointer: string) => void; reports: string[] } {
  const reports: string[] = [];
  return { report: (id, pointer) => reports.push(`${id} ${pointer}`), reports };
}

it("gives a number that is there, and asks for none", () => {
  const { report, reports } = reporter();
  const index = requireNumber({ index: 3 }, "index", () => expect.unreachable(), report);
  expect([index, reports]).toEqual([3, []]);
});

it.each([{}, { index: null }, { index: "1" }])("puts a number where there is none: %o", (event) => {
  const { report, reports } = reporter();
  expect(requireNumber(event, "index", () => 7, report)).toBe(7);
  expect(event).toEqual({ index: 7 });
  expect(reports).toEqual(["Q45 /index"]);
});

it("gives a text that is there", () => {
  const { report, reports } = reporter();
  expect(requireText({ delta: "a" }, "delta", "b", "", report)).toBe("a");
  expect(reports).toEqual([]);
});

it.each([{}, { delta: null }])("puts a text where there is none: %o", (event) => {
  const { report, reports } = reporter();
  expect(requireText(event, "delta", "b", "", report)).toBe("b");
  expect(event).toEqual({ delta: "b" });
  expect(reports).toEqual(["Q45 /delta"]);
});

it("refuses what is no text, and quotes the event", () => {
  const { report } = reporter();
  expect(() => requireText({ delta: {} }, "delta", "", "raw", report)).toThrow(
    'The delta of an event is no text: "raw"',
  );
});

it("finds an object, and says when there is none", () => {
  const { report, reports } = reporter();
  expect(findObject({ item: { a: 1 } }, "item", report)).toEqual({ a: 1 });
  expect(findObject({ item: [] }, "item", report)).toBeUndefined();
  expect(reports).toEqual(["Q45 /item"]);
});
