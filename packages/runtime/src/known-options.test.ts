import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { checkClientOptions, checkRequestOptions } from "./known-options.ts";
import type { Operation, Service } from "./operation.ts";

const service: Service = {
  name: "Harbour",
  version: "1",
  servers: [],
  security: { berthKey: { type: "http", scheme: "bearer" } },
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
const listShips: Operation = { id: "listShips", method: "GET", path: "/ships", retry: "safe", outcomes: [] };
const stream: NonNullable<Operation["stream"]> = {
  mode: "accept",
  framing: "server-sent-events",
  item: "payload",
  type: { fromResponse: () => undefined },
};
const ofClient = (options: unknown) => complaintOf(() => checkClientOptions(service, options as object));
const ofCall = (options: unknown) => complaintOf(() => checkRequestOptions(listShips, options as object));

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

  test("and stream is one only where it chooses the answer", () => {
    const choosing = (mode: "accept" | "flag", options: object) =>
      complaintOf(() => checkRequestOptions({ ...listShips, stream: { ...stream, mode } }, options));
    expect(choosing("accept", { stream: true })).toBe("nothing");
    expect(choosing("accept", { stream: 1 })).toContain("the option stream takes true or false");
    expect(choosing("flag", { stream: true })).toContain('listShips has no option "stream"');
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
  class Options {
    readonly apiKey = "a";
    toJSON() {
      return {};
    }
  }
  expect(ofClient(new Options())).toBe("nothing");
  expect(ofClient(Object.assign(Object.create(null), { apiKey: "a" }))).toBe("nothing");
  expect(ofClient(Object.freeze({ apiKey: "a", credentials: undefined }))).toBe("nothing");
  expect(ofCall(Object.create({ inherited: 1 }))).toBe("nothing");
  expect(ofCall(runInNewContext("({ timeout: 5, headers: { a: 'b' } })"))).toBe("nothing");
});

test("options of a prototype are refused: they would be read, and lost where options are joined", () => {
  class Options {
    get apiKey() {
      return "a";
    }
  }
  expect(ofClient(new Options())).toBe(
    "The client of Harbour was given the option apiKey by a prototype: it has to be the object's own.",
  );
  expect(ofCall(Object.create({ timeout: 5 }))).toContain("was given the option timeout by a prototype");
  expect(ofCall(JSON.parse('{ "__proto__": { "timeout": 5 } }'))).toBe(
    'listShips has no option "__proto__".',
  );
});

describe("a value that would be ignored, or do the opposite, is refused:", () => {
  test.each<[options: object, complaint: string]>([
    [{ dryRun: "yes" }, "listShips: the option dryRun takes true or false."],
    [{ idempotencyKey: "" }, "listShips: the option idempotencyKey takes a text that is not empty."],
    [{ idempotencyKey: 7 }, "listShips: the option idempotencyKey takes a text that is not empty."],
    [{ headers: new Headers({ a: "b" }) }, "listShips: the option headers takes a plain object."],
    [{ headers: [["a", "b"]] }, "listShips: the option headers takes a plain object."],
    [{ query: new URLSearchParams("a=b") }, "listShips: the option query takes a plain object."],
    [{ extraBody: new FormData() }, "listShips: the option extraBody takes a plain object."],
  ])("%o", (options, complaint) => {
    expect(ofCall(options)).toBe(complaint);
  });

  test("keys for a scheme that nobody has", () => {
    expect(ofClient({ credentials: { berthKey: "sk-1" } })).toBe("nothing");
    expect(ofClient({ credentials: { bertKey: "sk-1" } })).toBe(
      'The option credentials has no security scheme "bertKey"; the nearest is berthKey.',
    );
    expect(ofClient({ credentials: { signal: "sk-1" } })).toBe(
      'The option credentials has no security scheme "signal".',
    );
    expect(ofClient({ credentials: "sk-1" })).toBe(
      "The client of Harbour: the option credentials takes a plain object.",
    );
  });
});
