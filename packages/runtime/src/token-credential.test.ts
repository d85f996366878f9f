import { describe, expect, test } from "vitest";
import { createTokenCredential, type TokenGrant } from "./token-credential.ts";

/** A credential whose clock is set by hand, and how often it has asked. */
function rig(
  lifetime: number | undefined,
  answer: (count: number) => Promise<TokenGrant> | undefined = () => undefined,
) {
  const state = { now: 1_000_000, asked: 0 };
  const credential = createTokenCredential(
    async () => {
      state.asked += 1;
      return (await answer(state.asked)) ?? { token: `token-${state.asked}`, lifetime };
    },
    () => state.now,
  );
  return { credential, state };
}

describe("a token", () => {
  test("is kept until a minute before its end", async () => {
    const { credential, state } = rig(3_600_000);
    expect(await credential()).toBe("token-1");
    state.now += 3_539_999;
    expect(await credential()).toBe("token-1");
    state.now += 1;
    expect(await credential()).toBe("token-2");
  });

  test("with a short life is kept for nine tenths of it", async () => {
    const { credential, state } = rig(1000);
    await credential();
    state.now += 899;
    expect(await credential()).toBe("token-1");
    state.now += 1;
    expect(await credential()).toBe("token-2");
  });

  test("without an end is kept until it is refused", async () => {
    const { credential, state } = rig(undefined);
    await credential();
    state.now += 1e15;
    expect(await credential()).toBe("token-1");
    credential.forget("another");
    expect(await credential()).toBe("token-1");
    credential.forget("token-1");
    expect(await credential()).toBe("token-2");
  });

  test("is asked for once, however many need it", async () => {
    const { credential, state } = rig(1000);
    expect(await Promise.all([credential(), credential(), credential()])).toEqual(Array(3).fill("token-1"));
    expect(state.asked).toBe(1);
  });

  test("that couldn't be had is asked for again by the next", async () => {
    const { credential } = rig(1000, (count) =>
      count === 1 ? Promise.reject(new Error("down")) : undefined,
    );
    await expect(Promise.all([credential(), credential()])).rejects.toThrow("down");
    expect(await credential()).toBe("token-2");
  });
});
