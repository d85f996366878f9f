import {
  type Content,
  type DeclaredResponse,
  type MockOperation,
  type NamedExample,
  responseFor,
} from "../document/operation.ts";
import { asObject, isObject } from "../json.ts";
import { isJson, isSequential } from "../media-type.ts";
import { qualityOf } from "../request/accept.ts";
import { likeness } from "./likeness.ts";
import { ChoiceError, type Wanted } from "./wanted.ts";

/** The answer that will be given. */
export interface Choice {
  readonly status: number;
  /** Absent when the answer has no body. */
  readonly mediaType?: string;
  /** Absent when the document has none, or is not to be asked for one. */
  readonly example?: NamedExample;
}

/** What of a request the choice depends on. */
export interface Asking {
  readonly body: unknown;
  readonly query?: URLSearchParams;
  readonly accept: string | undefined;
}

/** The success the client asked for has no media type it accepts. */
export class NotAcceptableError extends Error {
  override readonly name = "NotAcceptableError";
}

/**
 * Chooses the answer of an operation from the document.
 *
 * An example asked for by name is looked for under the status asked for, or else under the successes and then all
 * other statuses. When none is asked for: the status follows `x-hawser-when`; the media type follows the stream flag, `x-hawser-when` and `Accept`; among
 * its examples the one whose `model` is that of the request; among several, the one whose request example of the same
 * name is most like the request; else the document's first.
 *
 * @throws {ChoiceError} when the document has no such status or example
 * @throws {NotAcceptableError} when the client accepts none of the media types
 */
export function choose(
  operation: MockOperation,
  asking: Asking,
  wanted: Pick<Wanted, "status" | "example">,
): Choice {
  if (wanted.example !== undefined) return byName(operation, asking, wanted.example, wanted.status);
  const response =
    wanted.status === undefined ? successOf(operation, asking.body) : declared(operation, wanted.status);
  const status = wanted.status ?? statusOf(operation, response);
  const contents = fitting(operation, response, asking, wanted.status);
  const [first] = contents;
  if (first === undefined) {
    if (response.contents.length === 0) return { status };
    const types = response.contents.map(({ mediaType }) => mediaType).join(", ");
    throw new NotAcceptableError(
      `${operation.id} answers ${types}, and the Accept header allows none of it.`,
    );
  }
  const best = bestExample(operation, contents, asking.body);
  return { status, mediaType: first.mediaType, ...best };
}

function byName(operation: MockOperation, asking: Asking, name: string, status: number | undefined): Choice {
  const responses = status === undefined ? inOrder(operation) : [declared(operation, status)];
  for (const response of responses) {
    const preferred = fitting(operation, response, asking, status);
    for (const content of [...preferred, ...response.contents]) {
      const example = content.examples.find((candidate) => candidate.name === name);
      if (example !== undefined) {
        return { status: status ?? statusOf(operation, response), mediaType: content.mediaType, example };
      }
    }
  }
  const known = responses.flatMap(({ contents }) =>
    contents.flatMap(({ examples }) => examples.map((each) => each.name)),
  );
  const under = status === undefined ? "" : ` under ${status}`;
  throw new ChoiceError(
    known.length === 0
      ? `${operation.id} has no examples${under}, so none named "${name}".`
      : `${operation.id} has no example "${name}"${under}. There are ${[...new Set(known)].join(", ")}.`,
  );
}

function declared(operation: MockOperation, status: number): DeclaredResponse {
  const response = responseFor(operation, status);
  if (response !== undefined) return response;
  const known = operation.responses.map((each) => each.status).join(", ");
  throw new ChoiceError(`${operation.id} has no answer ${status}. There are ${known}.`);
}

/**
 * The lowest success, or else `default`, or else whatever comes first. A success that `x-hawser-when` gives to requests
 * such as this one goes before the others, and one for other requests only is none.
 */
function successOf(operation: MockOperation, body: unknown): DeclaredResponse {
  const all = inOrder(operation);
  const [first] = all;
  if (first === undefined) throw new ChoiceError(`${operation.id} has no answers in the document.`);
  const successes = all.filter(({ status }) => status.startsWith("2"));
  const isMeant = ({ contents }: DeclaredResponse) => contents.some((content) => isFor(content, body));
  const isGeneral = ({ contents }: DeclaredResponse) =>
    contents.length === 0 || contents.some(({ when }) => when === undefined);
  return successes.find(isMeant) ?? successes.find(isGeneral) ?? first;
}

/** Whether a request's body is one that is answered with this media type before all others. */
function isFor({ when }: Content, body: unknown): boolean {
  return when?.values.includes(asObject(body)[when.property]) === true;
}

