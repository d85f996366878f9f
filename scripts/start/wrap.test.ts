import { expect, it } from "vitest";
import { wrap } from "./wrap.ts";

it("breaks lines between words, and indents all but the first", () => {
  expect(wrap("one two three four", 9)).toBe("one two\nthree\nfour");
  expect(wrap("one two three four", 9, "> ")).toBe("one two\n> three\n> four");
});

it("fills a line to its last column", () => {
  expect(wrap("one two", 7)).toBe("one two");
  expect(wrap("one two three", 7)).toBe("one two\nthree");
});

it("leaves lines that fit as they are, blanks included", () => {
  expect(wrap("  npm test    everything\n\n  npm start", 24)).toBe("  npm test    everything\n\n  npm start");
});

it("leaves a word whole that is longer than a line", () => {
  expect(wrap("at http://127.0.0.1:8080/v1 now", 10)).toBe("at\nhttp://127.0.0.1:8080/v1\nnow");
  expect(wrap("http://127.0.0.1:8080/v1", 10)).toBe("http://127.0.0.1:8080/v1");
});
