import { fork } from "node:child_process";
import { once } from "node:events";
import type { Sample } from "./contestant.ts";

/** What a contestant's process is asked: to get ready for a workload, or to do it so many times. */
export type Request = { readonly workload: unknown } | { readonly repeat: number };

/** A contestant in a process of its own. */
interface Player {
  readonly name: string;
  /** Does the work so many times, and says what once took. */
  measure(repeat: number): Promise<Sample>;
}

/** The contestants of one part, each in a process of its own; disposing of the team ends them. */
export interface Team extends Disposable {
  /**
   * Gets everyone ready for a workload, and gives those who take part in it. Throws an `Error` when one of them gives
   * something else than it must.
   */
  prepare(workload: unknown): Promise<Player[]>;
}

function createMember(contest: URL, name: string) {
  const child = fork(new URL("./worker.ts", import.meta.url), [contest.href, name], { execArgv: [] });
  const ended = once(child, "exit").then(() => {
    throw new Error(`${name} gave up; what it said about it stands above`);
  });
  // Of interest only to those who wait for an answer.
  ended.catch(() => {});
  async function ask(request: Request): Promise<unknown> {
    const reply = once(child, "message");
    child.send(request);
    const [answer] = await Promise.race([reply, ended]);
    return answer;
  }
  return {
    name,
    measure: (repeat: number) => ask({ repeat }) as Promise<Sample>,
    prepare: (workload: unknown) => ask({ workload }) as Promise<{ takesPart: boolean }>,
    end: () => child.connected && child.disconnect(),
  };
}

/**
 * Starts a process for each name.
 *
 * @param contest the module that makes the contestants: it exports `createContestants(workload)`
 */
export function startTeam(contest: URL, names: readonly string[]): Team {
  const members = names.map((name) => createMember(contest, name));
  return {
    async prepare(workload) {
      const states = await Promise.all(members.map((member) => member.prepare(workload)));
      return members.filter((_, at) => states[at]!.takesPart);
    },
    [Symbol.dispose]() {
      for (const member of members) member.end();
    },
  };
}
