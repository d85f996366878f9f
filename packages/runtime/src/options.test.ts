import { expect, test } from "vitest";
import { type ClientOptions, mergeOptions } from "./options.ts";

test("headers and query are joined name by name, and undefined leaves what there is", () => {
  const merged = mergeOptions(
    { headers: { "x-team": "a", "x-trace": "1" }, query: { page: 1, size: 2 } },
    { headers: { "x-team": undefined, "x-trace": null }, query: { page: undefined, size: 3 } },
  );
  expect(merged).toEqual({ headers: { "x-team": "a", "x-trace": null }, query: { page: 1, size: 3 } });
});

test("an option that is undefined leaves what there is: nothing goes to another host, or with another key, for it", () => {
  const options: ClientOptions = { baseURL: "http://127.0.0.1:4010", apiKey: "a", maxRetries: 0 };
  expect(mergeOptions(options, { baseURL: undefined, apiKey: undefined, maxRetries: 1 })).toEqual({
    ...options,
    maxRetries: 1,
  });
});

test("servers that were put elsewhere stay there when another one is", () => {
  const merged = mergeOptions(
    { serverURLs: { uploads: "http://a.test" }, serverVariables: { region: "us", zone: "1" } },
    {
      serverURLs: { charts: "http://b.test", uploads: undefined },
      serverVariables: { region: "eu" },
    },
  );
  expect(merged).toEqual({
    serverURLs: { uploads: "http://a.test", charts: "http://b.test" },
    serverVariables: { region: "eu", zone: "1" },
  });
});

test("changes that would be lost while they are joined are refused", () => {
  expect(() => mergeOptions({}, { headers: new Headers({ a: "b" }) as never })).toThrow(
    "withOptions: the option headers takes a plain object",
  );
  expect(() => mergeOptions({}, Object.create({ baseURL: "http://a.test" }) as object)).toThrow(
    "withOptions was given the option baseURL by a prototype",
  );
});
