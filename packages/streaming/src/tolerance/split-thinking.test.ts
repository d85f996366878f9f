import { describe, expect, it } from "vitest";
import { chunk, collect, eventResponse, events } from "../../test/support.ts";
import { ChatCompletionStream } from "../chat-completion-stream.ts";
import type { StreamOptions } from "../stream-options.ts";

type Splitting = StreamOptions["splitThinking"];

function open(pieces: readonly string[], splitThinking: Splitting, ...last: unknown[]): ChatCompletionStream {
  const chunks = pieces.map((content) => chunk({ content }));
  const end = last.length === 0 ? [chunk({}, "stop"), "[DONE]"] : last;
  return ChatCompletionStream.fromResponse(eventResponse(events(...chunks, ...end)), { splitThinking });
}

async function readMessage(pieces: readonly string[], splitThinking: Splitting): Promise<object> {
  const { choices } = await open(pieces, splitThinking).finalCompletion();
  const { content, reasoning_content } = choices[0]!.message;
  return { content, reasoning_content };
}

/** The text in pieces of so many characters. */
function cut(text: string, length: number): string[] {
  return text.match(new RegExp(`[^]{1,${length}}`, "g")) ?? [];
}

const answer = "<think>1 < 2, so </thin is no tag.</think>\n\nTwo.";

describe("inline thinking (Q36)", () => {
  it.each([1, 2, 3, 5, 7, 11, 100])(
    "is split off wherever it is cut: %d characters at a time",
    async (length) => {
      const split = { content: "\n\nTwo.", reasoning_content: "1 < 2, so </thin is no tag." };
      expect(await readMessage(cut(answer, length), true)).toEqual(split);
      expect(await readMessage(cut(`\n ${answer}`, length), true)).toEqual(split);
      expect(await readMessage(cut(answer.replace("<think>", ""), length), true)).toEqual(split);
      expect(await readMessage(cut(answer.replace("<think>", ""), length), "opened")).toEqual(split);
    },
  );

  it("is left where it is unless it is asked for", async () => {
    const kept = { content: answer, reasoning_content: undefined };
    expect(await readMessage(cut(answer, 3), undefined)).toEqual(kept);
    expect(await readMessage(cut(answer, 3), false)).toEqual(kept);
  });

  it.each([
    ["in the midst of an answer", "Write <think>x</think>."],
    ["after the thinking", "<think></think>Write <think>x</think>."],
    ["that is none", "<thinking>x</thinking> </ think> <"],
  ])("leaves a tag %s alone", async (_where, text) => {
    const content = text.replace("<think></think>", "");
    for (const length of [1, 4, 100]) {
      expect(await readMessage(cut(text, length), true)).toEqual({ content, reasoning_content: undefined });
    }
  });

  it("comes as reasoning while it comes, and says when it came as content", async () => {
    const deltas = async (pieces: string[]): Promise<unknown[]> => {
      const chunks = await collect(open(pieces, true));
      return chunks.map(({ choices }) => choices[0]?.delta);
    };
    expect(await deltas(["<think>a", "b</think>c", "d"])).toEqual([
      { content: null, reasoning_content: "a" },
      { content: "c", reasoning_content: "b" },
      { content: "d" },
      {},
    ]);
    expect(await deltas(["a", "b</think>c"])).toEqual([
      { content: "a" },
      { content: "c", reasoning_content: "b", content_was_reasoning: true },
      {},
    ]);
  });

  it.each([
    [["a", " 1 <"], "a 1 <", undefined],
    [["\n", " <th"], "\n <th", undefined],
    [["\n", " "], "\n ", undefined],
    [["\n", "<think>a", "</thi"], null, "a</thi"],
  ])("leaves nothing out at an end without a finish reason: %j", async (pieces, content, reasoning) => {
    for (const last of ["[DONE]", ": the body just ends"]) {
      const read = (): ChatCompletionStream => open(pieces, true, last);
      const message = { content, ...(reasoning === undefined ? {} : { reasoning_content: reasoning }) };
      const expected = { choices: [{ message }] };
      const stream = read();
      expect((await collect(stream.text())).join("")).toBe(content ?? "");
      expect(await stream.finalCompletion({ allowTruncated: true })).toMatchObject(expected);
      const [branch, sent] = read().tee();
      const carried = ChatCompletionStream.fromReadableStream(sent.toReadableStream());
      const answers = [branch, carried].map((one) => one.finalCompletion({ allowTruncated: true }));
      expect(await Promise.all(answers)).toMatchObject([expected, expected]);
    }
  });

  it("takes white space before it in linear time", { timeout: 20_000 }, async () => {
    const blank = events(chunk({ content: "\n" })).repeat(200_000);
    const rest = events(chunk({ content: "<think>a</think>b" }, "stop"), "[DONE]");
    const options = { splitThinking: true };
    const stream = ChatCompletionStream.fromResponse(eventResponse(blank + rest), options);
    const { message } = (await stream.finalCompletion()).choices[0]!;
    expect(message).toMatchObject({ content: "b", reasoning_content: "a" });
  });

  it("is told by events and their snapshots", async () => {
    const told = await collect(open(["a", "b</think>c"], true).events());
    expect(told.map((event) => ("delta" in event ? [event.type, event.delta] : event.type))).toEqual([
      ["content.delta", "a"],
      ["reasoning.delta", "b"],
      ["content.delta", "c"],
      "finish",
      "end",
    ]);
    expect(told.at(-1)?.snapshot.choices[0]?.message).toMatchObject({
      content: "c",
      reasoning_content: "ab",
    });
  });

  it("crosses one's own server, also when its opening tag was missing", async () => {
    const carried = open(["a", "b</think>c"], true).toReadableStream();
    const { choices } = await ChatCompletionStream.fromReadableStream(carried).finalCompletion();
    expect(choices[0]?.message).toMatchObject({ content: "c", reasoning_content: "ab" });
  });

  it.each([
    ["a finish reason", [chunk({}, "stop"), "[DONE]"]],
    ["a finish reason beside the text", [chunk({ content: "" }, "stop"), "[DONE]"]],
    ["the marker alone", ["[DONE]"]],
    ["nothing", [": the body ends"]],
  ])("loses nothing of a tag that was begun before %s", async (_end, last) => {
    const stream = open(["<think>a</thi"], true, ...last);
    expect((await stream.finalCompletion({ allowTruncated: true })).choices[0]?.message).toMatchObject({
      content: null,
      reasoning_content: "a</thi",
    });
    const untagged = open(["<thi"], true, ...last);
    expect((await untagged.finalCompletion({ allowTruncated: true })).choices[0]?.message).toMatchObject({
      content: "<thi",
    });
  });

  it("is split for each answer on its own, and in an answer that comes whole", async () => {
    const choices = [answer, "Two."].map((content, index) => ({
      index,
      message: { role: "assistant", content },
      finish_reason: "stop",
    }));
    const body = new Response(JSON.stringify({ choices }), {
      headers: { "content-type": "application/json" },
    });
    const whole = await ChatCompletionStream.fromResponse(body, { splitThinking: true }).finalCompletion();
    expect(whole.choices.map(({ message }) => message.content)).toEqual(["\n\nTwo.", "Two."]);
  });
});
