import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { ChatCompletionStream } from "../src/index.ts";
import { chunk, eventResponse, events, toBytes } from "./support.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const count = 200_000;
const perPiece = 1000;

/** A long answer, a word per chunk; `padding` is in every chunk and in no completion. */
function open(padding = ""): ChatCompletionStream {
  const piece = toBytes(events(chunk({ content: "word " }, null, { obfuscation: padding })).repeat(perPiece));
  function* body(): Generator<Uint8Array | string> {
    for (let sent = 0; sent < count; sent += perPiece) yield piece;
    yield events(chunk({}, "stop"), "[DONE]");
  }
  return ChatCompletionStream.fromResponse(eventResponse(body()));
}

/** Reads to the end, and gives how many of every thousandth item are still held then. */
async function countHeld(items: AsyncIterable<object>): Promise<{ watched: number; held: number }> {
  const watched: WeakRef<object>[] = [];
  let seen = 0;
  for await (const item of items) {
    if (seen % 1000 === 0) watched.push(new WeakRef(item));
    seen += 1;
  }
  // What a weak reference was made of or asked for lives until the end of the turn.
  await new Promise((resolve) => setTimeout(resolve, 0));
  collectGarbage();
  return { watched: watched.length, held: watched.filter((one) => one.deref() !== undefined).length };
}

function textLength(stream: ChatCompletionStream): number | undefined {
  return stream.currentCompletion().choices[0]?.message.content?.length;
}

describe("after 200,000 chunks a stream holds the completion, not", { timeout: 60_000 }, () => {
  it("the chunks", async () => {
    const stream = open();
    const { watched, held } = await countHeld(stream);
    expect(watched).toBe(count / 1000 + 1);
    expect(held).toBeLessThanOrEqual(2);
    expect(textLength(stream)).toBe(count * 5);
  });

  it("the events", async () => {
    const stream = open();
    const { watched, held } = await countHeld(stream.events());
    expect(watched).toBe(count / 1000 + 1);
    expect(held).toBeLessThanOrEqual(2);
    expect(textLength(stream)).toBe(count * 5);
  });

  it("the chunks two branches have passed", async () => {
    const [left, right] = open().tee();
    const [one, two] = await Promise.all([countHeld(left), countHeld(right)]);
    expect(one.watched).toBe(count / 1000 + 1);
    expect(Math.min(one.held, two.held)).toBeLessThanOrEqual(2);
    expect([textLength(left), textLength(right)]).toEqual([count * 5, count * 5]);
  });

  it("the chunks a branch goes on to after the other was left", async () => {
    const [left, right] = open().tee();
    for await (const _ of left) break;
    const { watched, held } = await countHeld(right);
    expect(watched).toBe(count / 1000 + 1);
    expect(held).toBeLessThanOrEqual(2);
    expect(textLength(left)).toBe(5);
  });

  it("what it has read for the completion", async () => {
    const padding = "p".repeat(600);
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    const stream = open(padding);
    const completion = await stream.finalCompletion();
    collectGarbage();
    const grown = process.memoryUsage().heapUsed - before;
    expect(completion.choices[0]?.message.content?.length).toBe(count * 5);
    // The chunks are more than a hundred and twenty million characters.
    expect(grown).toBeLessThan(60_000_000);
    expect(textLength(stream)).toBe(count * 5);
  });
});
