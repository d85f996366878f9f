/** The keyboard, as far as it is needed here. */
interface Keyboard extends NodeJS.ReadableStream {
  readonly isTTY?: boolean;
  setRawMode?(mode: boolean): unknown;
}

/** How long what was typed already takes to arrive, in milliseconds. */
const arrival = 20;

/** What Ctrl-C is while the terminal hands every key on. */
const interrupt = "\u0003";

/**
 * Forgets what was typed before a question is shown: an Enter that was meant for the shell, or pressed out of
 * impatience, would wipe out what the question suggests, or answer it. The terminal goes on handing every key on, as
 * the question needs it, which is asked next.
 *
 * @param stop what Ctrl-C does meanwhile
 */
export async function forgetTyped(
  keyboard: Keyboard = process.stdin,
  stop: () => void = () => process.kill(process.pid, "SIGINT"),
): Promise<void> {
  if (keyboard.isTTY !== true) return;
  const forget = (keys: Buffer | string) => {
    if (String(keys).includes(interrupt)) stop();
  };
  // Else the terminal keeps a line to itself until it is ended.
  keyboard.setRawMode?.(true);
  keyboard.on("data", forget);
  keyboard.resume();
  await new Promise((done) => setTimeout(done, arrival));
  // On a busy machine the time may be over before the keyboard was looked at; this is after a look.
  await new Promise((done) => setImmediate(done));
  keyboard.off("data", forget);
  keyboard.pause();
}
