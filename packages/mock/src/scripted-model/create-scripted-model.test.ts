import { describe, expect, it, onTestFinished } from "vitest";
import {
  createScriptedModel,
  type ScriptedModel,
  type ScriptedModelOptions,
  type ScriptedStep,
} from "../index.ts";

async function start(
  script: readonly ScriptedStep[],
  options?: ScriptedModelOptions,
): Promise<ScriptedModel> {
  const model = await createScriptedModel(script, options);
  onTestFinished(() => model.close());
  return model;
}

function ask(model: ScriptedModel, more: object = {}, path = "/chat/completions"): Promise<Response> {
  return fetch(`${model.url}${path}`, {
    method: "POST",
    headers: { authorization: "Bearer rc_live_never_print_me" },
    body: JSON.stringify({ model: "any", messages: [{ role: "user", content: "Hi" }], ...more }),
  });
}

// biome-ignore lint/suspicious/noExplicitAny: what comes is looked at member by member.
async function chunksOf(response: Response): Promise<any[]> {
  const events = (await response.text()).split("\n\n").filter((event) => event !== "");
  return events.map((event) =>
    event === "data: [DONE]" ? "[DONE]" : JSON.parse(event.slice("data: ".length)),
  );
}

/** The fragments of the calls in a stream. */
// biome-ignore lint/suspicious/noExplicitAny: what comes is looked at member by member.
async function fragmentsOf(model: ScriptedModel): Promise<any[]> {
  const chunks = await chunksOf(await ask(model, { stream: true }));
  return chunks.flatMap((chunk) => chunk.choices?.[0]?.delta.tool_calls ?? []);
}

const calls = {
  toolCalls: [
    { name: "weather", arguments: { city: "Oslo" } },
    { name: "time", members: { extra_content: { x: 1 } } },
  ],
};

describe("answers", () => {
  it("come one after the other, and a request too many is told so", async () => {
    const model = await start(["One.", { content: "Two." }]);
    expect(model.left).toBe(2);
    expect(await (await ask(model)).json()).toMatchObject({
      object: "chat.completion",
      model: "any",
      choices: [{ index: 0, message: { role: "assistant", content: "One." }, finish_reason: "stop" }],
    });
    expect(await (await ask(model)).json()).toMatchObject({ choices: [{ message: { content: "Two." } }] });
    expect(model.left).toBe(0);
    const third = await ask(model);
    expect(third.status).toBe(400);
    expect(await third.json()).toMatchObject({
      error: { message: expect.stringContaining("has 2 answers") },
    });
  });

  it("have calls, reasoning, a refusal, and members of their own", async () => {
    const model = await start([
      { ...calls, reasoning: "Hm.", refusal: "No.", members: { x: 1 }, usage: null },
    ]);
    expect(await (await ask(model)).json()).toEqual({
      id: "chatcmpl-1",
      created: 1767225600,
      model: "any",
      object: "chat.completion",
      choices: [
        {
          index: 0,
          message: {
            role: "assistant",
            content: null,
            reasoning_content: "Hm.",
            refusal: "No.",
            x: 1,
            tool_calls: [
              { id: "call_1", type: "function", function: { name: "weather", arguments: '{"city":"Oslo"}' } },
              {
                id: "call_2",
                type: "function",
                function: { name: "time", arguments: "{}" },
                extra_content: { x: 1 },
              },
            ],
          },
          finish_reason: "tool_calls",
        },
      ],
    });
  });

  it("have calls of custom tools, whose input is text, an empty one too", async () => {
    const toolCalls = [
      { name: "shell", input: "ls -l" },
      { name: "shell", input: "", id: "b" },
    ];
    const answer = await (await ask(await start([{ toolCalls }]))).json();
    expect(answer.choices[0]).toMatchObject({
      message: {
        tool_calls: [
          { id: "call_1", type: "custom", custom: { name: "shell", input: "ls -l" } },
          { id: "b", type: "custom", custom: { name: "shell", input: "" } },
        ],
      },
      finish_reason: "tool_calls",
    });
  });

  it("are made by a function from the request, whose failure is told", async () => {
    const model = await start([
      ({ messages }) => `You said ${messages[0]?.content}.`,
      () => {
        throw new Error("no idea");
      },
    ]);
    expect(await (await ask(model)).json()).toMatchObject({
      choices: [{ message: { content: "You said Hi." } }],
    });
    expect(await (await ask(model)).text()).toContain("The script failed: no idea");
  });

  it("are errors, with body and headers", async () => {
    const model = await start([
      { status: 503, headers: { "retry-after": "1" } },
      { status: 400, body: { detail: "no" } },
    ]);
    const first = await ask(model);
    expect([first.status, first.headers.get("retry-after")]).toEqual([503, "1"]);
    expect(await (await ask(model)).json()).toEqual({ detail: "no" });
  });

  it("count tokens from the lengths", async () => {
    const model = await start(["Hello there."]);
    const { usage } = (await (await ask(model)).json()) as { usage: Record<string, number> };
    expect(usage.total_tokens).toBe((usage.prompt_tokens ?? 0) + (usage.completion_tokens ?? 0));
    expect(usage.prompt_tokens).toBeGreaterThan(0);
  });
});

