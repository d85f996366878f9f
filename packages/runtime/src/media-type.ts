/** Media types by file extension: the files that people hand to inference APIs. */
const types: Readonly<Record<string, string>> = {
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".webp": "image/webp",
  ".gif": "image/gif",
  ".avif": "image/avif",
  ".heic": "image/heic",
  ".bmp": "image/bmp",
  ".svg": "image/svg+xml",
  ".mp4": "video/mp4",
  ".mov": "video/quicktime",
  ".webm": "video/webm",
  ".mp3": "audio/mpeg",
  ".wav": "audio/wav",
  ".m4a": "audio/mp4",
  ".ogg": "audio/ogg",
  ".flac": "audio/flac",
  ".pdf": "application/pdf",
  ".txt": "text/plain",
  ".csv": "text/csv",
  ".json": "application/json",
  ".jsonl": "application/x-ndjson",
  ".zip": "application/zip",
};

/** The extension of a file name with its dot, in lower case. Undefined when it has none. */
export function extensionOf(name: string | undefined): string | undefined {
  return /[^.](\.[a-z0-9]+)$/i.exec(name ?? "")?.[1]?.toLowerCase();
}

/** The media type that goes with an extension such as `.png`. */
export function typeOfExtension(extension: string | undefined): string | undefined {
  return extension !== undefined && Object.hasOwn(types, extension) ? types[extension] : undefined;
}

/** The extension that goes with a media type, parameters left aside. */
export function extensionOfType(mediaType: string | undefined): string | undefined {
  const plain = mediaType?.replace(/;.*$/s, "").trim().toLowerCase();
  return Object.keys(types).find((extension) => types[extension] === plain);
}
