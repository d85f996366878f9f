import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { forgetTyped } from "./forget-typed.ts";

/** A keyboard on which something was typed already, and the modes it was in. */
function typed(keys: string, isTTY = true) {
  const modes: boolean[] = [];
  const keyboard = Object.assign(new PassThrough(), {
    isTTY,
    setRawMode: (mode: boolean) => modes.push(mode),
  });
  keyboard.write(keys);
  return { keyboard, modes };
}

test("what was typed before is gone, what is typed after is there", async () => {
  const { keyboard, modes } = typed("yes\n\n");
  await forgetTyped(keyboard);
  expect(modes).toEqual([true]);
  keyboard.write("no");
  expect(String(keyboard.read())).toBe("no");
});

test("Ctrl-C is not forgotten", async () => {
  let stopped = 0;
  await forgetTyped(typed("\u0003").keyboard, () => {
    stopped += 1;
  });
  expect(stopped).toBe(1);
});

test("a pipe keeps what is in it", async () => {
  const { keyboard } = typed("yes\n", false);
  await forgetTyped(keyboard);
  expect(String(keyboard.read())).toBe("yes\n");
});
