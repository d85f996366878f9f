import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { connectionCode, isNeverSent, toConnectionError } from "./connection-error.ts";

function failed(cause: object): TypeError {
  return new TypeError("fetch failed", { cause: Object.assign(new Error("cause"), cause) });
}
const coded = (code: string, more: object = {}) => Object.assign(new Error(code), { code, ...more });

describe("whether a request certainly never reached the server", () => {
  const table: [name: string, thrown: unknown, want: boolean][] = [
    ["refused", failed({ code: "ECONNREFUSED" }), true],
    ["unknown name", failed({ code: "ENOTFOUND" }), true],
    ["name server busy", failed({ code: "EAI_AGAIN" }), true],
    ["connecting took too long", failed({ code: "UND_ERR_CONNECT_TIMEOUT" }), true],
    ["connecting timed out in the system", failed({ code: "ETIMEDOUT", syscall: "connect" }), true],
    ["writing timed out in the system", failed({ code: "ETIMEDOUT", syscall: "write" }), false],
    [
      "the way to the host was lost while connecting",
      failed({ code: "EHOSTUNREACH", syscall: "connect" }),
      true,
    ],
    ["the way to the host was lost while reading", failed({ code: "EHOSTUNREACH", syscall: "read" }), false],
    ["the network was lost while writing", failed({ code: "ENETUNREACH", syscall: "write" }), false],
    ["reset", failed({ code: "ECONNRESET" }), false],
    ["closed by the other side", failed({ code: "UND_ERR_SOCKET" }), false],
    ["headers took too long", failed({ code: "UND_ERR_HEADERS_TIMEOUT" }), false],
    ["all addresses refused", failed({ errors: [coded("ECONNREFUSED"), coded("ECONNREFUSED")] }), true],
    [
      "one address refused, one reset",
      failed({ errors: [coded("ECONNREFUSED"), coded("ECONNRESET")] }),
      false,
    ],
    ["refused in Bun", coded("ConnectionRefused"), true],
    [
      "refused in Deno",
      new TypeError("error sending request for url (http://a/): client error (Connect): tcp connect error"),
      true,
    ],
    ["a browser's word", new TypeError("Failed to fetch"), false],
    ["text", "no", false],
    ["nothing", undefined, false],
  ];
  test.each(table)("%s", (_, thrown, want) => {
    expect(isNeverSent(thrown)).toBe(want);
  });
});

test("the code is that of the innermost cause", () => {
  expect(connectionCode(failed({ code: "ECONNRESET" }))).toBe("ECONNRESET");
  expect(connectionCode(failed({ errors: [coded("ECONNREFUSED")] }))).toBe("ECONNREFUSED");
  expect(connectionCode(new TypeError("Failed to fetch"))).toBeUndefined();
});

test("causes that go in a circle end", () => {
  const error: Error & { cause?: unknown } = new Error("a");
  error.cause = error;
  expect(isNeverSent(error)).toBe(false);
});

test("the message says what the innermost cause says", () => {
  const error = toConnectionError(
    failed({ code: "ECONNRESET", message: "read ECONNRESET" }),
    "GET http://a/",
    2,
    (text) => text,
  );
  expect(error).toMatchObject({
    message: "No answer to GET http://a/: read ECONNRESET",
    code: "ECONNRESET",
    attempts: 2,
  });
  const other = toConnectionError(
    failed({ code: "X", message: "other side closed" }),
    "GET http://a/",
    1,
    (text) => text,
  );
  expect(other.message).toBe("No answer to GET http://a/: other side closed (X)");
});

test("an error with a key in one of its members isn't kept", () => {
  const thrown = Object.assign(new Error("Unable to connect"), { path: "http://a/?key=secret" });
  const hide = (text: string) => text.replaceAll("secret", "…");
  const { cause } = toConnectionError(thrown, "GET http://a/", 1, hide);
  expect(inspect(cause)).not.toContain("secret");
  expect(cause).toMatchObject({ message: "Unable to connect" });
});
