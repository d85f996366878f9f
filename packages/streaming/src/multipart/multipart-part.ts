/** A part of a multipart body. */
export interface MultipartPart {
  /** The part's own header fields. */
  readonly headers: Headers;
  /** Its content as it came; a `Content-Transfer-Encoding`, which HTTP has no use for, is not undone. */
  readonly data: Uint8Array;
}

/** What a multipart body is cut into. */
export interface MultipartPiece extends MultipartPart {
  /**
   * - `closing`: no part, but the closing boundary
   * - `unfinished`: the body ended before the boundary that would have ended the part
   * - `body`: the whole body, which is not multipart
   */
  readonly origin?: "closing" | "unfinished" | "body";
}
