import type { Operation } from "./operation.ts";

/**
 * What an answer means to a waiter: one of `values` at `pointer` (a JSON pointer into the data), or a status. The first
 * acceptor that fits decides; `within` is how many milliseconds after the first poll the status counts as this. `gone`
 * says of a failure that what was polled isn't there any more, so that there is nothing left to remove or to pay for.
 */
export type Acceptor =
  | {
      readonly state: "success" | "failure" | "retry";
      readonly pointer: string;
      readonly values: readonly unknown[];
      readonly gone?: boolean;
    }
  | {
      readonly state: "success" | "failure" | "retry";
      readonly status: number;
      readonly within?: number;
      readonly gone?: boolean;
    };

/**
 * How to wait until something is so: what is asked, how often, and what the answers mean. Generated.
 *
 * @see https://smithy.io/2.0/additional-specs/waiters.html
 */
export interface Waiter {
  /** The method's name, e.g. `waitUntilRunning`. */
  readonly name: string;
  /** What is asked again and again. */
  readonly poll: Operation;
  /** Asked once at success; its answer is what the waiter gives. Default: the last polled data. */
  readonly result?: Operation;
  /** Shortest and longest wait between two polls, in milliseconds. */
  readonly delay: { readonly minimum: number; readonly maximum: number };
  /** Default deadline, in milliseconds from the first poll. */
  readonly timeout: number;
  readonly acceptors: readonly Acceptor[];
  /** Where the data has a number that says how far things are. */
  readonly progress?: string;
  /** Where the data says why it failed. */
  readonly reason?: string;
}

/** How to make something and wait until it is ready. Generated. */
export interface Creation {
  readonly create: Operation;
  readonly waiter: Waiter;
  /** Where the created thing's id is in the data of `create`. */
  readonly id: string;
  /** Name of the path parameter of the waiter's operations, and of `undo`, that takes the id. */
  readonly parameter: string;
  /** Removes what was created. */
  readonly undo?: Operation;
}

/** How a file gets to where requests can name it. Generated. */
export interface UploadPlan {
  /** Hands out an address to send the bytes to. */
  readonly operation: Operation;
  /** Where that address is in the data. */
  readonly url: string;
  /** Where the address is under which the file can be used afterwards. */
  readonly result: string;
  /** Names of the parameters for the file's media type and for its extension, e.g. `.png`. */
  readonly contentType: string;
  readonly extension: string;
}
