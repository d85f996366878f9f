import { describe, expect, test } from "vitest";
import { InvalidRequestError } from "./errors.ts";
import type { Parameter } from "./operation.ts";
import {
  type StyleSettings,
  serializeCookieParameter,
  serializeHeaderParameter,
  serializePathParameter,
  serializeQueryParameter,
} from "./parameter-styles.ts";

const list = ["blue", "black", "brown"];
const object = { R: 100, G: 200, B: 150 };

// The examples of https://spec.openapis.org/oas/v3.2.0.html#style-examples, and what they leave open.
describe("query parameters", () => {
  const table: [name: string, value: unknown, settings: StyleSettings, want: string][] = [
    ["form text", "blue", {}, "color=blue"],
    ["form empty text", "", {}, "color="],
    ["form list", list, {}, "color=blue&color=black&color=brown"],
    ["form list on one", list, { explode: false }, "color=blue,black,brown"],
    ["form object", object, {}, "R=100&G=200&B=150"],
    ["form object on one", object, { explode: false }, "color=R,100,G,200,B,150"],
    ["space-delimited list", list, { style: "spaceDelimited" }, "color=blue%20black%20brown"],
    ["space-delimited object", object, { style: "spaceDelimited" }, "color=R%20100%20G%20200%20B%20150"],
    ["pipe-delimited list", list, { style: "pipeDelimited" }, "color=blue%7Cblack%7Cbrown"],
    ["pipe-delimited object", object, { style: "pipeDelimited" }, "color=R%7C100%7CG%7C200%7CB%7C150"],
    [
      "pipe-delimited list apart",
      list,
      { style: "pipeDelimited", explode: true },
      "color=blue&color=black&color=brown",
    ],
    ["deep object", object, { style: "deepObject" }, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"],
    ["deeper object", { price: { lt: 5 } }, { style: "deepObject" }, "color%5Bprice%5D%5Blt%5D=5"],
    [
      "deep object with a list",
      { tags: ["a", "b"] },
      { style: "deepObject" },
      "color%5Btags%5D=a&color%5Btags%5D=b",
    ],
    ["empty list", [], {}, ""],
    ["number", 1.5, {}, "color=1.5"],
    ["boolean", false, {}, "color=false"],
    ["date", new Date(0), {}, "color=1970-01-01T00%3A00%3A00.000Z"],
    ["URL", new URL("https://a.example/b"), {}, "color=https%3A%2F%2Fa.example%2Fb"],
    ["URL in an object", { a: new URL("b:c") }, { style: "deepObject" }, "color%5Ba%5D=b%3Ac"],
    ["object of a class", Object.assign(new (class {})(), { a: 1 }), {}, "a=1"],
    ["object without a prototype", Object.create(null), {}, ""],
    ["reserved characters", "a/b?c&d=e#f+g h", {}, "color=a%2Fb%3Fc%26d%3De%23f%2Bg%20h"],
    [
      "reserved characters allowed",
      "a/b?c&d=e#f+g h",
      { allowReserved: true },
      "color=a/b?c%26d%3De%23f%2Bg%20h",
    ],
    ["what is encoded already", "a%2fb%zz%", { allowReserved: true }, "color=a%2fb%25zz%25"],
    ["what looks encoded", "a%2fb", {}, "color=a%252fb"],
    ["several characters per code point", "naïve 🚢", {}, "color=na%C3%AFve%20%F0%9F%9A%A2"],
    ["JSON", { a: [1] }, { content: "application/json" }, "color=%7B%22a%22%3A%5B1%5D%7D"],
    ["object with absent members", { a: undefined, b: null, c: 1 }, {}, "c=1"],
    ["object with hostile names", { "a&b=c": 1 }, {}, "a%26b%3Dc=1"],
  ];
  test.each(table)("%s", (_, value, settings, want) => {
    expect(serializeQueryParameter("color", value, settings, "color")).toBe(want);
  });
  test("have their names encoded", () => {
    expect(serializeQueryParameter("a&b[]", 1, {}, "x")).toBe("a%26b%5B%5D=1");
  });
});

describe("path parameters", () => {
  const table: [
    name: string,
    value: unknown,
    settings: Pick<Parameter, "style" | "explode" | "allowReserved">,
    want: string,
  ][] = [
    ["simple text", "blue", {}, "blue"],
    ["simple text with a slash", "deepseek/v3.2", {}, "deepseek%2Fv3.2"],
    ["simple text that looks encoded", "a/%2e%2e", { allowReserved: true }, "a/%252e%252e"],
    ["simple list", list, {}, "blue,black,brown"],
    ["simple object", object, {}, "R,100,G,200,B,150"],
    ["simple object exploded", object, { explode: true }, "R=100,G=200,B=150"],
    ["label text", "blue", { style: "label" }, ".blue"],
    ["label list", list, { style: "label" }, ".blue,black,brown"],
    ["label list exploded", list, { style: "label", explode: true }, ".blue.black.brown"],
    ["label object exploded", object, { style: "label", explode: true }, ".R=100.G=200.B=150"],
    ["matrix text", "blue", { style: "matrix" }, ";color=blue"],
    ["matrix list", list, { style: "matrix" }, ";color=blue,black,brown"],
    ["matrix list exploded", list, { style: "matrix", explode: true }, ";color=blue;color=black;color=brown"],
    ["matrix object exploded", object, { style: "matrix", explode: true }, ";R=100;G=200;B=150"],
  ];
  test.each(table)("%s", (_, value, settings, want) => {
    expect(serializePathParameter("color", value, settings, "color")).toBe(want);
  });
});

test("header parameters are written as they are", () => {
  expect(serializeHeaderParameter("a b/c", {}, "x")).toBe("a b/c");
  expect(serializeHeaderParameter(list, {}, "x")).toBe("blue,black,brown");
  expect(serializeHeaderParameter(object, { explode: true }, "x")).toBe("R=100,G=200,B=150");
});

test("cookie parameters are encoded unless their style says otherwise", () => {
  expect(serializeCookieParameter("c", "a b", {}, "x")).toBe("c=a%20b");
  expect(serializeCookieParameter("c", "a b", { style: "cookie" }, "x")).toBe("c=a b");
  expect(serializeCookieParameter("c", list, {}, "x")).toBe("c=blue,black,brown");
});

test("cookies of the style cookie stand apart unless they shall not", () => {
  const cookie = (value: unknown, explode?: boolean) =>
    serializeCookieParameter("c", value, { style: "cookie", ...(explode === false && { explode }) }, "x");
  expect(cookie(list)).toBe("c=blue; c=black; c=brown");
  expect(cookie(object)).toBe("R=100; G=200; B=150");
  expect(cookie(list, false)).toBe("c=blue,black,brown");
  expect(cookie(object, false)).toBe("c=R,100,G,200,B,150");
  expect(cookie([])).toBe("");
});

test("no cookie holds the end of itself", () => {
  const refused = 'x holds a ";", which would end the cookie.';
  for (const value of ["a; admin=1", ["a;"], { "a;b": 1 }])
    expect(() => serializeCookieParameter("c", value, { style: "cookie" }, "x")).toThrow(refused);
  expect(serializeCookieParameter("c", "a; admin=1", {}, "x")).toBe("c=a%3B%20admin%3D1");
});

describe("what can't be written is refused by name", () => {
  const table: [name: string, value: unknown, message: string][] = [
    ["null in a list", ["a", null], "list: color, item 1, is null"],
    ["an object in a list", [{}], "list: color, item 0, is a value of type object"],
    ["a function", () => 1, "list: color is a value of type function"],
    ["an object in an object", { a: { b: 1 } }, 'list: color, member "a", is a value of type object'],
    ["a Map", new Map([["a", 1]]), "list: color is a value of type object"],
    ["a promise", Promise.resolve("a"), "list: color is a value of type object"],
    ["an invalid date", new Date(Number.NaN), "list: color is an invalid Date"],
    ["half a character", "\ud800", "list: color holds half of a character"],
  ];
  test.each(table)("%s", (_, value, message) => {
    const write = () => serializeQueryParameter("color", value, {}, "list: color");
    expect(write).toThrow(InvalidRequestError);
    expect(write).toThrow(message);
  });
});
