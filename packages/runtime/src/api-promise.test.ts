import { describe, expect, expectTypeOf, test } from "vitest";
import { APIPromise, type Exchange } from "./api-promise.ts";
import { AbortError, type APIError, ConnectionError, createAPIError, InvalidRequestError } from "./errors.ts";

interface Ship {
  name: string;
}
interface ShipErrors {
  401: { reason: string };
  402: { needed: number };
  default: { error: string };
}

const response = new Response("{}", { status: 201 });

function answered<Data>(data: Data) {
  return { data, body: data };
}

function exchangeOf(change: Partial<Exchange> = {}): Exchange {
  return {
    response,
    requestId: "req_1",
    rateLimit: { remaining: 5 },
    attempts: 2,
    take: () => response,
    ...change,
  };
}

function succeed(parse: () => Ship | Promise<Ship> = () => ({ name: "Vega" })) {
  return new APIPromise<Ship, ShipErrors>(Promise.resolve(exchangeOf()), async () => answered(await parse()));
}

function fail(error: unknown) {
  return new APIPromise<Ship, ShipErrors>(Promise.reject<Exchange>(error), async () =>
    answered({ name: "never" }),
  );
}

function answer(status: number, body: unknown = {}) {
  return createAPIError("no", { response: new Response(null, { status }), body });
}

describe("a call that succeeds", () => {
  test("gives its data", async () => {
    expect(await succeed()).toEqual({ name: "Vega" });
  });
  test("gives what came around it", async () => {
    expect(await succeed().withResponse()).toEqual({
      data: { name: "Vega" },
      body: { name: "Vega" },
      response,
      requestId: "req_1",
      rateLimit: { remaining: 5 },
      attempts: 2,
    });
  });
  test("gives its result", async () => {
    expect(await succeed().result()).toEqual({
      ok: true,
      status: 201,
      data: { name: "Vega" },
      body: { name: "Vega" },
      response,
      requestId: "req_1",
      rateLimit: { remaining: 5 },
      attempts: 2,
    });
  });
  test("is read once, and only when someone asks", async () => {
    let reads = 0;
    const promise = succeed(() => {
      reads += 1;
      return { name: "Vega" };
    });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(reads).toBe(0);
    const [first, { data }, result] = await Promise.all([promise, promise.withResponse(), promise.result()]);
    expect(first).toBe(data);
    expect(result.ok && result.data).toBe(first);
    expect(reads).toBe(1);
  });
  test("keeps the envelope its data came in", async () => {
    const body = { data: { name: "Vega" }, meta: { total: 1 } };
    const exchange = Promise.resolve(exchangeOf());
    const promise = new APIPromise<Ship, ShipErrors, typeof body>(exchange, async () => ({
      data: body.data,
      body,
    }));
    expect(await promise).toEqual({ name: "Vega" });
    expect((await promise.withResponse()).body.meta.total).toBe(1);
    const result = await promise.transform((ship) => ship.name).result();
    expect(result.ok && [result.data, result.body.meta]).toEqual(["Vega", { total: 1 }]);
  });
  test("can be made into something else, with its result and all", async () => {
    const name = succeed().transform((ship) => ship.name);
    expect(await name).toBe("Vega");
    expect(await name.result()).toMatchObject({ ok: true, data: "Vega", attempts: 2 });
  });
});

describe("an answer given away unread", () => {
  test("is the same each time, and isn't parsed afterwards", async () => {
    let taken = 0;
    const exchange = exchangeOf({
      take: () => {
        taken += 1;
        return response;
      },
    });
    const promise = new APIPromise<Ship>(Promise.resolve(exchange), async () => answered({ name: "never" }));
    expect(await promise.asResponse()).toBe(response);
    expect(await promise.asResponse()).toBe(response);
    expect(taken).toBe(1);
    await expect(promise).rejects.toThrow(InvalidRequestError);
  });
  test("is the read one after parsing", async () => {
    const promise = succeed();
    await promise;
    expect(await promise.asResponse()).toBe(response);
  });
});

