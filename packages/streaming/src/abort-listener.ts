/** What is told that a signal was aborted. */
interface Abortable {
  abort(reason: unknown): void;
}

/** Some workers have no weak references: there a signal keeps what it can abort. */
const isForgetful = typeof WeakRef === "function" && typeof FinalizationRegistry === "function";

let forgotten: FinalizationRegistry<() => void> | undefined;

function refer(target: Abortable): { deref(): Abortable | undefined } {
  return isForgetful ? new WeakRef(target) : { deref: () => target };
}

/**
 * Lets the signal abort the target, until the function that is given back is called with the target. The signal does not
 * keep the target from being collected: one that lives as long as the process would hold every stream that was never
 * read. The caller's own references have to.
 */
export function listen(signal: AbortSignal, target: Abortable): (target: Abortable) => void {
  const reference = refer(target);
  const onAbort = (): void => reference.deref()?.abort(signal.reason);
  const stop = (): void => signal.removeEventListener("abort", onAbort);
  signal.addEventListener("abort", onAbort);
  if (!isForgetful) return stop;
  forgotten ??= new FinalizationRegistry((release) => release());
  const registry = forgotten;
  registry.register(target, stop, target);
  return (known) => {
    registry.unregister(known);
    stop();
  };
}
