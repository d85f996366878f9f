import { expect, test } from "vitest";
import { mergeOptions } from "./options.ts";

test("headers and query are joined name by name, and undefined leaves what there is", () => {
  const merged = mergeOptions(
    { headers: { "x-team": "a", "x-trace": "1" }, query: { page: 1, size: 2 } },
    { headers: { "x-team": undefined, "x-trace": null }, query: { page: undefined, size: 3 } },
  );
  expect(merged).toEqual({ headers: { "x-team": "a", "x-trace": null }, query: { page: 1, size: 3 } });
});
