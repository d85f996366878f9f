import { type ChatCompletionMessage, HawserError, type HawserErrorOptions } from "@hawser/streaming";

/** What a tool throws to choose what the model is answered. The message is the answer, as it stands. */
export class ToolError extends HawserError {
  static override readonly kind: string = "ToolError";
}

/** A schema can't be used for what it was given for. `problems` names each place. */
export class InvalidSchemaError extends HawserError {
  static override readonly kind: string = "InvalidSchemaError";

  /** What can't be used, each headed by its place in the schema, a JSON pointer (RFC 6901). */
  readonly problems: readonly string[];

  constructor(what: string, problems: readonly string[]) {
    super(`${what}:\n${problems.map((problem) => `- ${problem}`).join("\n")}`);
    this.problems = problems;
  }
}

/** What the errors of structured output can be given besides their message. */
export interface OutputErrorOptions extends HawserErrorOptions {
  readonly answer: ChatCompletionMessage;
}

/** The model gave no output of the wanted form. The base of the three ways that can happen. */
export class OutputError extends HawserError {
  static override readonly kind: string = "OutputError";
  readonly #answer: ChatCompletionMessage;

  constructor(message: string, options: OutputErrorOptions) {
    super(message, options);
    this.#answer = options.answer;
  }

  /** What the model answered instead. Not shown when the error is printed. */
  get answer(): ChatCompletionMessage {
    return this.#answer;
  }
}

/** The model refused, or a content filter withheld the answer. The message has the model's words. */
export class RefusalError extends OutputError {
  static override readonly kind: string = "RefusalError";
}

/** The answer reached the limit of tokens before it was whole. */
export class LengthError extends OutputError {
  static override readonly kind: string = "LengthError";
}

/** The answer is no JSON, or doesn't fit the schema. `problems` names each place. */
export class InvalidOutputError extends OutputError {
  static override readonly kind: string = "InvalidOutputError";

  /** What is wrong with the answer, each headed by its place in it, a JSON pointer (RFC 6901). */
  readonly problems: readonly string[];

  constructor(problems: readonly string[], options: OutputErrorOptions) {
    super(
      `The answer doesn't fit its schema:\n${problems.map((problem) => `- ${problem}`).join("\n")}`,
      options,
    );
    this.problems = problems;
  }
}
