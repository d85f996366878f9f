/** Resolves on Ctrl-C, on a termination signal, or when the caller says so. */
export function stopped(signal?: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const finish = () => {
      process.off("SIGINT", finish);
      process.off("SIGTERM", finish);
      signal?.removeEventListener("abort", finish);
      done();
    };
    if (signal?.aborted) return done();
    signal?.addEventListener("abort", finish);
    process.once("SIGINT", finish);
    process.once("SIGTERM", finish);
  });
}
