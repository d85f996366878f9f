import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { ChatCompletionStream, MessageStream, collectCompletion, parseServerSentEvents, readChunks, toAssistantMessage } from "./index.ts";
import { chunk, collect, eventResponse, events, toBytes, watchedBody } from "../test/support.ts";

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc") as () => void;

describe("suspicions", () => {
  it("kept thinking text reaches text() on complete end without finish reason", async () => {
    const wire = events(chunk({ content: "a" }), chunk({ content: " 1 <" }), "[DONE]");
    const s = ChatCompletionStream.fromResponse(eventResponse(wire), { splitThinking: true });
    const text = (await collect(s.text())).join("");
    expect(text).toBe((await s.finalCompletion()).choices[0]!.message.content);
  });
  it("kept thinking text survives tee", async () => {
    const wire = events(chunk({ content: "a" }), chunk({ content: " 1 <" }), "[DONE]");
    const s = ChatCompletionStream.fromResponse(eventResponse(wire), { splitThinking: true });
    const [a, b] = s.tee();
    const [x] = await Promise.all([a.finalCompletion(), b.finalCompletion()]);
    expect(x.choices[0]!.message.content).toBe("a 1 <");
  });
  it("whitespace start linear", async () => {
    const t = (n: number) => async () => {
      const wire = events(...Array.from({ length: n }, () => chunk({ content: "\n" })), chunk({}, "stop"), "[DONE]");
      const s = ChatCompletionStream.fromResponse(eventResponse(wire), { splitThinking: true });
      const c = process.cpuUsage();
      await s.finalCompletion();
      return process.cpuUsage(c).user / 1000;
    };
    await t(1000)();
    console.log("whitespace", await t(5000)(), await t(20000)(), await t(40000)());
  });
  it("tee: left branch holds nothing", async () => {
    const refs: WeakRef<object>[] = [];
    const wire = events(...Array.from({ length: 300 }, (_, i) => chunk({ content: `${i}` }, null, { x: [i] })), chunk({}, "stop"), "[DONE]");
    const s = ChatCompletionStream.fromResponse(eventResponse(wire));
    const [a, b] = s.tee();
    const ia = a[Symbol.asyncIterator]();
    await ia.next();
    await ia.return(undefined);
    const ib = b[Symbol.asyncIterator]();
    for (let i = 0; i < 200; i++) { const r = await ib.next(); if (!r.done) refs.push(new WeakRef(r.value)); }
    await new Promise((r) => setTimeout(r, 20));
    gc();
    await new Promise((r) => setTimeout(r, 20));
    gc();
    const alive = refs.filter((r) => r.deref() !== undefined).length;
    console.log("alive", alive, a === (a as unknown), ia !== undefined);
    expect(alive).toBeLessThan(20);
    await ib.return(undefined);
  });
  it("stop_reason empty is no end", async () => {
    const start = { type: "message_start", message: { id: "m", type: "message", role: "assistant", model: "x", content: [], stop_reason: "", usage: {} } };
    const ev = [start, { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } }, { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "half" } }];
    const s = MessageStream.fromResponse(eventResponse(events(...ev)));
    await collect(s);
    expect((await s.end).reason).toBe("truncated");
  });
  it("collectCompletion: finish_reason left out", async () => {
    const c = await collectCompletion([{ choices: [{ index: 0, delta: { content: "a" }, finish_reason: "stop" }] }, { choices: [{ index: 0, delta: {} }] }]);
    expect(c.choices[0]!.finish_reason).toBe("stop");
  });
  it("readChunks deep", async () => {
    const deep = `{"choices":[{"index":0,"finish_reason":"stop","delta":{"x":${"[".repeat(200000)}${"]".repeat(200000)}}}]}`;
    await expect(collectCompletion(readChunks(new Response(`data: ${deep}\n\n`).body!))).rejects.toMatchObject({ reason: "too-large" });
  });
  it("collectCompletion: many choices/calls linear", async () => {
    for (const n of [2000, 8000, 16000]) {
      const c = process.cpuUsage();
      await collectCompletion([{ choices: Array.from({ length: n }, (_, index) => ({ index, delta: {}, finish_reason: null })) }]);
      const d = process.cpuUsage(c).user / 1000;
      const c2 = process.cpuUsage();
      await collectCompletion([{ choices: [{ index: 0, finish_reason: null, delta: { tool_calls: Array.from({ length: n }, (_, index) => ({ index, id: `c${index}`, type: "function", function: { name: "a", arguments: "{}" } })) } }] }]);
      console.log("many", n, d, process.cpuUsage(c2).user / 1000);
    }
  });
  it("body of strings is refused", async () => {
    async function* body() { yield "data: a\n\n"; }
    await expect(collect(parseServerSentEvents(body() as never))).rejects.toThrow();
  });
  it("completion copies share nothing", async () => {
    const wire = events(chunk({ content: "a" }, "stop", { usage: { total_tokens: 1 }, x: { y: 1 } }), "[DONE]");
    const s = ChatCompletionStream.fromResponse(eventResponse(wire));
    const one = await s.finalCompletion();
    one.usage!.total_tokens = 99;
    expect((await s.finalCompletion()).usage!.total_tokens).toBe(1);
  });
  it("empty tool_calls do not go back", () => {
    expect(toAssistantMessage({ role: "assistant", content: "a", refusal: null, tool_calls: [] })).toEqual({ role: "assistant", content: "a" });
  });
  it("sentinel that looks like a chunk", async () => {
    const end = '{"choices":[{"index":0,"delta":{"content":"END"},"finish_reason":null}]}';
    const wire = events(end.replace("END", "a1"), end.replace("END", "a2"), end.replace("END", "a3"), end);
    const s = ChatCompletionStream.fromResponse(eventResponse(wire), { sentinel: end });
    expect((await s.finalCompletion({ allowTruncated: true })).choices[0]!.message.content).toBe("a1a2a3");
  });
  it("iterators of hand that answer without promises", async () => {
    const bytes = toBytes("data: a\n\ndata: b\n\n");
    let n = 0, returned = false;
    const body = { [Symbol.asyncIterator]: () => ({ next: () => (n++ === 0 ? { done: false, value: bytes } : { done: true, value: undefined }), return: () => { returned = true; return { done: true, value: undefined }; } }) };
    for await (const e of parseServerSentEvents(body as never)) { expect(e.data).toBe("a"); break; }
    expect(returned).toBe(true);
  });
});
