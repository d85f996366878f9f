import type { Frame } from "./frame-parser.ts";
import type { StreamEnd } from "./stream-options.ts";

/** What a decoder answers when a frame is the terminal marker. */
export const terminalMarker = Symbol("terminal marker");

/** An item that ends its stream, whether or not the body goes on. */
export class LastItem<Item> {
  readonly item: Item;
  /** What it makes of the stream. */
  readonly end: StreamEnd;

  constructor(item: Item, end: StreamEnd) {
    this.item = item;
    this.end = end;
  }
}

/** Turns frames into items, one stream's worth of them. */
export interface Decoder<Item, Piece = Frame> {
  /** The item of a frame; `undefined` when there is none in it. Throws a `StreamError` when it can't be read. */
  decode(frame: Piece): Item | LastItem<Item> | undefined | typeof terminalMarker;
  /** What was kept because more might have come, when the stream has ended; `undefined` when there is nothing. */
  flush?(): Item | undefined;
  /** What it means that the stream has ended, by its marker or with the body. */
  finish(how: "marker" | "body"): "complete" | "truncated";
  /** Whether nothing more needs to come, although there was no marker yet. */
  isWhole(): boolean;
}
