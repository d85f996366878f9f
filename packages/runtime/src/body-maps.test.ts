import { describe, expect, test } from "vitest";
import { writeMaps } from "./body-maps.ts";
import { InvalidRequestError } from "./errors.ts";
import type { Operation } from "./operation.ts";

const operation: Operation = {
  id: "createShip",
  method: "POST",
  path: "/ships",
  retry: "costly",
  body: {
    encoding: "json",
    mediaType: "application/json",
    required: true,
    maps: { env_vars: { key: "key", value: "value" }, labels: { key: "name", value: "text" } },
  },
  outcomes: [],
};

describe("a member that is a list of pairs on the wire", () => {
  test("can be given as an object, whose names stay as they are", () => {
    const body = {
      name: "Vega",
      env_vars: { HF_TOKEN: "x", "a b": 1, unset: undefined },
      labels: { a: "b" },
    };
    expect(writeMaps(operation, body)).toEqual({
      name: "Vega",
      env_vars: [
        { key: "HF_TOKEN", value: "x" },
        { key: "a b", value: 1 },
      ],
      labels: [{ name: "a", text: "b" }],
    });
    expect(body.env_vars).toEqual({ HF_TOKEN: "x", "a b": 1, unset: undefined });
  });

  test("can be called like what every object has", () => {
    const env_vars = JSON.parse('{"__proto__":"a","constructor":"b"}') as object;
    expect(writeMaps(operation, { env_vars })).toEqual({
      env_vars: [
        { key: "__proto__", value: "a" },
        { key: "constructor", value: "b" },
      ],
    });
  });

  test.each([[[{ key: "A", value: "1" }]], [[]], [null], [undefined]])("passes as %j", (env_vars) => {
    expect(writeMaps(operation, { env_vars })).toEqual({ env_vars });
  });

  test.each([["A=1"], [5], [true], [new Map([["A", "1"]])], [new Date(0)]])("can't be %s", (env_vars) => {
    expect(() => writeMaps(operation, { env_vars })).toThrow(InvalidRequestError);
    expect(() => writeMaps(operation, { env_vars })).toThrow(
      `createShip: the body's member "env_vars" takes an object or a list of { key, value }.`,
    );
  });
});

test("a body without such members is left alone", () => {
  const { maps: _, ...plain } = operation.body!;
  const body = { env_vars: { A: "1" } };
  expect(writeMaps({ ...operation, body: plain }, body)).toBe(body);
});
