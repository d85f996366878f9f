import { describe, expect, it } from "vitest";
import { createFlow } from "./flow.ts";

/** What is shown of these pieces in ten columns. */
function flow(...pieces: readonly string[]): string {
  const text = createFlow(() => 10, "| ");
  return pieces.map((piece) => text.push(piece)).join("") + text.end();
}

describe("text that comes in pieces", () => {
  it("is broken between words, wherever it was cut", () => {
    const whole = "The tide has to be looked up.";
    const lines = "| The tide\n| has to be\n| looked up.";
    expect(flow(whole)).toBe(lines);
    expect(flow(...whole)).toBe(lines);
    expect(flow(whole.slice(0, 6), "", whole.slice(6))).toBe(lines);
  });

  it("keeps the blanks a line begins with, and those within it", () => {
    expect(flow("  ", "one  two", " three")).toBe("|   one  two\n|   three");
  });

  it("keeps lines apart, and begins their blanks anew", () => {
    expect(flow("  a\nb", "\n\n", "  c")).toBe("|   a\n| b\n\n|   c");
  });

  it("leaves a word whole that is longer than a line", () => {
    expect(flow("see http://127.0.0.1:8080/v1 now")).toBe("| see\n| http://127.0.0.1:8080/v1\n| now");
  });

  it("goes on in the line when it is asked for the rest", () => {
    const text = createFlow(() => 10, "| ");
    expect([text.push("one tw"), text.rest(), text.rest(), text.push("o t"), text.end()]).toEqual([
      "| one",
      " tw",
      "",
      "o",
      " t",
    ]);
  });

  it("shows a word as soon as it is over, and begins a line after the end", () => {
    const text = createFlow(() => 10, "");
    expect([text.push("one tw"), text.push("o "), text.end(), text.push("a b"), text.end()]).toEqual([
      "one",
      " two",
      "",
      "a",
      " b",
    ]);
  });
});