describe("streams", () => {
  it("bring an answer in pieces, its usage when asked for, and the marker", async () => {
    const model = await start([{ reasoning: "Hm.", content: "Hello, wide world!" }], {
      habits: { pieceLength: 8 },
    });
    const chunks = await chunksOf(
      await ask(model, { stream: true, stream_options: { include_usage: true } }),
    );
    expect(chunks.map((chunk) => chunk.choices?.[0]?.delta ?? chunk.usage?.total_tokens ?? chunk)).toEqual([
      { role: "assistant", content: null },
      { reasoning_content: "Hm." },
      { content: "Hello, w" },
      { content: "ide worl" },
      { content: "d!" },
      {},
      expect.any(Number),
      "[DONE]",
    ]);
    expect(chunks.at(-3)?.choices[0].finish_reason).toBe("stop");
  });

  it("bring each call in one piece after the other", async () => {
    expect(await fragmentsOf(await start([calls]))).toEqual([
      { index: 0, id: "call_1", type: "function", function: { name: "weather", arguments: "" } },
      { index: 0, function: { arguments: '{"city":"Osl' } },
      { index: 0, function: { arguments: 'o"}' } },
      {
        index: 1,
        id: "call_2",
        type: "function",
        function: { name: "time", arguments: "" },
        extra_content: { x: 1 },
      },
      { index: 1, function: { arguments: "{}" } },
    ]);
  });

  it("bring the input of a custom tool as text, whatever becomes of arguments", async () => {
    const call = { name: "shell", input: "ls -l /etc/hosts", members: { x: 1 } };
    const model = await start([{ toolCalls: [call, { name: "time" }] }], { habits: { arguments: "object" } });
    expect(await fragmentsOf(model)).toEqual([
      { index: 0, id: "call_1", type: "custom", custom: { name: "shell", input: "" }, x: 1 },
      { index: 0, custom: { input: "ls -l /etc/h" } },
      { index: 0, custom: { input: "osts" } },
      { index: 1, id: "call_2", type: "function", function: { name: "time", arguments: "" } },
      { index: 1, function: { arguments: {} } },
    ]);
  });

  it.each([
    [
      "index",
      { index: "missing" },
      (fragment: object) => "index" in fragment,
      [false, false, false, false, false],
    ],
    ["index", { index: "shared" }, ({ index }: { index: number }) => index, [0, 0, 0, 0, 0]],
    ["index", { index: "from-1" }, ({ index }: { index: number }) => index, [1, 1, 1, 2, 2]],
    [
      "id",
      { id: "missing" },
      ({ id }: { id?: string }) => id,
      [undefined, undefined, undefined, undefined, undefined],
    ],
    ["id", { id: "emptied" }, ({ id }: { id?: string }) => id, ["call_1", "", "", "call_2", ""]],
    [
      "id",
      { id: "late" },
      ({ id }: { id?: string }) => id,
      [undefined, undefined, "call_1", undefined, "call_2"],
    ],
    [
      "id",
      { id: "shared" },
      ({ id }: { id?: string }) => id,
      ["call", undefined, undefined, "call", undefined],
    ],
    [
      "name",
      { name: "late" },
      (fragment: { function: { name?: string } }) => fragment.function.name,
      [undefined, "weather", undefined, undefined, "time"],
    ],
    [
      "name",
      { name: "emptied" },
      (fragment: { function: { name?: string } }) => fragment.function.name,
      ["weather", "", "", "time", ""],
    ],
    [
      "type",
      { type: "missing" },
      (fragment: object) => "type" in fragment,
      [false, false, false, false, false],
    ],
    [
      "arguments",
      { arguments: "repeated" },
      (fragment: { function: { arguments: string } }) => fragment.function.arguments,
      ["", '{"city":"Osl', 'o"}', '{"city":"Oslo"}', "", "{}", "{}"],
    ],
    [
      "arguments",
      { arguments: "object" },
      (fragment: { function: { arguments: unknown } }) => fragment.function.arguments,
      ["", { city: "Oslo" }, "", {}],
    ],
    ["order", { interleave: true }, ({ index }: { index: number }) => index, [0, 1, 0, 1, 0]],
  ] as const)("have the habits asked for: %s %j", async (_, habits, look, want) => {
    const fragments = await fragmentsOf(await start([calls], { habits }));
    expect(fragments.map(look as (fragment: unknown) => unknown)).toEqual(want);
  });

  it("repeat what identifies a call when asked to", async () => {
    const fragments = await fragmentsOf(
      await start([calls], { habits: { id: "repeated", name: "repeated" } }),
    );
    expect(fragments.map(({ id, function: { name } }) => `${id} ${name}`)).toEqual([
      ...Array(3).fill("call_1 weather"),
      ...Array(2).fill("call_2 time"),
    ]);
  });

  it("count in every chunk, and leave out the marker, when asked to; an answer's own habits come first", async () => {
    const script = [{ content: "Hi", habits: { withoutMarker: true } }];
    const model = await start(script, { habits: { usage: "every-chunk", withoutMarker: false } });
    const chunks = await chunksOf(await ask(model, { stream: true }));
    expect(chunks).toHaveLength(3);
    expect(chunks.every(({ usage }) => usage.total_tokens > 0)).toBe(true);
  });

  it("can be written chunk by chunk, and travel as they are told to", async () => {
    const model = await start([{ chunks: [{ a: 1 }, { b: 2 }] }, { content: "Never whole", end: 100 }]);
    expect(await chunksOf(await ask(model, { stream: true }))).toEqual([{ a: 1 }, { b: 2 }, "[DONE]"]);
    expect(await (await ask(model, { stream: true })).text()).toHaveLength(100);
    expect(await model.requests[1]?.answer).toMatchObject({ outcome: "ended early" });
  });
});

