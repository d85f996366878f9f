/** Who follows a signal, and the one listener that tells them. */
interface Followers {
  readonly callbacks: Set<() => void>;
  readonly tellAll: () => void;
}

const followed = new WeakMap<AbortSignal, Followers>();

function follow(signal: AbortSignal): Followers {
  const callbacks = new Set<() => void>();
  const tellAll = () => {
    followed.delete(signal);
    for (const callback of callbacks) callback();
  };
  const followers = { callbacks, tellAll };
  followed.set(signal, followers);
  signal.addEventListener("abort", tellAll, { once: true });
  return followers;
}

/**
 * Calls back when the signal is aborted, once. However many follow a signal, it has one listener: Node 20 takes more
 * than ten for a leak, and prints so.
 *
 * @param signal - one that isn't aborted yet.
 * @returns how to stop following.
 */
export function followSignal(signal: AbortSignal, callback: () => void): () => void {
  const { callbacks, tellAll } = followed.get(signal) ?? follow(signal);
  callbacks.add(callback);
  return () => {
    if (!callbacks.delete(callback) || callbacks.size > 0) return;
    signal.removeEventListener("abort", tellAll);
    if (followed.get(signal)?.callbacks === callbacks) followed.delete(signal);
  };
}
