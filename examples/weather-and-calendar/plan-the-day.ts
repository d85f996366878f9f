import type { Runcrate } from "@hawser/inference/runcrate";
import { type PendingCall, resumeTools, runTools } from "@hawser/tools";
import { tools } from "./tools.ts";

/** Where the plan is shown, and who is asked. */
interface Audience {
  /** A line of its own. */
  readonly line: (text: string) => void;
  /** Text as the model writes it. */
  readonly write: (text: string) => void;
  /** Whether this may be done. */
  readonly approve: (call: PendingCall) => boolean | Promise<boolean>;
  readonly signal?: AbortSignal;
}

/**
 * Lets a model plan the day with a weather service and a calendar, and gives a sentence about what that took. Whatever
 * changes the calendar waits for a yes.
 */
export async function planTheDay(
  client: Runcrate,
  { line, write, approve, signal }: Audience,
): Promise<string> {
  const { completions } = client.chat;
  const options = {
    model: "Qwen/Qwen3-Max",
    tools,
    stream: true,
    ...(signal !== undefined && { signal }),
  };
  const messages = [{ role: "user" as const, content: "Do I need a coat in Paris or in Oslo today?" }];

  let run = runTools(completions, { ...options, messages });
  for (;;) {
    for await (const event of run) {
      if (event.type === "content.delta") write(event.delta);
      else if (event.type === "tool.start") line(`${event.call.name} ${event.call.arguments}`);
      else if (event.type === "tool.done") line(`→ ${event.call.content}`);
      else if (event.type === "tool.failed") line(`✗ ${event.call.content}`);
    }
    const result = await run;
    if (result.reason !== "approval") {
      const calls = result.steps.flatMap((step) => step.calls);
      const tokens = result.stepsWithoutUsage > 0 ? "" : `, ${result.usage.total_tokens} tokens`;
      return `${result.steps.length} steps, ${calls.length} calls${tokens}`;
    }
    // The state could be kept in a file or a database until somebody has time to look at it.
    const decided = await Promise.all(
      result.pending.map(async (call) => [call.id, await approve(call)] as const),
    );
    run = resumeTools(completions, result.state, Object.fromEntries(decided), options);
  }
}
