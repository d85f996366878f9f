/** How many bytes the text takes as UTF-8. A lone surrogate counts as the three bytes of its replacement. */
export function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}

function createDecoder(): TextDecoder {
  return new TextDecoder("utf-8", { ignoreBOM: true });
}

/**
 * A decoder of UTF-8 that comes in pieces, by the WHATWG rules: a character may be split anywhere, what is not UTF-8
 * becomes U+FFFD, one byte order mark at the start is dropped. Call it without bytes at the end.
 *
 * @see https://encoding.spec.whatwg.org/#utf-8-decode
 */
export function createUtf8Decoder(): (bytes?: Uint8Array) => string {
  // A decoder that keeps state between calls is several times slower than one that does not, and text that ends in an
  // ASCII character, as nearly every piece of a stream does, leaves no state behind.
  const [whole, pieces] = [createDecoder(), createDecoder()];
  let mayBeSplit = false;
  let atStart = true;

  return (bytes) => {
    let text: string;
    if (bytes === undefined) text = mayBeSplit ? pieces.decode() : "";
    else if (bytes.length === 0) return "";
    else {
      const endsWhole = bytes[bytes.length - 1]! < 0x80;
      text = endsWhole && !mayBeSplit ? whole.decode(bytes) : pieces.decode(bytes, { stream: true });
      mayBeSplit = !endsWhole;
    }
    if (atStart && text !== "") {
      atStart = false;
      if (text.charCodeAt(0) === 0xfeff) return text.slice(1);
    }
    return text;
  };
}
