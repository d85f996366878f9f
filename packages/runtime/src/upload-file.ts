import { collectBlob, type Uploadable } from "./binary-source.ts";
import { binaryBody } from "./body-writers.ts";
import { type Client, createClient } from "./client.ts";
import { optionsOf, transportOf } from "./client-settings.ts";
import { InvalidRequestError } from "./errors.ts";
import { readPointer } from "./json-pointer.ts";
import { extensionOf, extensionOfType, typeOfExtension } from "./media-type.ts";
import type { Operation } from "./operation.ts";
import type { RequestOptions } from "./options.ts";
import type { UploadPlan } from "./plans.ts";
import { nameOf } from "./to-file.ts";
import { unexpectedAnswer } from "./unexpected-answer.ts";

/**
 * Options of an upload. `headers`, `query` and `middleware` are for the request that asks where to send the file; the
 * store gets none of them.
 */
export interface UploadOptions
  extends Pick<
    RequestOptions,
    "signal" | "timeout" | "maxRetries" | "headers" | "query" | "middleware" | "fetchOptions"
  > {
  /** Media type of the file. Default: its own, else the one its extension stands for. */
  contentType?: string | undefined;
  /** Extension, with or without its dot. Default: that of the file's name, else the one of its media type. */
  extension?: string | undefined;
}

/** What the service wants to know of a file beforehand. */
interface FileKind {
  readonly contentType: string;
  readonly extension: string;
}

function kindOf({ operation }: UploadPlan, file: Uploadable, options: UploadOptions): FileKind {
  const given = options.extension?.replace(/^\.?/, ".").toLowerCase();
  const named = given ?? extensionOf(nameOf(file));
  const own =
    file instanceof Blob ? file.type : file instanceof Response ? file.headers.get("content-type") : "";
  const contentType = options.contentType ?? (own || typeOfExtension(named));
  const extension = named ?? extensionOfType(contentType);
  if (contentType === undefined) {
    throw new InvalidRequestError(
      `${operation.id}: the file doesn't say what it is: give the option contentType, e.g. "image/png".`,
    );
  }
  if (extension === undefined) {
    throw new InvalidRequestError(
      `${operation.id}: the file has no name with an extension: give the option extension, e.g. ".png".`,
    );
  }
  return { contentType, extension };
}

function isWebAddress(value: unknown): value is string {
  return typeof value === "string" && /^https?:\/\//i.test(value) && URL.canParse(value);
}

/** Where the bytes go and where the file is found afterwards. */
interface Target {
  readonly url: URL;
  readonly result: string;
}

async function askForTarget(
  client: Client,
  plan: UploadPlan,
  { contentType, extension }: FileKind,
  options: RequestOptions,
): Promise<Target> {
  const { operation } = plan;
  const params = { [plan.contentType]: contentType, [plan.extension]: extension };
  const { data, body, response } = await client.request(operation, { params }, options).withResponse();
  const url = readPointer(data, plan.url);
  const result = readPointer(data, plan.result);
  if (!isWebAddress(url)) {
    throw unexpectedAnswer(operation, `the answer has no address at "${plan.url}"`, body, response);
  }
  if (typeof result !== "string" || result === "") {
    throw unexpectedAnswer(operation, `the answer has no address at "${plan.result}"`, body, response);
  }
  return { url: new URL(url), result };
}

/**
 * A client of the store: it has the ways of the given one (its `fetch`, retries, clocks, logger), and nothing that
 * would tell the store who asks: no key, no header, no query, no middleware.
 */
function storeClient(client: Client, { origin }: URL): Client {
  const transport = transportOf(optionsOf(client));
  const store = { name: "the file store", version: "", servers: [], security: {} };
  // There is no key to be read.
  return createClient(store, { ...transport, baseURL: origin, dangerouslyAllowBrowser: true });
}

/**
 * Sends a file to where the service wants it: asks for a presigned address, puts the bytes there and gives the address
 * under which requests can name the file.
 *
 * The store is another party: it gets the bytes and their media type, and neither the key nor any header of the
 * client's. Putting the same bytes to the same address twice is the same as once, so this is retried. Streams are read
 * to their end first, since stores want to know the length.
 *
 * @throws InvalidRequestError when the file doesn't say what it is and the options don't either; InvalidResponseError
 *   when no address is given; APIError for what service or store refuse; what `request` throws.
 */
export async function uploadFile(
  client: Client,
  plan: UploadPlan,
  file: Uploadable,
  options: UploadOptions = {},
): Promise<string> {
  const { contentType: _type, extension: _extension, ...request } = options;
  const kind = kindOf(plan, file, options);
  const bytes = await collectBlob(file, kind.contentType, `${plan.operation.id}: the file`, options.signal);
  const { url, result } = await askForTarget(client, plan, kind, request);
  const put: Operation = {
    id: `${plan.operation.id}: the upload`,
    method: "PUT",
    path: `${url.pathname}${url.search}`,
    retry: "idempotent",
    body: { encoding: "binary", write: binaryBody, mediaType: kind.contentType, required: true },
    outcomes: [{ status: "2XX", kind: "empty" }],
  };
  const { signal, timeout, maxRetries, fetchOptions } = options;
  await storeClient(client, url).request(put, { body: bytes }, { signal, timeout, maxRetries, fetchOptions });
  return result;
}
