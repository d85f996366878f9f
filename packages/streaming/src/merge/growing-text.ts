/** How many pieces are kept apart. */
const pieceLimit = 128;

/** Looks at a text, and finds nothing in it. */
const look = /^(?!)/;

/**
 * Text that comes in pieces. Engines keep a text that was put together as a tree of its pieces until somebody looks at
 * it; of a long answer that would be a deep tree, and all its pieces alive. So it is looked at now and then.
 */
export class GrowingText {
  #text = "";
  #tail = "";
  #count = 0;

  add(piece: string): void {
    this.#tail += piece;
    this.#count += 1;
    if (this.#count < pieceLimit || look.test(this.#tail)) return;
    this.#text += this.#tail;
    this.#tail = "";
    this.#count = 0;
  }

  /** In UTF-16 units. */
  get length(): number {
    return this.#text.length + this.#tail.length;
  }

  get text(): string {
    return this.#text + this.#tail;
  }
}
