import type { ChildProcess } from "node:child_process";

/** What Ctrl-C ends. */
export interface Interrupt {
  /** Aborted by Ctrl-C or a termination signal. */
  readonly signal: AbortSignal;
  /** A process that must not outlive this one. */
  readonly adopt: (child: ChildProcess) => void;
  /** Everything is over: nothing is left to end. */
  readonly done: () => void;
}

/** Makes sure that nothing is left running, however this process ends. */
export function onInterrupt(): Interrupt {
  const controller = new AbortController();
  const children = new Set<ChildProcess>();
  let finished = false;
  // The first one ends everything in good order, the second one at once.
  const stop = () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new Error("Stopped."));
  };
  // Not `once`: whoever restores the cursor ends the process when nobody else listens.
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  // A spinner reads the terminal raw and exits at once on Ctrl-C, so the last word is here.
  process.on("exit", () => {
    for (const child of children) child.kill("SIGTERM");
    if (!finished) process.exitCode = 130;
  });
  return {
    signal: controller.signal,
    adopt(child) {
      children.add(child);
      child.once("exit", () => children.delete(child));
      controller.signal.addEventListener("abort", () => child.kill("SIGTERM"), { once: true });
    },
    done() {
      finished = true;
      process.off("SIGINT", stop);
      process.off("SIGTERM", stop);
    },
  };
}
