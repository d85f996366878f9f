import type { Vcita } from "@hawser/inference/vcita";
import type { Interrupt } from "./interrupt.ts";
import { openProvider, type Provider } from "./provider.ts";
import type { Screen, Step } from "./screen.ts";
import { type Stop, takeSteps } from "./take-steps.ts";

interface Context {
  readonly client: Vcita;
  readonly screen: Screen;
  readonly provider: Provider;
  readonly variable: string;
  readonly signal: AbortSignal;
}

/** Chats at once, and later. */
export async function takeVcitaTour(screen: Screen, interrupt: Interrupt): Promise<Step[]> {
  await using provider = await openProvider(screen, interrupt, {
    name: "vCita",
    variable: "VCITA_API_KEY",
    document: "vcita/ai",
    scene: { retrieveChatCompletionRun: ["queued", "inProgress", "completed"] },
    cost: "Two chats are charged to your account.",
  });
  const { Vcita } = await import("@hawser/inference/vcita");
  const client = new Vcita(provider.options);
  return await takeSteps(stops, {
    client,
    screen,
    provider,
    variable: provider.variable,
    signal: interrupt.signal,
  });
}

const stops: readonly Stop<Context>[] = [
  [
    "vCita: chat, streamed",
    async ({ client, screen, signal }) => {
      const stream = await client.chat.completions.create(
        {
          model: "openai/gpt-4o-mini",
          messages: [{ role: "user", content: "Remind Ms Olsen of her appointment on Friday at ten." }],
          stream: true,
        },
        { signal },
      );
      screen.write("  ");
      for await (const text of stream.text()) screen.write(text);
      return `the stream is ${(await stream.end).reason}`;
    },
  ],
  [
    "vCita: ask now, and get the answer later",
    async ({ client, screen, provider, signal }) => {
      const run = await client.chat.completions.create(
        {
          model: "openai/o1",
          messages: [{ role: "user", content: "Plan next month's shifts for five people." }],
          async: true,
        },
        { signal },
      );
      const line = screen.status(`Run ${run.uid} is ${run.status}`);
      const { result } = await client.chat.completionRuns
        .waitUntilDone(run.uid, {
          signal,
          delay: provider.delay,
          onProgress: ({ data }) => line.update(`${data.uid} is ${data.status}`),
        })
        .finally(() => line.stop(`Run ${run.uid}`));
      screen.line(`  ${result?.choices[0]?.message.content ?? ""}`);
      return `${result?.usage?.total_tokens ?? 0} tokens`;
    },
  ],
];