describe("a call that fails", () => {
  test("throws", async () => {
    await expect(fail(answer(401))).rejects.toMatchObject({ name: "AuthenticationError" });
    await expect(fail(answer(401)).withResponse()).rejects.toMatchObject({ status: 401 });
    await expect(fail(answer(401)).asResponse()).rejects.toMatchObject({ status: 401 });
  });
  test("gives the server's error as a result with its status", async () => {
    const error = answer(402, { needed: 5 });
    expect(await fail(error).result()).toEqual({ ok: false, status: 402, error, response: error.response });
  });
  test("gives other errors as results without one", async () => {
    for (const error of [new ConnectionError("gone"), new AbortError()]) {
      expect(await fail(error).result()).toEqual({
        ok: false,
        status: undefined,
        error,
        response: undefined,
      });
    }
  });
  test("in the reading gives a result with the response", async () => {
    const error = new ConnectionError("lost");
    const promise = succeed(() => Promise.reject(error));
    expect(await promise.result()).toEqual({ ok: false, status: undefined, error, response });
  });
  test("throws the caller's own mistakes even from result()", async () => {
    await expect(fail(new InvalidRequestError("wrong")).result()).rejects.toThrow("wrong");
    await expect(fail(new RangeError("mine")).result()).rejects.toThrow("mine");
  });
  test("leaves no rejection unhandled when only one way is asked", async () => {
    const unhandled: unknown[] = [];
    const listen = (reason: unknown) => unhandled.push(reason);
    process.on("unhandledRejection", listen);
    try {
      await fail(answer(500)).result();
      await fail(answer(500))
        .asResponse()
        .catch(() => {});
      await fail(answer(500))
        .withResponse()
        .catch(() => {});
      await fail(answer(500)).catch(() => {});
      await fail(answer(500))
        .transform((ship) => ship.name)
        .result();
      await succeed(() => Promise.reject(new ConnectionError("lost"))).result();
      await new Promise((resolve) => setTimeout(resolve, 10));
    } finally {
      process.off("unhandledRejection", listen);
    }
    expect(unhandled).toEqual([]);
  });
});

test("it is a promise in every way", async () => {
  const seen: string[] = [];
  const promise: Promise<Ship> = succeed();
  expect(await promise.then(({ name }) => name).finally(() => seen.push("then"))).toBe("Vega");
  expect(await fail(answer(500)).catch((error: APIError) => error.status)).toBe(500);
  await succeed().finally(() => seen.push("finally"));
  expect(seen).toEqual(["then", "finally"]);
  expect(Object.prototype.toString.call(promise)).toBe("[object APIPromise]");
  expect(await Promise.all([succeed(), succeed()])).toHaveLength(2);
});

test("a result is narrowed by ok and status", async () => {
  const result = await fail(answer(402, { needed: 5 })).result();
  if (result.ok) {
    expectTypeOf(result.data).toEqualTypeOf<Ship>();
    throw new Error("The call succeeded.");
  }
  if (result.status === 401) expectTypeOf(result.error.body).toEqualTypeOf<{ reason: string }>();
  else if (result.status === 402) expect(result.error.body.needed).toBe(5);
  else if (result.status === 418) expectTypeOf(result.error.body).toEqualTypeOf<{ error: string }>();
  else if (result.status === undefined) expectTypeOf(result.response).toEqualTypeOf<Response | undefined>();
  const untyped = await new APIPromise<Ship>(Promise.reject<Exchange>(answer(404)), async () =>
    answered({ name: "" }),
  ).result();
  if (!untyped.ok && untyped.status === 404) expectTypeOf(untyped.error.body).toBeUnknown();
  expect(untyped.status).toBe(404);
});

describe("the body of a result", () => {
  type Errors = { 404: { lost: string }; "4XX": { wrong: string }; default: { error: string } };

  const failWith = <Told>(error: APIError) =>
    new APIPromise<Ship, Told>(Promise.reject<Exchange>(error), async () => answered({ name: "" })).result();

  test("is that of its range where the document lists the range, and else that of the default", async () => {
    const result = await failWith<Errors>(answer(404, { lost: "a" }));
    if (result.ok) throw new Error("The call succeeded.");
    if (result.status === 404) expectTypeOf(result.error.body).toEqualTypeOf<{ lost: string }>();
    else if (result.status === 409) expectTypeOf(result.error.body).toEqualTypeOf<{ wrong: string }>();
    else if (result.status === 503) expectTypeOf(result.error.body).toEqualTypeOf<{ error: string }>();
    else if (result.status === 303) expectTypeOf(result.error.body).toEqualTypeOf<{ error: string }>();
    expect(result.error).toMatchObject({ status: 404, body: { lost: "a" } });
  });

  test("is unknown for what the document doesn't list, in a range or by itself", async () => {
    const ranged = await failWith<Omit<Errors, "default">>(answer(500));
    if (ranged.ok) throw new Error("The call succeeded.");
    if (ranged.status === 500) expectTypeOf(ranged.error.body).toBeUnknown();
    else if (ranged.status === 422) expectTypeOf(ranged.error.body).toEqualTypeOf<{ wrong: string }>();
    const listed = await failWith<Pick<Errors, 404>>(answer(500));
    if (listed.ok) throw new Error("The call succeeded.");
    if (listed.status === 500) expectTypeOf(listed.error.body).toBeUnknown();
    else if (listed.status === 404) expectTypeOf(listed.error.body).toEqualTypeOf<{ lost: string }>();
    expect([ranged.status, listed.status]).toEqual([500, 500]);
  });

  test("is told for a status outside of the registered ones, where the document lists it", async () => {
    const result = await failWith<{ 455: { odd: string }; 512: { odder: string } }>(answer(512));
    if (result.ok) throw new Error("The call succeeded.");
    if (result.status === 455) expectTypeOf(result.error.body).toEqualTypeOf<{ odd: string }>();
    else if (result.status === 512) expectTypeOf(result.error.body).toEqualTypeOf<{ odder: string }>();
    expect(result.status).toBe(512);
  });
});
