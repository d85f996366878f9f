/** What the command's exit codes mean. */
export const exitCodes = {
  /** Everything asked for was done. */
  ok: 0,
  /** It could not be done, or a check found something. */
  failed: 1,
  /** The command line itself was wrong. */
  usage: 2,
  /** Something was created and is still there, but not as it was asked for: it may cost money. */
  unfinished: 3,
  /** A request that may cost money was sent, and no answer came: whether it was done is unknown. */
  unknown: 4,
  /** Stopped by Ctrl-C or a termination signal. */
  interrupted: 130,
} as const;

/** Ends a command with a sentence for the user and an exit code; there is no stack trace to print. */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly exitCode: number;

  constructor(message: string, exitCode: number = exitCodes.failed) {
    super(message);
    this.exitCode = exitCode;
  }
}
