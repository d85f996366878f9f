import { describe, expect, test } from "vitest";
import { checkClientOptions, checkRequestOptions } from "./known-options.ts";
import type { Service } from "./operation.ts";

const service: Service = {
  name: "Harbour",
  version: "1",
  servers: [],
  security: {},
  options: { berthId: { variable: "HARBOUR_BERTH" }, toString: {} },
};

function complaintOf(check: () => void): string {
  try {
    check();
  } catch (error) {
    return (error as Error).message;
  }
  return "nothing";
}
const ofClient = (options: unknown) => complaintOf(() => checkClientOptions(service, options as object));
const ofCall = (options: unknown) => complaintOf(() => checkRequestOptions("listShips", options as object));

describe("an option nobody knows is named with the one it resembles:", () => {
  test.each([
    ["apikey", "apiKey"],
    ["api_key", "apiKey"],
    ["key", "apiKey"],
    ["timout", "timeout"],
    ["timeoutMs", "timeout"],
    ["retries", "maxRetries"],
    ["baseUrl", "baseURL"],
    ["defaultHeaders", "headers"],
    ["berthID", "berthId"],
  ])("%s", (name, nearest) => {
    expect(ofClient({ [name]: "x" })).toBe(
      `The client of Harbour has no option "${name}"; the nearest is ${nearest}.`,
    );
  });

  test("or by itself where it resembles none", () => {
    expect(ofClient({ organisation: "x" })).toBe('The client of Harbour has no option "organisation".');
    expect(ofCall({ "": 1 })).toBe('listShips has no option "".');
    expect(ofCall({ 0: 1 })).toBe('listShips has no option "0".');
  });

  test("of a call too, and an option in the wrong place is sent to the other", () => {
    expect(ofCall({ timout: 5 })).toBe('listShips has no option "timout"; the nearest is timeout.');
    expect(ofCall({ abortSignal: 1 })).toBe('listShips has no option "abortSignal"; the nearest is signal.');
    expect(ofCall({ apiKey: "x" })).toBe('listShips has no option "apiKey"; it is one of the client.');
    expect(ofClient({ signal: 1 })).toBe(
      'The client of Harbour has no option "signal"; it is one of a single call.',
    );
  });

  test("also where every object has such a member", () => {
    expect(ofCall({ constructor: 1 })).toContain('no option "constructor"');
    expect(ofClient({ toString: "a service's own" })).toBe("nothing");
  });
});

test("options that are no object are refused, and not shown", () => {
  expect(ofClient("sk-1")).toBe("The client of Harbour was given a string instead of an object of options.");
  expect(ofClient(null)).toContain("given null");
  expect(ofClient(["sk-1"])).toContain("given a list");
  expect(ofClient(() => "sk-1")).toContain("given a function");
  expect(ofCall(5_000)).toBe("listShips was given a number instead of an object of options.");
});

test("what is known passes, and so does what says nothing", () => {
  expect(ofClient({ apiKey: "a", strict: true, berthId: "b", server: "c", apikey: undefined })).toBe(
    "nothing",
  );
  expect(ofCall({ signal: undefined, onQuirk: () => {}, dryRun: true, timout: undefined })).toBe("nothing");
  expect(ofCall(Object.create({ inherited: 1 }))).toBe("nothing");
});
