import { expect, it } from "vitest";
import { tableRows } from "./screen.ts";

const step = (outcome: string, ok = true) => ({ name: "Upload", ok, took: 30.4, outcome });

it("aligns what ran, how long it took, and what came of it", () => {
  const steps = [step("done"), { ...step("no", false), name: "List the models", took: 1200 }];
  expect(tableRows(steps)).toEqual(["✓ Upload              30 ms  done", "✗ List the models   1200 ms  no"]);
});

it("goes on below itself where an outcome doesn't fit, or below the name where there is too little room", () => {
  const rows = tableRows([step("it was sent, and then it was looked at once more")], 50);
  expect(rows).toEqual([
    "✓ Upload     30 ms  it was sent, and then it was",
    "                    looked at once more",
  ]);
  expect(tableRows([step("it was sent, and looked at")], 40)).toEqual([
    "✓ Upload     30 ms",
    "    it was sent, and looked at",
  ]);
});

it("puts an outcome below the name when one of its words doesn't fit beside it", () => {
  expect(tableRows([step("70 bytes at https://files.example.com/harbour.png")], 51)).toEqual([
    "✓ Upload     30 ms",
    "    70 bytes at",
    "    https://files.example.com/harbour.png",
  ]);
});
