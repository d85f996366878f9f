import { expect, it, vi } from "vitest";

it("is the symbol of the runtime", async () => {
  const { asyncDispose } = await import("./async-dispose.ts");
  expect(asyncDispose).toBe(Symbol.asyncDispose);
});

it("is the one compilers agree on where the runtime has none", async () => {
  // A stand-in that is no Symbol itself: the real one's members can't be hidden.
  const real = Symbol;
  const get = (_: object, name: string | symbol): unknown =>
    name === "asyncDispose" ? undefined : Reflect.get(real, name);
  vi.stubGlobal("Symbol", new Proxy(() => real(), { get }));
  const copy = "./async-dispose.ts?without";
  const { asyncDispose } = (await import(copy)) as typeof import("./async-dispose.ts");
  vi.unstubAllGlobals();
  expect(asyncDispose).toBe(Symbol.for("Symbol.asyncDispose"));
});
