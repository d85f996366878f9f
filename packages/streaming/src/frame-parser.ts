import type { ServerSentEvent } from "./server-sent-events-parser.ts";

/** Cuts decoded text into frames. */
export interface FrameParser<Piece extends Frame = Frame> {
  /** Takes the next piece of text and hands on every frame that is whole. Throws when one is over the cap. */
  feed(text: string): void;
  /** The body is over: gives what looks like a last frame but was never finished, if there is one. */
  finish(): Piece | undefined;
}

/** A frame of a body, and where it comes from when it is not a plain one. */
export interface Frame extends ServerSentEvent {
  /**
   * - `unfinished`: the body ended before the frame did
   * - `body`: the whole body, which is no stream of frames
   */
  readonly origin?: "unfinished" | "body";
}
