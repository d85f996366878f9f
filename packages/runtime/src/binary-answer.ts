import { readFileName } from "./file-name.ts";

/**
 * An answer that is a file: audio, an image, a video. Its bytes are still on the wire; read them once, in one of the
 * ways, or `cancel()`. The idle clock, the total clock and the call's signal watch over the reading.
 */
export class BinaryResponse {
  /** The answer; its body is what the methods read. */
  readonly response: Response;

  constructor(response: Response) {
    this.response = response;
  }

  /** The Content-Type header as it came; undefined when there is none. */
  get contentType(): string | undefined {
    return this.response.headers.get("content-type") ?? undefined;
  }

  /** The file name the server suggests, without any folder; undefined when it suggests none. */
  get filename(): string | undefined {
    return readFileName(this.response.headers.get("content-disposition"));
  }

  /** Size in bytes as announced. Undefined when it isn't, or when the bytes were compressed on their way. */
  get size(): number | undefined {
    const { headers } = this.response;
    const length = headers.get("content-length");
    return length === null || headers.has("content-encoding") ? undefined : Number(length);
  }

  /** The bytes piece by piece. Cancelling the stream cancels the request. */
  stream(): ReadableStream<Uint8Array> {
    return this.response.body ?? new ReadableStream({ start: (controller) => controller.close() });
  }

  /** All bytes. */
  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await this.response.arrayBuffer());
  }

  /** All bytes. */
  arrayBuffer(): Promise<ArrayBuffer> {
    return this.response.arrayBuffer();
  }

  /** All bytes, with the answer's media type. */
  blob(): Promise<Blob> {
    return this.response.blob();
  }

  /** Gives the bytes up and lets the connection go. */
  async cancel(reason?: unknown): Promise<void> {
    await this.response.body?.cancel(reason);
  }
}
