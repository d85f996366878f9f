import { expect, test } from "vitest";
import { paint, wantsColours } from "./paint.ts";

const terminal = { isTTY: true, hasColors: () => true };
const pipe = {};

test.each<[string, { stream: object; env: Record<string, string>; want: boolean }]>([
  ["a terminal has colours", { stream: terminal, env: {}, want: true }],
  [
    "a terminal without colours has none",
    { stream: { isTTY: true, hasColors: () => false }, env: {}, want: false },
  ],
  ["a pipe has none", { stream: pipe, env: {}, want: false }],
  ["NO_COLOR takes them away", { stream: terminal, env: { NO_COLOR: "1" }, want: false }],
  ["an empty NO_COLOR says nothing", { stream: terminal, env: { NO_COLOR: "" }, want: true }],
  ["FORCE_COLOR gives them to a pipe", { stream: pipe, env: { FORCE_COLOR: "1" }, want: true }],
  ["an empty FORCE_COLOR gives them too", { stream: pipe, env: { FORCE_COLOR: "" }, want: true }],
  ["FORCE_COLOR=0 takes them away", { stream: terminal, env: { FORCE_COLOR: "0" }, want: false }],
  [
    "FORCE_COLOR goes before NO_COLOR",
    { stream: pipe, env: { FORCE_COLOR: "1", NO_COLOR: "1" }, want: true },
  ],
])("%s", (_name, { stream, env, want }) => {
  expect(wantsColours(stream, env)).toBe(want);
});

test("text is painted where there are colours, and left alone elsewhere", () => {
  expect(paint("a", "red", true)).toBe("\u001b[31ma\u001b[39m");
  expect(paint("a", "red", false)).toBe("a");
});
