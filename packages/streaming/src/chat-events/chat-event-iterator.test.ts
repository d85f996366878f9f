import { describe, expect, expectTypeOf, it } from "vitest";
import { begin, choice, openChat, piece } from "../../test/chat-support.ts";
import { chunk, collect, eventResponse, events, rejection, watchedBody } from "../../test/support.ts";
import { ChatCompletionStream } from "../chat-completion-stream.ts";
import type { ChatCompletion } from "../chat-types.ts";
import type { ChatEvent } from "./chat-event.ts";

describe("the snapshot", () => {
  it("is one object that grows to the final completion", async () => {
    const stream = openChat(
      chunk({ role: "assistant", content: "He", reasoning_content: "Hm" }),
      choice(1, { content: "other" }, "stop"),
      chunk({ content: "y", tool_calls: [begin(3, "c", "h"), begin(1, "b", "g")] }),
      chunk({ tool_calls: [piece(1, "{}"), piece(3, "{}")] }),
      chunk({}, "tool_calls", { usage: { total_tokens: 9 }, x: [1] }),
      "[DONE]",
    );
    const contents: unknown[] = [];
    const snapshots = new Set<ChatCompletion>();
    for await (const { snapshot } of stream.events()) {
      snapshots.add(snapshot);
      contents.push(snapshot.choices[0]?.message.content);
    }
    expect(contents.slice(0, 2)).toEqual(["He", "He"]);
    expect(contents.at(-1)).toBe("Hey");
    expect(snapshots.size).toBe(1);
    expect([...snapshots]).toEqual([await stream.finalCompletion()]);
  });

  it("is not what finalCompletion gives, which can be changed freely", async () => {
    const stream = openChat(chunk({ content: "a" }, "stop"), "[DONE]");
    const [first] = await collect(stream.events());
    const completion = await stream.finalCompletion();
    completion.choices[0]!.message.content = "changed";
    expect(first?.snapshot.choices[0]?.message.content).toBe("a");
  });
});

describe("the iteration", () => {
  it("throws the error of the end after its event", async () => {
    const list = openChat(chunk({ content: "a" }), { error: { message: "Too busy" } }).events();
    expect((await list.next()).value).toMatchObject({ type: "content.delta" });
    expect((await list.next()).value).toMatchObject({ type: "end", end: { reason: "error" } });
    expect(await rejection(list.next())).toMatchObject({ name: "StreamError", message: "Too busy" });
    expect(await list.next()).toEqual({ done: true, value: undefined });
  });

  it("cancels the request when it is left", async () => {
    const body = watchedBody([events(chunk({ content: "a" }))], "open");
    const stream = ChatCompletionStream.fromResponse(eventResponse(body.stream));
    for await (const event of stream.events()) {
      expect(event.type).toBe("content.delta");
      break;
    }
    expect(body.isCancelled).toBe(true);
    expect(await stream.end).toMatchObject({ reason: "aborted" });
  });

  it("is the one pass over the stream", async () => {
    const stream = openChat(chunk({ content: "a" }, "stop"), "[DONE]");
    await collect(stream.events());
    expect(await rejection(collect(stream.events()))).toMatchObject({ reason: "misuse" });
  });

  it("reads a chunk only when an event is asked for", async () => {
    const body = watchedBody(["a", "b", "c"].map((content) => events(chunk({ content }))));
    const list = ChatCompletionStream.fromResponse(eventResponse(body.stream)).events();
    expect(body.pulls).toBe(0);
    await list.next();
    await list.next();
    expect(body.pulls).toBe(2);
  });

  it("is typed by type", () => {
    const list = openChat("[DONE]").events();
    expectTypeOf(list).toExtend<AsyncIterable<ChatEvent>>();
    type Done = Extract<ChatEvent, { type: "tool_call.done" }>;
    expectTypeOf<Done["complete"]>().toEqualTypeOf<boolean>();
    const own = ChatCompletionStream.fromResponse<{ choices?: object[] }, { own: 1 }>(eventResponse(""));
    expectTypeOf(own.events()).toExtend<AsyncIterable<ChatEvent<{ own: 1 }>>>();
  });
});
