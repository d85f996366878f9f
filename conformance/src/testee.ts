import { type ChildProcess, spawn } from "node:child_process";
import { readLines } from "./lines.ts";
import type { Exchange, Outcome } from "./vector.ts";

/** What a testee is asked: a line of JSON on its standard input. */
interface Question extends Exchange {
  /** The number its answer carries. */
  readonly run: number;
  /** The reads of the body, as base64. */
  readonly wire: readonly string[];
}

/** What it answers: a line of JSON on its standard output. */
interface Answer {
  readonly run: number;
  readonly result?: Outcome;
  /** Why there is no result: the testee can't do what was asked, or broke. */
  readonly failure?: string;
}

/** A program that reads what vectors carry, in whatever language. */
export interface Testee {
  /** Has one body read. Rejects when the testee says that it can't, or ends. */
  read(exchange: Exchange, reads: readonly Uint8Array[]): Promise<Outcome>;
  /** Ends the program. */
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (result: Outcome) => void;
  readonly reject: (error: Error) => void;
}

/** Starts a testee: it is asked on its standard input and answers on its standard output, in any order. */
export function startTestee(command: string, args: readonly string[], cwd: string): Testee {
  const child: ChildProcess = spawn(command, args, { cwd, stdio: ["pipe", "pipe", "inherit"] });
  const waiting = new Map<number, Waiting>();
  let runs = 0;
  let over: Error | undefined;

  function end(error: Error): void {
    over ??= error;
    for (const { reject } of waiting.values()) reject(over);
    waiting.clear();
  }

  const closed = new Promise<void>((resolve) => {
    child.once("error", (error) => {
      end(new Error(`The testee could not be started: ${error.message}`));
      resolve();
    });
    child.once("exit", (code, signal) => {
      end(new Error(`The testee ended (${signal ?? code})`));
      resolve();
    });
  });
  // Whoever is still waiting hears of it when the program ends.
  child.stdin!.on("error", () => {});

  function take(line: string): void {
    let answer: Answer;
    try {
      answer = JSON.parse(line) as Answer;
    } catch {
      end(new Error(`The testee answered something else than JSON: ${line.slice(0, 200)}`));
      return;
    }
    const asked = waiting.get(answer.run);
    waiting.delete(answer.run);
    if (asked === undefined) end(new Error(`The testee answered what was not asked: ${line.slice(0, 200)}`));
    else if (answer.result === undefined) asked.reject(new Error(answer.failure ?? "no result"));
    else asked.resolve(answer.result);
  }

  async function listen(): Promise<void> {
    for await (const line of readLines(child.stdout!)) take(line);
  }
  void listen();

  return {
    read({ kind, options, response, request, wireEnd }, reads) {
      if (over !== undefined) return Promise.reject(over);
      runs += 1;
      const run = runs;
      const wire = reads.map((bytes) => Buffer.from(bytes).toString("base64"));
      const question: Question = {
        run,
        kind,
        options: options ?? {},
        ...(response === undefined ? {} : { response }),
        ...(request === undefined ? {} : { request }),
        wire,
        wireEnd: wireEnd ?? "close",
      };
      return new Promise((resolve, reject) => {
        waiting.set(run, { resolve, reject });
        child.stdin!.write(`${JSON.stringify(question)}\n`);
      });
    },

    async close() {
      child.stdin!.end();
      await closed;
    },
  };
}
