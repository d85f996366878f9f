import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ChatCompletion, ChatEvent } from "../src/index.ts";
import { ChatCompletionStream } from "../src/index.ts";
import { cut, eventResponse, rejection, toBytes, watchedBody } from "./support.ts";

/**
 * Replays recorded answers of real services. They are not part of the repository: the environment variable
 * `HAWSER_RECORDINGS` names the folder they are in. Its `manifest.json` lists them with what a client should make of
 * each; a line of a recording is a JSON string with the text of one block of the body.
 */
const folder = process.env.HAWSER_RECORDINGS ?? "";

interface ExpectedToolCall {
  readonly id: string | null;
  readonly name: string;
  readonly arguments: string;
}

interface ExpectedChoice {
  readonly index: number;
  readonly role: string | null;
  readonly content: string;
  readonly reasoning: string;
  readonly refusal: string;
  readonly reasoningDetailsText: string;
  readonly toolCalls: readonly ExpectedToolCall[];
  readonly finish_reason: string | null;
  readonly logprobTokens: number;
}

interface Recording {
  readonly file: string;
  readonly quirks: readonly string[];
  readonly expected: {
    readonly id: string | null;
    readonly model: string | null;
    readonly done: boolean;
    readonly error: unknown;
    readonly usage: unknown;
    readonly choices: readonly ExpectedChoice[];
  };
}

function load(): { recording: Recording; body: Uint8Array }[] {
  const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as {
    fixtures: Recording[];
  };
  return manifest.fixtures.map((recording) => {
    const lines = readFileSync(join(folder, recording.file), "utf8")
      .split("\n")
      .filter((line) => line !== "");
    return { recording, body: toBytes(lines.map((line) => JSON.parse(line) as string).join("")) };
  });
}

/** What the manifest calls the same: `null`, missing and empty are one, and so are no arguments and `{}`. */
function toExpected(completion: ChatCompletion): Recording["expected"]["choices"] {
  return completion.choices.map(({ index, message, finish_reason, logprobs }) => ({
    index,
    role: message.role,
    content: message.content ?? "",
    reasoning: message.reasoning_content ?? "",
    refusal: message.refusal ?? "",
    reasoningDetailsText: (
      (message as { reasoning_details?: { text?: string; summary?: string }[] }).reasoning_details ?? []
    )
      .map((detail) => detail.text ?? "")
      .join(""),
    toolCalls: (message.tool_calls ?? []).map((call) => ({
      id: call.id,
      name: call.function?.name ?? "",
      arguments: call.function?.arguments ?? "",
    })),
    finish_reason,
    logprobTokens: logprobs?.content?.length ?? 0,
  }));
}

function toCalls(calls: readonly ExpectedToolCall[], sent: readonly ExpectedToolCall[]): ExpectedToolCall[] {
  return calls.map((call, position) => ({
    id: sent[position]?.id ? call.id : null,
    name: call.name,
    arguments: sent[position]?.arguments === "" && call.arguments === "{}" ? "" : call.arguments,
  }));
}

function check(completion: ChatCompletion, { expected, quirks }: Recording): void {
  expect(completion).toMatchObject({ id: expected.id ?? "", model: expected.model ?? "" });
  expect(completion.usage ?? null).toEqual(expected.usage);
  const choices = toExpected(completion).map((choice, position) => {
    const other = expected.choices[position];
    return {
      ...choice,
      // A role that was never said is the assistant's.
      role: other?.role === null ? null : choice.role,
      reasoning: quirks.includes("reasoning-only-in-details") ? (other?.reasoning ?? "") : choice.reasoning,
      toolCalls: toCalls(choice.toolCalls, other?.toolCalls ?? []),
    };
  });
  expect(choices).toEqual(
    expected.choices.map(({ toolCalls, ...choice }) => ({
      ...choice,
      toolCalls: toolCalls.map(({ id, name, arguments: text }) => ({
        id: id || null,
        name,
        arguments: text,
      })),
    })),
  );
}

interface SeenCall {
  readonly id: string;
  readonly name: string;
  readonly text: string;
}

interface SeenAnswer {
  readonly index: number;
  content: string;
  reasoning: string;
  readonly calls: SeenCall[];
}

