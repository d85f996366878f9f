import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Crun } from "@hawser/inference/crun";
import type { Interrupt } from "./interrupt.ts";
import { openProvider, type Provider } from "./provider.ts";
import type { Screen, Step } from "./screen.ts";
import { type Stop, takeSteps } from "./take-steps.ts";

interface Context {
  readonly client: Crun;
  readonly screen: Screen;
  readonly provider: Provider;
  readonly variable: string;
  readonly signal: AbortSignal;
  /** What the steps leave to those after them. */
  readonly found: { picture?: string };
}

/** Chats in three dialects, and has a picture made. */
export async function takeCrunTour(screen: Screen, interrupt: Interrupt): Promise<Step[]> {
  await using provider = await openProvider(screen, interrupt, {
    name: "CRUN",
    variable: "CRUN_API_KEY",
    document: "crun/inference",
    scene: {
      retrieveTask: ["unknown", "pending", "running", "success"],
      listKlingTemplates: ["firstPage", "lastPage"],
    },
    cost: "Every step is charged to your account; the picture costs the most.",
  });
  await using store = provider.real ? undefined : await openStore();
  const { Crun } = await import("@hawser/inference/crun");
  const client = new Crun({ ...provider.options, ...(store && { fetch: store.fetch }) });
  const { signal } = interrupt;
  return await takeSteps(stops, { client, screen, provider, variable: provider.variable, signal, found: {} });
}

const stops: readonly Stop<Context>[] = [
  [
    "CRUN: ask for a response, with its reasoning",
    async ({ client, screen, signal }) => {
      const stream = await client.responses.create(
        {
          model: "o4-mini",
          input: "When is high tide in Saint-Malo?",
          tools: [
            {
              type: "function",
              name: "get_tide",
              parameters: { type: "object", properties: { port: { type: "string" } } },
            },
          ],
          stream: true,
        },
        { signal },
      );
      let events = 0;
      screen.write("  ");
      for await (const event of stream) {
        events += 1;
        if (event.type === "response.reasoning_summary_text.delta") screen.write(event.delta, true);
        else if (event.type === "response.output_text.delta") screen.write(event.delta);
        else if (event.type === "response.function_call_arguments.done") screen.line(`  ${event.arguments}`);
      }
      const { output } = await stream.finalResponse();
      return `${events} events; the output is ${output.map(({ type }) => type).join(" and ")}`;
    },
  ],
  [
    "CRUN: ask for a message",
    async ({ client, screen, signal }) => {
      const stream = await client.messages.create(
        {
          model: "claude-haiku-4-5",
          max_tokens: 256,
          messages: [{ role: "user", content: "What is a hawser?" }],
          stream: true,
        },
        { "anthropic-version": "2023-06-01" },
        { signal },
      );
      screen.write("  ");
      for await (const text of stream.text()) screen.write(text);
      const { stop_reason, usage } = await stream.finalMessage();
      return `${usage.output_tokens} tokens, then ${stop_reason}`;
    },
  ],
  [
    "CRUN: upload a picture",
    async ({ client, signal, found }) => {
      const picture = Buffer.from(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
        "base64",
      );
      found.picture = await client.uploads.upload(new File([picture], "dot.png", { type: "image/png" }), {
        signal,
      });
      return `${picture.byteLength} bytes at ${found.picture}`;
    },
  ],
  [
    "CRUN: estimate a task, create it, and wait until it is done",
    async ({ client, screen, provider, signal }) => {
      const task = {
        model: "bytedance/seedream-5-pro",
        input: { prompt: "A lighthouse on a cliff at dawn, oil painting" },
      };
      const { estimated_credits, balance } = await client.tasks.estimate(task, { signal });
      screen.line(`  It costs ${estimated_credits} credits${balance === undefined ? "" : ` of ${balance}`}.`);
      const line = screen.status("A task is being created");
      const { result, task_id } = await client.tasks
        .createAndWait(task, {
          signal,
          delay: provider.delay,
          onProgress: ({ data }) => line.update(`${data.task_id} is ${data.status}`),
        })
        .finally(() => line.stop("Task"));
      return `${task_id}: ${result?.media_urls?.[0] ?? "no picture"}`;
    },
  ],
  [
    "CRUN: list templates, page by page",
    async ({ client, screen, signal }) => {
      const templates = await client.templates.kling
        .list({ page_size: 2 }, { signal })
        .toArray({ limit: 40 });
      for (const { info, key } of templates.slice(0, 6)) screen.line(`  ${info ?? key}`);
      return `${templates.length} templates`;
    },
  ],
];

/** The store of the mock server's example doesn't exist: what is sent there goes to a server of our own. */
async function openStore(): Promise<AsyncDisposable & { readonly fetch: typeof fetch }> {
  const server = createServer((request, response) => {
    request.resume().once("end", () => response.writeHead(200).end());
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    fetch(input, init) {
      const request = new Request(input, init);
      const url = new URL(request.url);
      if (url.hostname !== "store.example.com") return fetch(request);
      return fetch(new Request(`http://127.0.0.1:${port}${url.pathname}`, request));
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