function inOrder(operation: MockOperation): readonly DeclaredResponse[] {
  const rank = ({ status }: DeclaredResponse) =>
    status.startsWith("2") ? `0${status}` : status === "default" ? "1" : `2${status}`;
  return [...operation.responses].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

/** A status that a response stands for; `default` stands for those that aren't described, a success if there is none. */
function statusOf(operation: MockOperation, { status }: DeclaredResponse): number {
  if (status !== "default") return Number(status.replace("XX", "00"));
  const hasSuccess = operation.responses.some((each) => each.status.startsWith("2"));
  const candidates = hasSuccess ? [500, 502, 400, 404] : [200];
  return candidates.find((candidate) => responseFor(operation, candidate)?.status === "default") ?? 500;
}

/** The media types that fit the request, the most welcome first. */
function fitting(
  operation: MockOperation,
  response: DeclaredResponse,
  asking: Asking,
  status: number | undefined,
): readonly Content[] {
  const { stream } = operation;
  const { body, accept } = asking;
  const streams = response.contents.filter(({ mediaType }) => isSequential(mediaType));
  // What a stream flag asks for is not for Accept to decide: servers of this kind go by the flag alone.
  if (stream !== undefined && streams.length > 0 && asksForStream(stream, asking)) return streams;
  const whole = response.contents.filter(
    (content) => !streams.includes(content) || stream?.flag === undefined,
  );
  const matching = whole.filter((content) => isFor(content, body));
  if (matching.length > 0) return matching;
  const general = whole.filter(({ when }) => when === undefined);
  const pool = general.length > 0 ? general : whole;
  const welcome = pool
    .map((content) => ({ content, quality: qualityOf(accept, content.mediaType) }))
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .filter(({ quality }, _, [best]) => quality === best?.quality)
    .map(({ content }) => content);
  const values = welcome.filter((content) => !streams.includes(content));
  // Who takes both gets what most clients read.
  if (stream?.mode === "accept" && values.length > 0) return values;
  // An error comes as it comes, whatever the client accepts.
  const isError = status !== undefined && (status < 200 || status > 299);
  return welcome.length === 0 && isError ? pool : welcome;
}

/** Whether a request asks for the stream by something else than `Accept`. */
function asksForStream(
  { mode, flag = "", in: place }: NonNullable<MockOperation["stream"]>,
  { body, query }: Asking,
): boolean {
  if (mode !== "flag") return mode === "always";
  return place === "query" ? query?.get(flag) === "true" : asObject(body)[flag] === true;
}

function bestExample(
  operation: MockOperation,
  contents: readonly Content[],
  body: unknown,
): { mediaType: string; example: NamedExample } | undefined {
  const all = contents.flatMap(({ mediaType, examples }) =>
    examples.map((example) => ({ mediaType, example })),
  );
  const model = asObject(body).model;
  const models = all.map((each) => ({ each, model: modelOf(each.example.value, each.mediaType) }));
  const ofModel = models.filter((one) => model !== undefined && one.model === model).map(({ each }) => each);
  const candidates = ofModel.length > 0 ? ofModel : all;
  // The answers of other models, however like the question, are no better than the first.
  const isStranger =
    model !== undefined && ofModel.length === 0 && models.some((one) => one.model !== undefined);
  if (body === undefined || isStranger) return candidates[0];
  const score = ({ example }: { example: NamedExample }) =>
    operation.requestExamples.has(example.name)
      ? likeness(body, operation.requestExamples.get(example.name))
      : Number.NEGATIVE_INFINITY;
  // A stable sort keeps the document's order among equals.
  return candidates.map((each) => ({ each, score: score(each) })).sort(byScore)[0]?.each;
}

function byScore(a: { score: number }, b: { score: number }): number {
  return a.score === b.score ? 0 : b.score - a.score;
}

/** The model an answer names: its `model` member, or that of a transcript's first chunk. */
function modelOf(value: unknown, mediaType: string): unknown {
  if (isJson(mediaType)) return asObject(value).model;
  if (!isSequential(mediaType) || typeof value !== "string") return undefined;
  for (const line of value.split(/\r\n|\n|\r/)) {
    const data = /^(?:data:)?\s*(\{.*\})\s*$/.exec(line)?.[1];
    if (data === undefined) continue;
    try {
      const chunk: unknown = JSON.parse(data);
      if (isObject(chunk))
        return chunk.model ?? asObject(chunk.message).model ?? asObject(chunk.response).model;
    } catch {
      return undefined;
    }
  }
  return undefined;
}