/** What the events of a stream say, put together from them alone; answers of which nothing came have no events. */
async function readEvents(
  stream: ChatCompletionStream,
): Promise<{ last: ChatEvent | undefined; texts: SeenAnswer[] }> {
  const answers = new Map<number, SeenAnswer>();
  let last: ChatEvent | undefined;
  try {
    for await (const event of stream.events()) {
      last = event;
      for (const { index } of event.snapshot.choices) {
        if (!answers.has(index)) answers.set(index, { index, content: "", reasoning: "", calls: [] });
      }
      const answer = "choice" in event ? answers.get(event.choice) : undefined;
      if (answer === undefined) continue;
      if (event.type === "content.delta") answer.content += event.delta;
      else if (event.type === "reasoning.delta") answer.reasoning += event.delta;
      else if (event.type === "tool_call.done") {
        const text = event.arguments.trim() === "{}" ? "" : event.arguments.trim();
        answer.calls.push({ id: event.id, name: event.name, text });
      }
    }
  } catch {
    // The last event says it.
  }
  return { last, texts: [...answers.values()].sort((a, b) => a.index - b.index) };
}

const exists = folder !== "" && existsSync(join(folder, "manifest.json"));

// A folder that was asked for must be there: to leave its recordings out would look like success.
it.runIf(folder !== "")("finds the recordings it was told of", () => {
  expect(exists).toBe(true);
});

describe.runIf(exists)("recordings", () => {
  const cases = exists ? load() : [];

  it("are there", () => {
    expect(cases.length).toBeGreaterThan(0);
  });

  describe("seen through every view", () => {
    it.each(cases.map((one) => [one.recording.file, one] as const))("%s", async (_file, { body }) => {
      const open = (): ChatCompletionStream =>
        ChatCompletionStream.fromResponse(eventResponse(watchedBody([body]).stream));
      const source = open();
      const end = await source.finalCompletion().then(
        () => source.end,
        () => source.end,
      );
      const views = open();
      const [watched, carried] = views.tee({ maxAhead: Infinity });
      const there = ChatCompletionStream.fromReadableStream(carried.toReadableStream());
      const seen = await readEvents(watched);
      await there.finalCompletion({ allowTruncated: true }).catch(() => {});
      expect(there.currentCompletion()).toEqual(source.currentCompletion());
      expect(seen.last?.snapshot).toEqual(source.currentCompletion());
      expect(seen.last).toMatchObject({ type: "end", end: { reason: end.reason } });
      expect((await there.end).reason).toBe(end.reason);
      expect(seen.texts).toEqual(
        source.currentCompletion().choices.map(({ index, message }) => ({
          index,
          content: message.content ?? "",
          reasoning: message.reasoning_content ?? "",
          calls: (message.tool_calls ?? []).map((call) => ({
            id: call.id,
            name: call.function?.name ?? "",
            text: call.function?.arguments.trim() === "{}" ? "" : (call.function?.arguments.trim() ?? ""),
          })),
        })),
      );
    });
  });

  describe.each([1, 2, 3, 7, 64, 4096, Infinity])("in reads of %d bytes", (size) => {
    it.each(cases.map((one) => [one.recording.file, one] as const))(
      "%s",
      async (_file, { recording, body }) => {
        const pieces = size === Infinity ? [body] : cut(body, size);
        const stream = ChatCompletionStream.fromResponse(eventResponse(watchedBody(pieces).stream));
        const { expected } = recording;
        const isWhole = expected.done || expected.choices.every((choice) => choice.finish_reason !== null);
        // An error that came as a field of its own is none by the rules of the format, but is taken for one here.
        if (expected.error !== null || recording.quirks.includes("sse-field:error")) {
          expect(await rejection(stream.finalCompletion())).toMatchObject({
            name: "StreamError",
            reason: "server",
          });
          check(stream.currentCompletion(), recording);
          return;
        }
        check(await stream.finalCompletion({ allowTruncated: !isWhole }), recording);
        expect(await stream.end).toEqual({ reason: isWhole ? "complete" : "truncated" });
      },
    );
  });
});
