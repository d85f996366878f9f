/** What bounds the reading of files from the web. */
export interface RemoteLimits {
  /** Of all files of one document together, as they are after decompression. Default: 64 MiB. */
  readonly bytes?: number;
  /** For one file, redirects and body included. Default: 30 seconds. */
  readonly milliseconds?: number;
  /** Of one document. Default: 1000. */
  readonly files?: number;
}

/** A file from the web. */
export interface RemoteFile {
  /** Where it was in the end, after redirects (RFC 3986, section 5.1.3: what relative references in it start from). */
  readonly url: string;
  readonly text: string;
  /** The media type the server named, without parameters; empty when it named none. */
  readonly mediaType: string;
}

const mostRedirects = 5;

/** True for what is read from the web: `http:` and `https:` URLs. */
export function isRemote(source: string): boolean {
  return /^https?:\/\//i.test(source);
}

/**
 * Reads files from the web, but only from addresses somebody has allowed: a document can name any address, also one
 * that only this machine can reach. Each redirect is checked like the first address. Nothing that says who asks is
 * sent along: no cookies, no keys, no user names in URLs.
 */
export class RemoteReader {
  readonly #allowed: URL[];
  readonly #limits: Required<RemoteLimits>;
  #bytesLeft: number;
  #filesLeft: number;

  /**
   * @param allowed URLs that may be read, each with everything below it
   * @throws {TypeError} for an entry that is no http or https URL
   */
  constructor(allowed: readonly string[], limits: RemoteLimits = {}) {
    this.#allowed = allowed.map(allowedAddress);
    this.#limits = { bytes: 64 * 1024 * 1024, milliseconds: 30_000, files: 1000, ...limits };
    this.#bytesLeft = this.#limits.bytes;
    this.#filesLeft = this.#limits.files;
  }

  /**
   * The text of one file.
   *
   * @throws {Error} with half a sentence as its message: why it can't be read, and what to do about it
   */
  async read(address: string): Promise<RemoteFile> {
    if (this.#filesLeft-- <= 0)
      throw new Error(`more than ${this.#limits.files} files from the web are too many`);
    const signal = AbortSignal.timeout(this.#limits.milliseconds);
    try {
      let url = new URL(address);
      for (let redirects = 0; redirects <= mostRedirects; redirects++) {
        this.#check(url, redirects > 0 ? address : undefined);
        const response = await fetch(url, {
          redirect: "manual",
          credentials: "omit",
          headers: { accept: "application/json, application/yaml, text/yaml, */*;q=0.5" },
          signal,
        });
        const target = response.status >= 300 && response.status < 400 && response.headers.get("location");
        if (!target) return await this.#take(url, response);
        await response.body?.cancel();
        url = new URL(target, url);
      }
      throw new Error(`${address} redirects more than ${mostRedirects} times`);
    } catch (error) {
      if (signal.aborted)
        throw new Error(
          `${address} did not answer in full within ${this.#limits.milliseconds / 1000} seconds`,
        );
      throw new Error(reasonOf(error, address));
    }
  }

  #check(url: URL, redirectedFrom: string | undefined): void {
    if (url.username !== "" || url.password !== "") {
      throw new Error(
        `no user name and password are sent to ${url.host}: save the file, and name the file instead`,
      );
    }
    if (this.#allowed.some((address) => covers(address, url))) return;
    const how = redirectedFrom === undefined ? url.href : `${redirectedFrom} redirects to ${url.href}, which`;
    throw new Error(
      `${how} is not among the allowed addresses: allow it with --allow-remote ${url.origin}/ or remoteReferences: ["${url.origin}/"]`,
    );
  }

  async #take(url: URL, response: Response): Promise<RemoteFile> {
    if (!response.ok) {
      await response.body?.cancel();
      throw new Error(`${url.href} answered with status ${response.status}`);
    }
    const decoder = new TextDecoder();
    let text = "";
    for await (const chunk of response.body ?? []) {
      this.#bytesLeft -= chunk.byteLength;
      if (this.#bytesLeft < 0)
        throw new Error(`${url.href} goes beyond ${this.#limits.bytes} bytes from the web`);
      text += decoder.decode(chunk, { stream: true });
    }
    const mediaType = (response.headers.get("content-type") ?? "").split(";")[0] ?? "";
    return { url: url.href, text: text + decoder.decode(), mediaType: mediaType.trim().toLowerCase() };
  }
}

/**
 * An address as it stands in `remoteReferences` or behind `--allow-remote`.
 *
 * @throws {TypeError} when it is no http or https URL
 */
export function allowedAddress(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !isRemote(url.href))
    throw new TypeError(
      `"${address}" is no address to allow: it should be a URL such as https://example.com/.`,
    );
  return url;
}

/** True when `url` is the allowed address or lies below it, a folder at a time. */
function covers(address: URL, url: URL): boolean {
  if (address.origin !== url.origin) return false;
  const folder = address.pathname.endsWith("/") ? address.pathname : `${address.pathname}/`;
  return url.pathname === address.pathname || url.pathname.startsWith(folder);
}

function reasonOf(error: unknown, address: string): string {
  const { message, cause } = error as Error & { cause?: NodeJS.ErrnoException };
  // What fetch throws is "fetch failed", whatever the network said.
  return cause === undefined ? message : `${address} can't be reached: ${cause.code ?? cause.message}`;
}
