import { afterEach, expect, it } from "vitest";
import { runVector } from "../src/run-vector.ts";
import { startTestee, type Testee } from "../src/testee.ts";
import type { Vector } from "../src/vector.ts";

const vector: Vector = {
  id: "SSE-data",
  title: "An event is dispatched at its blank line.",
  source: "this test",
  kind: "server-sent-events",
  wire: ["data: one\n\n"],
  expected: { events: [{ data: "one" }], end: "complete" },
};

let testee: Testee | undefined;
afterEach(() => testee?.close());

/** A testee that does this with each question. */
function start(answer: string): Testee {
  const program = `
    let rest = "";
    process.stdin.on("data", (text) => {
      const lines = (rest + text).split("\\n");
      rest = lines.pop();
      for (const line of lines) { const { run, wire } = JSON.parse(line); ${answer} }
    });`;
  testee = startTestee(process.execPath, ["--eval", program], process.cwd());
  return testee;
}

const result = { events: [{ data: "one" }], end: "complete" };

it("a testee that is right has no problems", async () => {
  const right = start(`console.log(JSON.stringify({ run, result: ${JSON.stringify(result)} }))`);
  expect(await runVector(right, vector)).toEqual([]);
});

it("a testee that is wrong in reads of one byte only is wrong", async () => {
  const wrong = start(`
    const end = wire.length === 11 ? "error" : "complete";
    console.log(JSON.stringify({ run, result: { ...${JSON.stringify(result)}, end } }))`);
  expect(await runVector(wrong, vector)).toEqual(['in reads of 1: end: expected "complete", found "error"']);
});

it("a departure that is put up with strictly is a problem", async () => {
  const lax = start(
    `console.log(JSON.stringify({ run, result: { chunks: [], end: "complete", quirks: ["Q4"] } }))`,
  );
  const expected = { chunks: [], end: "complete", quirks: ["Q4"] };
  expect(await runVector(lax, { ...vector, kind: "chat", expected })).toEqual([
    "strict: expected one of Q4, found undefined",
  ]);
});

it.each([
  ["can't", 'console.log(JSON.stringify({ run, failure: "no such kind" }))', "no such kind"],
  ["ends", "process.exit(3)", "The testee ended (3)"],
  ["talks", 'console.log("hello")', "something else than JSON: hello"],
  ["answers another question", "console.log(JSON.stringify({ run: -1 }))", "what was not asked"],
])("a testee that %s is wrong in every way", async (_, answer, said) => {
  const problems = await runVector(start(answer), vector);
  expect(problems).toHaveLength(6);
  for (const problem of problems) expect(problem).toContain(said);
});

it("a testee that can't be started is wrong", async () => {
  testee = startTestee("no-such-command", [], process.cwd());
  expect(await runVector(testee, vector)).toContainEqual(expect.stringContaining("could not be started"));
});
