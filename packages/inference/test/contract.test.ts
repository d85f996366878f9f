import { join } from "node:path";
import type { Operation } from "@hawser/codegen";
import { createMockServer, type ExampleSummary, type MockServer, type RecordedRequest } from "@hawser/mock";
import {
  APIError,
  BinaryResponse,
  type Client,
  type ClientOptions,
  type RequestOptions,
} from "@hawser/runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { argumentsOf, bodyOf, optionsOf } from "./contract/sample.ts";
import { documents, readTarget, targets } from "./contract/targets.ts";

/** A call of a generated function. */
type Call = (client: Client, ...rest: unknown[]) => Promise<unknown>;

/** What the streams of all dialects have in common. */
interface AnyStream extends AsyncIterable<unknown> {
  readonly end: Promise<{ readonly reason: string }>;
  finalCompletion?(): Promise<unknown>;
  finalResponse?(): Promise<unknown>;
  finalMessage?(): Promise<unknown>;
}

test("every document has a client", async () => {
  expect(targets.map(({ name }) => name).sort()).toEqual((await documents()).sort());
});

const cases = await Promise.all(
  targets.map(async (target) => ({ target, operations: await readTarget(target) })),
);

describe.each(cases)("$target.name", ({ target, operations }) => {
  let server: MockServer;
  let client: Client;
  let generated: Record<string, unknown>;
  /** The last answer as it came over the wire. */
  let raw = "";

  beforeAll(async () => {
    server = await createMockServer({ document: target.document, overlays: target.overlays });
    generated = (await import(join(target.out, "operations.ts"))) as Record<string, unknown>;
    const listen: typeof fetch = async (...words) => {
      const response = await fetch(...words);
      raw = await response.clone().text();
      return response;
    };
    const createClient = generated.createClient as (options: ClientOptions) => Client;
    client = createClient({ apiKey: "key", baseURL: server.url, maxRetries: 0, fetch: listen });
  });

  afterAll(() => server.close());

  describe.each(operations)("$operation.id", ({ operation, examples, schemas }) => {
    const streams = (example: ExampleSummary) =>
      operation.outcomes.some(({ kind, mediaType }) => kind === "stream" && mediaType === example.mediaType);
    const successes = examples.filter(({ status }) => status.startsWith("2"));
    const whole = successes.filter((example) => !streams(example));
    const events = successes.filter(streams);

    /** Calls the generated function, with the request example of a name if there is one. */
    function call(name?: string, settings: { members?: object; every?: boolean; prefer?: string } = {}) {
      const body = bodyOf(operation, schemas, name);
      const flag = operation.stream?.flag;
      const sent = body && { ...body, ...(flag !== undefined && { [flag]: false }), ...settings.members };
      const options: RequestOptions =
        settings.prefer === undefined ? {} : { headers: { prefer: settings.prefer } };
      const run = generated[operation.id] as Call;
      const { every = false } = settings;
      const caller = every ? client.withOptions(optionsOf(operation, schemas)) : client;
      return run(caller, ...argumentsOf(operation, schemas, sent, every), options);
    }

    /** What asks for one example: its name, its status, and the member of the request it goes with. */
    function asking({ name, status, mediaType }: ExampleSummary) {
      const outcome = operation.outcomes.find(
        (each) => each.status === status && each.mediaType === mediaType,
      );
      const members = { ...(outcome?.when && { [outcome.when.property]: outcome.when.values[0] }) };
      return { members, prefer: `example=${name}, code=${status}` };
    }

    test("has examples of its requests and of its answers", () => {
      if (operation.body !== undefined) expect(operation.examples.length).toBeGreaterThan(0);
      const isEmpty = operation.outcomes.every(({ kind }) => kind === "empty");
      if (!isEmpty) expect(successes.length).toBeGreaterThan(0);
      expect(examples.filter(({ status }) => /^[45]/.test(status)).length).toBeGreaterThan(0);
    });

    const requests = operation.body === undefined ? [{ name: "without a body" }] : operation.examples;
    test.each(requests)("sends what the document allows: $name", async ({ name }) => {
      for (const every of [false, true]) {
        const example = whole.find((each) => each.name === name) ?? whole[0];
        await call(name, { every, ...(example && { members: asking(example).members }) });
        const request = server.requests.at(-1);
        expect(request?.operationId).toBe(operation.id);
        expect((await request?.answer)?.status).toBeLessThan(300);
        expect(missing(operation, request!, every)).toEqual([]);
      }
    });

    test.each(whole)("reads the answer $name ($status, $mediaType)", async (example) => {
      const answer = call(example.name, asking(example));
      const { envelope } = operation;
      const outcome = operation.outcomes.find(
        ({ status, mediaType }) => status === example.status && mediaType === example.mediaType,
      );
      if (outcome?.kind === "binary") {
        const read = (await answer) as BinaryResponse;
        expect(read).toBeInstanceOf(BinaryResponse);
        expect((await read.bytes()).byteLength).toBeGreaterThan(0);
        return;
      }
      if (outcome?.kind === "text") {
        expect(await answer).toBe(raw);
        return;
      }
      const [data] = await Promise.allSettled([answer]);
      const body = JSON.parse(raw) as unknown;
      if (
        envelope?.success &&
        !envelope.success.values.includes(at(body, envelope.success.pointer) as never)
      ) {
        const error = data.status === "rejected" ? (data.reason as APIError) : undefined;
        expect(error).toBeInstanceOf(APIError);
        expect(error?.status).toBe(envelope.status ? at(body, envelope.status) : Number(example.status));
        for (const words of wordsOf(error?.message ?? "")) expect(raw).toContain(words);
        return;
      }
      const expected = operation.pages ? body : at(body, envelope?.data ?? "");
      const got = data.status === "fulfilled" ? data.value : data.reason;
      expect(operation.pages ? (got as { body: unknown }).body : got).toEqual(expected);
      expect(expected).toBeDefined();
    });

    if (events.length > 0) {
      test.each(events)("reads the stream $name", async (example) => {
        const { flag } = operation.stream ?? {};
        const request = asking(example);
        const stream = (await call(example.name, {
          ...request,
          members: { ...request.members, ...(flag && { [flag]: true }) },
        })) as AnyStream;
        const items: unknown[] = [];
        const read = async () => {
          for await (const item of stream) items.push(item);
        };
        const [reading] = await Promise.allSettled([read()]);
        const { reason } = await stream.end;
        expect(items.length).toBeGreaterThan(1);
        const counterpart = whole.find(({ name }) => name === example.name);
        if (counterpart === undefined && reason === "error") {
          expect(reading.status).toBe("rejected");
          return;
        }
        expect(reason).toBe("complete");
        const final = await (stream.finalCompletion?.() ??
          stream.finalResponse?.() ??
          stream.finalMessage?.());
        expect(final).toBeDefined();
        if (counterpart === undefined) return;
        const answer = await call(counterpart.name, asking(counterpart));
        expect(gist(final)).toMatchObject(gist(answer));
      });
    }

    const failures = examples.filter(({ status }) => /^[45]/.test(status));
    test.each(failures)("reads the error $name ($status)", async (example) => {
      const error = await call(undefined, asking(example)).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(APIError);
      const { status, message } = error as APIError;
      expect(status).toBe(Number(example.status));
      for (const words of wordsOf(message)) expect(raw).toContain(words);
    });
  });
});

