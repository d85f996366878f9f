import { expect, it } from "vitest";
import { createByteBuffer } from "./byte-buffer.ts";

it("keeps what was added and not dropped, and finds only that", () => {
  const buffer = createByteBuffer();
  buffer.add(Uint8Array.of(1, 2, 3, 4));
  buffer.drop(2);
  expect([buffer.length, [...buffer.view(0, 2)], buffer.find(4, 0), buffer.find(4, 2)]).toEqual([
    2,
    [3, 4],
    1,
    -1,
  ]);
  buffer.drop(2);
  expect(buffer.find(3, 0)).toBe(-1);
});

it("holds as much as is added, and goes on after a large part", () => {
  const buffer = createByteBuffer();
  for (let round = 0; round < 10; round++) buffer.add(new Uint8Array(100_000).fill(round));
  buffer.add(Uint8Array.of(42, 43));
  expect([buffer.length, buffer.find(42, 0), buffer.view(999_999, 1_000_000)[0]]).toEqual([
    1_000_002, 1_000_000, 9,
  ]);
  buffer.drop(1_000_000);
  expect([...buffer.view(0, buffer.length)]).toEqual([42, 43]);
});
