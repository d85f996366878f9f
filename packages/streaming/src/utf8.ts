/** How many bytes the text takes as UTF-8. A lone surrogate counts as the three bytes of its replacement. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    // A pair is four bytes: its first half counts for three of them, the second for one.
    if (unit >= 0xd800 && unit < 0xdc00 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      bytes += 2;
      i += 1;
    } else bytes += unit < 0x800 ? 1 : 2;
  }
  return bytes;
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
  const whole = new TextDecoder("utf-8", { ignoreBOM: true });
  const pieces = new TextDecoder("utf-8", { ignoreBOM: true });
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