describe("the server", () => {
  it("records requests, and prints no key", async () => {
    const model = await start(["Hi."]);
    await ask(model, { temperature: 1 });
    expect(model.requests).toHaveLength(1);
    expect(model.requests[0]).toMatchObject({ path: "/v1/chat/completions", json: { temperature: 1 } });
    expect(model.requests[0]?.headers.authorization).toContain("rc_live");
    expect(JSON.stringify(model.requests)).not.toContain("never_print_me");
  });

  it("records requests in the order they came, however long the script takes over one", async () => {
    let release = (): void => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const slow = async () => {
      await held;
      return "One.";
    };
    const model = await start([slow, "Two."]);
    const first = ask(model, { user: "first" });
    while (model.left === 2) await new Promise((resolve) => setTimeout(resolve, 1));
    await ask(model, { user: "second" });
    release();
    await first;
    expect(model.requests.map(({ json }) => (json as { user: string }).user)).toEqual(["first", "second"]);
  });

  it.each([{ chunkSize: 0 }, { habits: { pieceLength: 0 } }, { habits: { pieceLength: 1.5 } }])(
    "cuts nothing into pieces without a length: %j",
    async (more) => {
      const model = await start([{ content: "Hi.", ...more }]);
      const response = await ask(model, { stream: true });
      expect(response.status).toBe(400);
      expect(await response.text()).toMatch(/The script failed: \w+ has to be a whole number of at least 1/);
    },
  );

  it("takes no step for what is no chat request", async () => {
    const model = await start(["Hi."]);
    expect((await ask(model, { messages: undefined })).status).toBe(400);
    expect((await ask(model, {}, "/models")).status).toBe(404);
    expect(model.left).toBe(1);
  });

  it("lets browsers ask", async () => {
    const model = await start([]);
    const response = await fetch(`${model.url}/chat/completions`, {
      method: "OPTIONS",
      headers: { origin: "http://a" },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get("access-control-allow-origin")).toBe("http://a");
  });

  it("closes while a stream is open, and says why it can't start", async () => {
    const model = await start([{ content: "Hi", keepOpen: true }]);
    await ask(model, { stream: true });
    await model.close();
    const other = await start([]);
    await expect(createScriptedModel([], { port: other.port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });
});
