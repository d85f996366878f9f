import { afterEach, expect, test, vi } from "vitest";
import { isBrowser, readEnvironment } from "./environment.ts";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

test("a variable is read from process.env, and an empty one is absent", () => {
  vi.stubEnv("HAWSER_TEST", "value");
  expect(readEnvironment("HAWSER_TEST")).toBe("value");
  vi.stubEnv("HAWSER_TEST", "");
  expect(readEnvironment("HAWSER_TEST")).toBeUndefined();
});

test("a variable is read from Deno, and one it doesn't let be read is absent", () => {
  vi.stubGlobal("process", undefined);
  vi.stubGlobal("Deno", { env: { get: (name: string) => `deno ${name}` } });
  expect(readEnvironment("A")).toBe("deno A");
  vi.stubGlobal("Deno", {
    env: {
      get() {
        throw new Error("Requires env access");
      },
    },
  });
  expect(readEnvironment("A")).toBeUndefined();
});

test("without any environment a variable is absent", () => {
  vi.stubGlobal("process", undefined);
  expect(readEnvironment("A")).toBeUndefined();
});

test("a web page is a window with a document", () => {
  expect(isBrowser()).toBe(false);
  vi.stubGlobal("window", {});
  expect(isBrowser()).toBe(false);
  vi.stubGlobal("window", { document: {} });
  expect(isBrowser()).toBe(true);
});