/** The parameters that did not come to where the document says they belong: of those required, or of all. */
function missing({ parameters }: Operation, { query, headers }: RecordedRequest, every: boolean): string[] {
  return parameters
    .filter(({ required }) => required || every)
    .filter(({ name, in: place }) => {
      if (place === "query") return !query.has(name);
      return place === "header" && headers[name.toLowerCase()] === undefined;
    })
    .map(({ name, in: place }) => `${name} in ${place}`);
}

/** What the server said, after the status and the request it was said to: the field it was about, and the words. */
function wordsOf(message: string): string[] {
  const [, words] = /^\d+ .*? from \w+ \S+: (.+)/.exec(message) ?? [];
  return (words ?? `no words in "${message}"`).split(": ");
}

/** The value a JSON Pointer leads to. */
function at(value: unknown, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .reduce<unknown>((place, member) => (place as Record<string, unknown> | null)?.[member], value);
}

/** What an answer and the stream that tells it have in common: names of ids differ, and not all streams count tokens. */
function gist(answer: unknown): object {
  const { choices } = answer as { choices?: { message: object; finish_reason?: string }[] };
  if (choices === undefined) return answer as object;
  return choices.map(({ message, finish_reason }) => {
    const { role, content, tool_calls, reasoning_content } = message as Record<string, unknown>;
    return { role, content, tool_calls, reasoning_content, finish_reason };
  });
}
