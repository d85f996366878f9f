import { collectBlob, type Uploadable } from "./binary-source.ts";
import { lastSegment, readFileName } from "./file-name.ts";

/** What can be set about a file besides its content and name. */
export interface ToFileOptions {
  /** Media type. Default: the source's own, if it has one. */
  readonly type?: string | undefined;
  /** Milliseconds since 1970. */
  readonly lastModified?: number | undefined;
}

/**
 * The name a source has by itself: a File's, an answer's (Content-Disposition, else the end of its URL), the `path` of
 * a Node file stream.
 */
export function nameOf(source: unknown): string | undefined {
  if (source instanceof Response) {
    return (
      readFileName(source.headers.get("content-disposition")) ??
      lastSegment(new URL(source.url || "a:").pathname)
    );
  }
  if (typeof source !== "object" || source === null) return undefined;
  const { name, path } = source as { readonly name?: unknown; readonly path?: unknown };
  if (typeof name === "string") return lastSegmentOfPath(name);
  return typeof path === "string" ? lastSegmentOfPath(path) : undefined;
}

/** File names are not percent-encoded, so nothing is decoded here. */
function lastSegmentOfPath(path: string): string | undefined {
  return path.split(/[\\/]/).at(-1) || undefined;
}

/**
 * Makes a file for a multipart body from whatever holds its bytes. Streams and iterables are read to their end.
 *
 * @param name - file name; servers often go by its extension. Default: the source's own, else `file`.
 * @throws InvalidRequestError when the source is an answer with an error status; what reading it throws.
 *
 * @example
 * await toFile(fs.createReadStream("talk.mp3"))
 * await toFile(bytes, "talk.mp3", { type: "audio/mpeg" })
 */
export async function toFile(
  data: Uploadable | string | Promise<Uploadable | string>,
  name?: string,
  options: ToFileOptions = {},
): Promise<File> {
  const source = await data;
  const blob = await collectBlob(source, options.type, "toFile: the data");
  const { lastModified } = options;
  return new File([blob], name ?? nameOf(source) ?? "file", {
    type: options.type ?? blob.type,
    ...(lastModified !== undefined && { lastModified }),
  });
}
