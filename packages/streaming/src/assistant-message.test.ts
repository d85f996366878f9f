import { describe, expect, it } from "vitest";
import { begin, openChat, piece } from "../test/chat-support.ts";
import { chunk } from "../test/support.ts";
import { toAssistantMessage } from "./assistant-message.ts";
import type { ChatCompletionMessage } from "./chat-types.ts";

async function readMessage(...deltas: object[]): Promise<ChatCompletionMessage> {
  const stream = openChat(...deltas.map((delta) => chunk(delta)), chunk({}, "tool_calls"), "[DONE]");
  return (await stream.finalCompletion()).choices[0]!.message;
}

const details = [{ type: "reasoning.text", text: "Hm", signature: "abc", index: 0 }];
const signature = { google: { thought_signature: "xyz" } };

describe("the message that goes back to the model", () => {
  it("has all that came, but for null and what was added by reading it", async () => {
    const message = await readMessage(
      {
        content: [
          { type: "text", text: "See " },
          { type: "reference", reference_ids: [1] },
        ],
        x: { y: [1] },
      },
      { tool_calls: [{ ...begin(0, "call_1", "tide"), extra_content: signature }] },
      { tool_calls: [piece(0, '{"port":"Bergen"}')] },
    );
    expect(message).toHaveProperty("content_parts");
    expect(toAssistantMessage(message)).toEqual({
      role: "assistant",
      content: "See ",
      x: { y: [1] },
      tool_calls: [
        {
          id: "call_1",
          type: "function",
          function: { name: "tide", arguments: '{"port":"Bergen"}' },
          extra_content: signature,
        },
      ],
    });
  });

  it("has what the model thought only when it is to be replayed (Q35)", async () => {
    const message = await readMessage({ content: "a", reasoning_content: "Hm", reasoning_details: details });
    expect(toAssistantMessage(message)).toEqual({ role: "assistant", content: "a" });
    expect(toAssistantMessage(message, { reasoning: "strip" })).toEqual({ role: "assistant", content: "a" });
    expect(toAssistantMessage(message, { reasoning: "replay" })).toEqual({
      role: "assistant",
      content: "a",
      reasoning_content: "Hm",
      reasoning_details: details,
    });
  });

  it("says it under the server's own name for it, once", async () => {
    const message = await readMessage({ reasoning: "Hm" });
    expect(message).toMatchObject({ reasoning: "Hm", reasoning_content: "Hm" });
    expect(toAssistantMessage(message, { reasoning: "replay" })).toEqual({
      role: "assistant",
      content: null,
      reasoning: "Hm",
    });
  });

  it("has no empty list of tool calls, as whole answers have", () => {
    const message = { role: "assistant", content: "a", refusal: null, tool_calls: [] };
    expect(toAssistantMessage(message)).toEqual({ role: "assistant", content: "a" });
  });

  it("has of a spoken answer its id, and members of any name", async () => {
    const message = await readMessage(
      { audio: { id: "audio_1", data: "UklGRg==" } },
      JSON.parse('{"__proto__":{"a":1}}'),
    );
    const back = toAssistantMessage(message);
    expect(back.audio).toEqual({ id: "audio_1" });
    expect(Object.hasOwn(back, "__proto__")).toBe(true);
    expect(Object.getPrototypeOf(back)).toBe(Object.prototype);
  });
});
