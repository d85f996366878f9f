import type { ToolCall } from "./step.ts";

/** Calls that are over, in their order. */
export interface CollectedCalls {
  readonly calls: ToolCall[];
  /** What ended the run while they were under way. */
  readonly failure: { readonly error: unknown } | undefined;
}

/**
 * Waits for all calls. When one throws, which only an abort makes them, those that threw or still wait for a person are
 * what `abandon` makes of them, so that every call of the conversation is answered all the same.
 */
export async function collectCalls(
  running: readonly Promise<ToolCall>[],
  abandon: (at: number) => ToolCall,
): Promise<CollectedCalls> {
  let failure: CollectedCalls["failure"];
  const ended = running.map((call) =>
    call.catch((error: unknown) => {
      failure ??= { error };
      return undefined;
    }),
  );
  const results = await Promise.all(ended);
  const calls = results.map((call, at) =>
    call === undefined || (failure !== undefined && call.status === "pending") ? abandon(at) : call,
  );
  return { calls, failure };
}
