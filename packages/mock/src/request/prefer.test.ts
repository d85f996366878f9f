import { expect, test } from "vitest";
import { parsePrefer } from "./prefer.ts";

test.each([
  [undefined, {}],
  ["", {}],
  ["code=429", { status: 429 }],
  ["code=429, example=rateLimited", { status: 429, example: "rateLimited" }],
  ['example="a name, with a comma"', { example: "a name, with a comma" }],
  ['example="a \\"quoted\\" name"', { example: 'a "quoted" name' }],
  ["EXAMPLE=Name", { example: "Name" }],
  ["example=first, example=second", { example: "first" }],
  ["chunk-size=7 , delay=2,latency=1", { chunkSize: 7, delay: 2, latency: 1 }],
  ["cut=0", { cut: 0 }],
  ["end=10", { end: 10 }],
  ["stall=10", { stall: 10 }],
  ["keep-open", { keepOpen: true }],
  ["keep-open=false", { keepOpen: false }],
  ["dynamic=true, seed=a1", { dynamic: true, seed: "a1" }],
  ["scene=videoCompletes", { scene: "videoCompletes" }],
  ["respond-async, wait=10, return=minimal, code=201", { status: 201 }],
  [", ,code=201,", { status: 201 }],
])("%s", (header, preferences) => {
  expect(parsePrefer(header)).toEqual(preferences);
});

test.each([
  ["exmple=plain", /exmple=plain is not known.*example/],
  ["code=429; example=plain", /"429; example=plain"|not known/],
  ["code=42", /code takes a status such as 429, not "42"/],
  ["code", /code takes a status/],
  ["chunk-size=0", /chunk-size takes a whole number of at least 1, not "0"/],
  ["cut=-1", /cut takes a whole number of at least 0, not "-1"/],
  ["delay=1.5", /delay takes a whole number/],
  ["delay=soon", /delay takes a whole number of at least 0, not "soon"/],
  ["example", /example takes a name/],
  ["dynamic=yes", /dynamic takes true or false, not "yes"/],
  ["cut=1, stall=2", /cut and stall can't both come true/],
  ['example="never ends', /never ends is not known/],
  ["toString=1", /toString=1 is not known/],
])("%s is turned down", (header, message) => {
  expect(() => parsePrefer(header)).toThrow(message);
});
