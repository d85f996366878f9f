import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ChatCompletionStream } from "../src/index.ts";
import { type ChatPlan, chatPlans, cutBy, readSizes } from "./chat-plan.ts";
import { collect, eventResponse } from "./support.ts";

/** A stream of these reads, and what it reports; the connection breaks after them where `breaks` is set. */
function open(
  reads: readonly Uint8Array[],
  breaks = false,
): { stream: ChatCompletionStream; quirks: string[] } {
  const quirks: string[] = [];
  const left = [...reads];
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const next = left.shift();
      if (next !== undefined) controller.enqueue(next);
      else if (breaks) controller.error(new TypeError("terminated"));
      else controller.close();
    },
  });
  const stream = ChatCompletionStream.fromResponse(eventResponse(body), {
    onQuirk: ({ id }) => quirks.push(id),
  });
  return { stream, quirks };
}

describe("any chat stream that keeps to the format, in any reads", () => {
  it("gives its chunks as they were sent, the completion they make, and a complete end", async () => {
    await fc.assert(
      fc.asyncProperty(chatPlans, readSizes, async ({ chunks, completion, bytes }, sizes) => {
        const { stream, quirks } = open(cutBy(bytes, sizes));
        expect(await collect(stream)).toEqual(chunks);
        expect(await stream.finalCompletion()).toEqual(completion);
        expect(await stream.end).toEqual({ reason: "complete" });
        expect(quirks).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("makes the same completion when only that is asked for", async () => {
    await fc.assert(
      fc.asyncProperty(chatPlans, readSizes, async ({ completion, bytes }, sizes) => {
        const { stream, quirks } = open(cutBy(bytes, sizes));
        expect(await stream.finalCompletion()).toEqual(completion);
        expect(quirks).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it("has events that say the same", async () => {
    await fc.assert(
      fc.asyncProperty(chatPlans, readSizes, async ({ completion, bytes }, sizes) => {
        const { stream } = open(cutBy(bytes, sizes));
        const seen = completion.choices.map(() => ({ content: "", reasoning: "", calls: [] as unknown[] }));
        for await (const event of stream.events()) {
          if (event.type === "content.delta") seen[event.choice]!.content += event.delta;
          else if (event.type === "reasoning.delta") seen[event.choice]!.reasoning += event.delta;
          else if (event.type === "tool_call.done") {
            expect(event.complete).toBe(true);
            expect(event.value).toEqual(JSON.parse(event.arguments));
            seen[event.choice]!.calls.push([event.id, event.name, event.arguments]);
          } else if (event.type === "end") expect(event.end).toEqual({ reason: "complete" });
        }
        expect(seen).toEqual(
          completion.choices.map(({ message }) => ({
            content: message.content ?? "",
            reasoning: message.reasoning_content ?? "",
            calls: (message.tool_calls ?? []).map((call) => [
              call.id,
              call.function?.name,
              call.function?.arguments,
            ]),
          })),
        );
      }),
      { numRuns: 150 },
    );
  });

  it("comes out of another server as it went in", async () => {
    await fc.assert(
      fc.asyncProperty(chatPlans, readSizes, async ({ chunks, completion, bytes }, sizes) => {
        const there = ChatCompletionStream.fromReadableStream(
          open(cutBy(bytes, sizes)).stream.toReadableStream(),
        );
        expect(await collect(there)).toEqual(chunks);
        expect(await there.finalCompletion()).toEqual(completion);
        expect(await there.end).toEqual({ reason: "complete" });
      }),
      { numRuns: 80 },
    );
  });

  it("is the same for both who share it", async () => {
    await fc.assert(
      fc.asyncProperty(chatPlans, readSizes, async ({ chunks, completion, bytes }, sizes) => {
        const [left, right] = open(cutBy(bytes, sizes)).stream.tee({ maxAhead: 2 });
        const [seen, final] = await Promise.all([collect(left), right.finalCompletion()]);
        expect(seen).toEqual(chunks);
        expect(final).toEqual(completion);
        expect(await left.finalCompletion()).toEqual(completion);
      }),
      { numRuns: 80 },
    );
  });
});

describe("a chat stream that ends anywhere", () => {
  /** Reads what is left of a plan after the cut, and says what every call that may be run was. */
  async function readCut({ bytes }: ChatPlan, at: number, sizes: readonly number[], breaks: boolean) {
    const { stream } = open(cutBy(bytes.subarray(0, at), sizes), breaks);
    const runnable: unknown[] = [];
    try {
      for await (const event of stream.events()) {
        if (event.type === "tool_call.done" && event.complete) {
          runnable.push([event.choice, event.index, event.arguments]);
        }
      }
    } catch {
      // The end says it.
    }
    return { end: (await stream.end).reason, runnable, completion: stream.currentCompletion() };
  }

  it.each([
    ["the body ends", false, "truncated"],
    ["the connection breaks", true, "error"],
  ])("is complete only when every finish reason has come: %s", async (_, breaks, otherwise) => {
    await fc.assert(
      fc.asyncProperty(chatPlans, fc.nat(), readSizes, async (plan, place, sizes) => {
        const at = place % (plan.bytes.length + 1);
        const { end } = await readCut(plan, at, sizes, breaks);
        // A connection that breaks within an event takes it along; a body that ends there may have meant it.
        if (at < plan.wholeAt) expect(end).toBe(otherwise);
        else if (!breaks || at >= plan.wholeAt + 4) expect(end).toBe("complete");
      }),
      { numRuns: 300 },
    );
  });

  it("keeps what came, and makes no call look whole that isn't", async () => {
    await fc.assert(
      fc.asyncProperty(chatPlans, fc.nat(), readSizes, fc.boolean(), async (plan, place, sizes, breaks) => {
        const { runnable, completion } = await readCut(plan, place % (plan.bytes.length + 1), sizes, breaks);
        for (const { index, message } of completion.choices) {
          const whole = plan.completion.choices[index]!.message;
          expect((whole.content ?? "").startsWith(message.content ?? "")).toBe(true);
          expect((whole.reasoning_content ?? "").startsWith(message.reasoning_content ?? "")).toBe(true);
        }
        const calls = plan.completion.choices.flatMap(({ message }, choice) =>
          (message.tool_calls ?? []).map((call, index) => [choice, index, call.function?.arguments]),
        );
        for (const call of runnable) expect(calls).toContainEqual(call);
      }),
      { numRuns: 200 },
    );
  });
});
