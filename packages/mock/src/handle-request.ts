import type { Answer, Answerer } from "./answer/answerer.ts";
import { choose, NotAcceptableError } from "./answer/choose.ts";
import type { Scenes } from "./answer/scenes.ts";
import { ChoiceError, type Delivery, mergeDelivery } from "./answer/wanted.ts";
import type { MockOperation } from "./document/operation.ts";
import { asObject } from "./json.ts";
import type { Checks, Engine, Finding } from "./prism/engine.ts";
import { explain } from "./prism/explain.ts";
import { nearestOperations } from "./request/nearest.ts";
import { BodyError, type ParsedBody, parseBody } from "./request/parse-body.ts";
import { parsePrefer } from "./request/prefer.ts";
import type { Route } from "./request/route.ts";

/** What a handler works with. */
export interface Workplace {
  readonly operations: readonly MockOperation[];
  readonly basePath: string;
  readonly engine: Engine;
  readonly answerer: Answerer;
  readonly scenes: Scenes;
  readonly checks: Checks;
}

/** A request as it came in. */
export interface Incoming {
  readonly method: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  /** `undefined` when there was more than the cap. */
  readonly bytes: Uint8Array | undefined;
  readonly maxBodyBytes: number;
}

/** An answer and how it is to travel, as far as the request or a scene says. */
export interface Handled {
  readonly answer: Answer;
  readonly delivery: Delivery;
}

/** Finds the answer to a request. */
export async function handleRequest(place: Workplace, route: Route, incoming: Incoming): Promise<Handled> {
  const { answerer } = place;
  if (route.kind === "unknown") {
    const near = nearestOperations(place.operations, incoming.method, route.path);
    const names = near.map(({ method, path }) => `${method} ${place.basePath}${path}`).join(", ");
    return plain(
      await answerer.error(
        undefined,
        [404],
        `There is no ${incoming.method} ${route.path}. The nearest: ${names}.`,
      ),
    );
  }
  if (route.kind === "other-method") {
    const message = `${route.path} does not take ${incoming.method}, only ${route.allowed.join(", ")}.`;
    const answer = await answerer.error(undefined, [405], message);
    return plain({ ...answer, headers: { ...answer.headers, allow: route.allowed.join(", ") } });
  }
  if (!isDecodable(route.path)) {
    return plain(
      await answerer.error(undefined, [400], `The path ${route.path} is not percent-encoded UTF-8.`),
    );
  }
  const [first] = route.operations;
  if (first === undefined) throw new Error("A route leads to an operation.");
  if (incoming.bytes === undefined) {
    const message = `The request body is longer than ${incoming.maxBodyBytes} bytes.`;
    const answer = await answerer.error(first, [413], message);
    return plain({ ...answer, headers: { ...answer.headers, connection: "close" } });
  }
  try {
    const body = await parseBody(incoming.bytes, incoming.headers["content-type"], first);
    const operation = meant(route.operations, body);
    return await answerValid(place, operation, route.path, incoming, incoming.bytes, body);
  } catch (error) {
    if (error instanceof BodyError || error instanceof ChoiceError) {
      return plain(await answerer.error(first, [400], error.message));
    }
    if (error instanceof NotAcceptableError) return plain(await answerer.error(first, [406], error.message));
    throw error;
  }
}

async function answerValid(
  place: Workplace,
  operation: MockOperation,
  path: string,
  { query, headers }: Incoming,
  bytes: Uint8Array,
  body: ParsedBody,
): Promise<Handled> {
  const { engine, answerer, scenes } = place;
  const { scene, dynamic = false, seed, ...preferred } = parsePrefer(headers.prefer);
  const { "content-type": _, ...otherHeaders } = headers;
  const findings = await engine.validate(
    operation,
    {
      path,
      query: queryValues(query),
      headers: {
        ...otherHeaders,
        ...(body.contentType !== undefined && { "content-type": body.contentType }),
        // Prism looks at the content type only when it is told a length, which chunked uploads don't tell.
        "content-length": String(bytes.byteLength),
      },
      body: body.value,
    },
    place.checks,
  );
  if (findings.length > 0)
    return { answer: await refusal(answerer, operation, findings), delivery: preferred };

  const asksForOne = preferred.example !== undefined || preferred.status !== undefined;
  const step = asksForOne ? undefined : scenes.next(scene, operation);
  const wanted = asksForOne ? preferred : (step ?? {});
  const choice = choose(operation, { body: body.value, query, accept: headers.accept }, wanted);
  const answer = await answerer.chosen(operation, choice, { dynamic, ...(seed !== undefined && { seed }) });
  return { answer, delivery: mergeDelivery(step ?? {}, preferred) };
}

/** Findings about credentials come first, then those about the content type, then the rest. */
async function refusal(
  answerer: Answerer,
  operation: MockOperation,
  findings: readonly Finding[],
): Promise<Answer> {
  // What the API says to a missing key is better than that the scheme is invalid.
  const denied = findings.find(({ code }) => code === 401);
  if (denied !== undefined) return await answerer.error(operation, [401], undefined, [], denied.message);
  const { message, faults } = explain(findings);
  const isType = findings.some(({ code }) => code === 415);
  return await answerer.error(operation, isType ? [415, 422, 400] : [422, 400], message, faults);
}

/** Of operations that only a fragment tells apart, the one that streams answers who asks for a stream. */
function meant(operations: readonly MockOperation[], { value }: ParsedBody): MockOperation {
  const asksForStream = asObject(value).stream === true;
  const found = operations.find(({ stream }) => (stream !== undefined) === asksForStream) ?? operations[0];
  if (found === undefined) throw new Error("A route leads to an operation.");
  return found;
}

function queryValues(query: URLSearchParams): Record<string, string | string[]> {
  return Object.fromEntries(
    [...new Set(query.keys())].map((name) => {
      const values = query.getAll(name);
      return [name, values.length === 1 ? String(values[0]) : values];
    }),
  );
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

function plain(answer: Answer): Handled {
  return { answer, delivery: {} };
}
