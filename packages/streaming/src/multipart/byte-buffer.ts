/** Bytes that come in pieces and are taken from the front. */
export interface ByteBuffer {
  /** How many bytes there are. */
  readonly length: number;
  add(bytes: Uint8Array): void;
  /** The bytes of a range, not copied: they are valid until something is added or dropped. */
  view(start: number, end: number): Uint8Array;
  /** Where the byte comes first from `start` on; -1 for nowhere. */
  find(byte: number, start: number): number;
  /** Lets go of so many bytes at the front. */
  drop(count: number): void;
}

const leastCapacity = 65_536;

/** A buffer in which adding costs time proportional to what is added, however it is cut up. */
export function createByteBuffer(): ByteBuffer {
  let store = new Uint8Array(leastCapacity);
  let length = 0;

  return {
    get length() {
      return length;
    },

    add(bytes) {
      const needed = length + bytes.length;
      if (needed > store.length) {
        const larger = new Uint8Array(Math.max(needed, store.length * 2));
        larger.set(store.subarray(0, length));
        store = larger;
      }
      store.set(bytes, length);
      length = needed;
    },

    view: (start, end) => store.subarray(start, end),

    find: (byte, start) => store.subarray(0, length).indexOf(byte, start),

    drop(count) {
      if (count === 0) return;
      length -= count;
      const rest = store.subarray(count, count + length);
      // A large part has been taken: its room is not kept for small ones that may follow.
      if (store.length > 4 * leastCapacity && length < leastCapacity) store = new Uint8Array(leastCapacity);
      store.set(rest);
    },
  };
}
