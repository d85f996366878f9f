import type { Authentication } from "./auth.ts";
import { HawserError } from "./errors.ts";

/** A request as it would be sent, without its secrets. */
export interface DryRunRequest {
  readonly method: string;
  readonly url: string;
  /** Values that prove who sends the request are `[redacted]`. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * A JSON body as its value, a text as text; a form or bytes as they are. Undefined when there is none. What the
   * message shows of it leaves out members that are called like secrets.
   */
  readonly body: unknown;
}

const hidden = "[redacted]";

/** Headers that prove who sends a request, whoever set them. */
const secretHeaders = /^(authorization|proxy-authorization|cookie|.*(api-?key|token|secret|password).*)$/i;
/** Names under which people keep secrets, in environment variables above all; a public key is none. */
const secretNames = /^(?!.*public).*(key|token|secret|password|passwd|credentials?)$/i;

function isSecretName(name: unknown): boolean {
  return typeof name === "string" && secretNames.test(name);
}

/** Leaves out the values of members called like secrets, and of pairs such as `{ key: "HF_TOKEN", value: "…" }`. */
function blot(name: string, value: unknown): unknown {
  // `key` by itself is what a pair calls its name.
  if (isSecretName(name) && name !== "key" && typeof value === "string") return hidden;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const [first, second, ...more] = Object.entries(value);
  if (second === undefined || more.length > 0 || !isSecretName(first?.[1])) return value;
  return Object.fromEntries([first!, [second[0], hidden]]);
}

function describeBody(body: unknown): string {
  if (body === undefined) return "";
  if (typeof body === "string") return `\n\n${body}`;
  if (body instanceof FormData) return `\n\n(a form: ${[...new Set(body.keys())].join(", ")})`;
  if (body instanceof Blob) return `\n\n(${body.size} bytes)`;
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return `\n\n(${body.byteLength} bytes)`;
  if (body instanceof ReadableStream) return "\n\n(a stream)";
  return `\n\n${JSON.stringify(body, blot, 2)}`;
}

/** The option `dryRun` was set: this is the request that would have been sent. Its message can be shown to people. */
export class DryRunError extends HawserError {
  static override readonly kind: string = "DryRunError";
  readonly #request: DryRunRequest;

  constructor(request: DryRunRequest) {
    const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}\n`);
    super(
      `Nothing was sent (dryRun). This is the request:\n\n${request.method} ${request.url}\n${headers.join("").trimEnd()}${describeBody(request.body)}`,
    );
    this.#request = request;
  }

  /** The request, the body as it is: not shown when the error is printed, beyond what the message says. */
  get request(): DryRunRequest {
    return this.#request;
  }
}

function bodyValue(body: BodyInit | undefined, contentType: string | undefined): unknown {
  if (typeof body !== "string" || !/[/+]json\b/i.test(contentType ?? "")) return body;
  return JSON.parse(body) as unknown;
}

/**
 * The request that would be sent, for a dry run.
 *
 * @param body - what the request was made with.
 * @param hide - takes keys out of a text.
 */
export function showRequest(
  request: Request,
  body: { readonly value: BodyInit | undefined; readonly contentType: string | undefined },
  { headers: keys, query, cookies }: Authentication,
  hide: (text: string) => string,
): DryRunRequest {
  const headers = Object.fromEntries(request.headers);
  for (const [name] of keys) headers[name.toLowerCase()] = hidden;
  if (cookies.length > 0) headers.cookie = hidden;
  for (const name of Object.keys(headers)) {
    if (secretHeaders.test(name) && name !== "idempotency-key") headers[name] = hidden;
  }
  // A short key isn't looked for in texts, but it is known where it stands.
  const url = query.reduce(
    (rest, pair) => rest.replace(pair, `${pair.slice(0, pair.indexOf("="))}=${hidden}`),
    request.url,
  );
  return { method: request.method, url: hide(url), headers, body: bodyValue(body.value, body.contentType) };
}
