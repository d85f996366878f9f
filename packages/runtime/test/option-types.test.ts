import { expectTypeOf, test } from "vitest";
import {
  type APIPromise,
  type Client,
  type ClientOptions,
  type CreateAndWaitOptions,
  createClient,
  createValidation,
  type RequestOptions,
  type UploadOptions,
  type WaitOptions,
} from "../src/index.ts";
import { service } from "./service.ts";

interface HarbourOptions extends ClientOptions {
  berth?: string | undefined;
}

test("options that are there or not pass as they are, also where undefined is no absence", () => {
  const maybe = undefined as string | undefined;
  const given = { baseURL: maybe, apiKey: maybe, tokenURL: maybe, serverURLs: { uploads: maybe } };
  expectTypeOf(given).toExtend<ClientOptions>();
  expectTypeOf<{ timeout: { idle: number }; signal: undefined }>().toExtend<RequestOptions>();
  expectTypeOf<{ validate: false }>().toExtend<RequestOptions>();
  expectTypeOf(createValidation({}, { answers: () => {} })).toExtend<ClientOptions["validate"]>();
  expectTypeOf<{ readonly apiKey: "a" }>().toExtend<ClientOptions>();
  expectTypeOf<{ onCreated: () => Promise<void>; delay: { minimum: 1 } }>().toExtend<CreateAndWaitOptions>();
});

test("values that are refused don't compile either", () => {
  expectTypeOf<{ headers: Headers }>().not.toExtend<RequestOptions>();
  expectTypeOf<{ dryRun: string }>().not.toExtend<RequestOptions>();
  expectTypeOf<{ timeout: { idle: string } }>().not.toExtend<RequestOptions>();
  expectTypeOf<{ timeout: { idle: number } }>().not.toExtend<WaitOptions>();
  expectTypeOf<{ maxCostPerHour: string }>().not.toExtend<CreateAndWaitOptions>();
  expectTypeOf<{ tokenURL: URL }>().not.toExtend<ClientOptions>();
  expectTypeOf<{ validate: true }>().not.toExtend<RequestOptions>();
  expectTypeOf<{ extension: number }>().not.toExtend<UploadOptions>();
});

test("a service's own options are those of its clients, and of the clients made of them", () => {
  const open = () =>
    createClient<HarbourOptions>(service, { berth: "north" }).withOptions({ berth: "south" });
  expectTypeOf(open).returns.toEqualTypeOf<Client<HarbourOptions>>();
  // @ts-expect-error: another service's option
  const other = () => createClient(service, { berth: "north" });
  // @ts-expect-error: a misspelt one
  const misspelt = () => open().withOptions({ bert: "north" });
  const call = (client: Client) =>
    client.request<{ name: string }, { 404: { lost: string } }>(
      { id: "a", method: "GET", path: "/", retry: "safe", outcomes: [] },
      {},
    );
  expectTypeOf(call).returns.toEqualTypeOf<APIPromise<{ name: string }, { 404: { lost: string } }>>();
  expectTypeOf([other, misspelt]).toBeArray();
});
