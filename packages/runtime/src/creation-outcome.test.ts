import { inspect } from "node:util";
import { expect, test } from "vitest";
import { creationOf, tellCreation } from "./creation-outcome.ts";
import { ConnectionError } from "./errors.ts";

const outcome = { id: "vega", created: { name: "PRIVATE" }, terminated: true };

test("an error of ours tells what was created, wherever it is printed", () => {
  const error = tellCreation(new ConnectionError("Lost ($&)"), outcome) as ConnectionError;
  expect(error.message).toBe("Lost ($&). vega was created and removed again.");
  expect(String(error.stack)).toContain("Lost ($&). vega was created");
  expect(JSON.parse(JSON.stringify(error)).message).toBe(error.message);
  expect(creationOf(error)).toBe(outcome);
  expect(inspect(error, { depth: 9 })).not.toContain("PRIVATE");
});

test("an error of the caller's stays as it is", () => {
  const error = new RangeError("mine");
  expect(tellCreation(error, outcome)).toBe(error);
  expect([error.message, creationOf(error)]).toEqual(["mine", outcome]);
});

test.each([undefined, null, "text", 5, Object.freeze({})])("%j that was thrown is passed on", (thrown) => {
  expect(tellCreation(thrown, outcome)).toBe(thrown);
  expect(creationOf(thrown)).toBeUndefined();
});

test("a failure to remove it says why, or that there is no way", () => {
  const lost = tellCreation(new ConnectionError("Lost"), {
    ...outcome,
    terminated: false,
    undoError: new Error("moored fast"),
  });
  expect((lost as Error).message).toMatch(/could not be removed, so it may go on costing: moored fast$/);
  const bare = tellCreation(new ConnectionError("Lost"), { ...outcome, terminated: false });
  expect((bare as Error).message).toMatch(/may go on costing: there is no way to$/);
});
