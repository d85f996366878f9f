import { InvalidRequestError, InvalidResponseError } from "./errors.ts";
import { checkOptions, type OptionNames } from "./known-options.ts";
import type { Operation, OperationInput } from "./operation.ts";

/** What a schema finds wrong with a value, and where (Standard Schema 1.0, https://standardschema.dev). */
export interface ValidationIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** What a schema says about a value: nothing, or issues. */
interface Verdict {
  readonly issues?: readonly ValidationIssue[] | undefined;
}

/** A schema of any library that keeps to Standard Schema 1.0, reduced to what is called of it. */
export interface ValueSchema {
  readonly "~standard": {
    readonly validate: (value: unknown) => Verdict | Promise<Verdict>;
  };
}

/** What the values of an operation are checked against; what has no schema isn't checked. */
export interface OperationSchemas {
  /** The request body, as the caller gives it. */
  readonly body?: ValueSchema;
  /** Query, header and cookie values, as one object. */
  readonly params?: ValueSchema;
  /** JSON answers by status ("200", "2XX", "default"), with the envelope the data may be in. */
  readonly answers?: Readonly<Record<string, ValueSchema>>;
  /** An item of the stream. Has to be synchronous. */
  readonly items?: ValueSchema;
}

/** What is checked, and what happens to what doesn't fit. */
export interface ValidationOptions {
  /** Whether requests are checked before they are sent. Default true. */
  readonly requests?: boolean;
  /**
   * What is done about an answer, or an item of a stream, that doesn't fit. `true`, the default: the call or the stream
   * fails with the error. A function: it is given the error, and the answer is used as it is. `false`: nothing is checked.
   */
  readonly answers?: boolean | ((error: InvalidResponseError) => void);
}

const optionNames: OptionNames<ValidationOptions> = { requests: "boolean", answers: 1 };

/** Where an answer came from. */
export interface Received {
  readonly response: Response;
  readonly requestId: string | undefined;
  /** Method and address, without a query. */
  readonly request: string;
  /** Takes keys out of a text. */
  readonly hide: (text: string) => string;
}

/** What is done about one answer. */
export interface AnswerChecks {
  /** Given a JSON answer, with its envelope. Rejects with an InvalidResponseError. */
  readonly checkBody?: (body: unknown) => Promise<void>;
  /** Given an item of a stream before its reader. Throws an InvalidResponseError. */
  readonly checkItem?: (item: unknown) => void;
}

/** Checks what a client sends and gets. Made by `createValidation`, and given to a client as its option `validate`. */
export interface Validation {
  /** Rejects with an InvalidRequestError; nothing was sent then. */
  checkRequest(operation: Operation, input: OperationInput): Promise<void>;
  checksOf(operation: Operation, received: Received): AnswerChecks;
}

/** How many issues a message tells; the error has all of them. */
const told = 3;

/** `tugs[0].name` behind the name of the whole. */
function placeOf({ path = [] }: ValidationIssue, whole: string): string {
  const keys = path.map((part) => (typeof part === "object" ? part.key : part));
  return keys.reduce<string>((place, key) => {
    if (typeof key === "string" && /^[A-Za-z_$][\w$]*$/.test(key)) return `${place}.${key}`;
    return `${place}[${typeof key === "string" ? JSON.stringify(key) : String(key)}]`;
  }, whole);
}

function describe(issues: readonly ValidationIssue[], whole: string): string {
  const lines = issues.slice(0, told).map((issue) => `${placeOf(issue, whole)}: ${issue.message}`);
  const more = issues.length - lines.length;
  return `${lines.join(" ")}${more > 0 ? ` And ${more} more.` : ""}`;
}

/** Members that printing an error leaves out, since they hold what was sent or received. */
function keep<Failure extends Error>(error: Failure, members: Readonly<Record<string, unknown>>): Failure {
  for (const [name, value] of Object.entries(members)) Object.defineProperty(error, name, { value });
  return error;
}

/** The schema for a status: its own, that of its range, or the default. */
function schemaFor({ answers }: OperationSchemas, status: number): ValueSchema | undefined {
  return answers?.[status] ?? answers?.[`${Math.floor(status / 100)}XX`] ?? answers?.default;
}

function invalidResponse(
  what: string,
  body: unknown,
  issues: readonly ValidationIssue[],
  { response, requestId, request, hide }: Received,
): InvalidResponseError {
  const message = `${response.status} from ${request}, but it isn't as described: ${describe(issues, what)}`;
  const error = new InvalidResponseError(message, {
    response,
    rawBody: hide(JSON.stringify(body) ?? ""),
    requestId,
  });
  return keep(error, { issues, body });
}

/**
 * Makes a client check what it sends and gets: `createClient(service, { validate: createValidation(operationSchemas) })`.
 *
 * Values are checked and never changed: what a schema would make of them is left alone. Errors a server answers with are
 * not checked.
 *
 * @param schemas - by the operation's id; those of a generated client are in its `validation.ts`.
 */
export function createValidation(
  schemas: Readonly<Record<string, OperationSchemas>>,
  options: ValidationOptions = {},
): Validation {
  checkOptions("createValidation", options, optionNames);
  const { requests = true, answers = true } = options;
  const of = ({ id }: Operation) => (Object.hasOwn(schemas, id) ? schemas[id] : undefined);
  const judge = (error: InvalidResponseError) => {
    if (typeof answers !== "function") throw error;
    answers(error);
  };
  return {
    async checkRequest(operation, { body, params }) {
      if (!requests) return;
      for (const [name, value] of Object.entries({ body, params })) {
        const schema = of(operation)?.[name as "body" | "params"];
        if (schema === undefined || value === undefined) continue;
        const { issues } = await schema["~standard"].validate(value);
        if (issues === undefined) continue;
        const message = `${operation.id}: the request isn't as described: ${describe(issues, name)}`;
        throw keep(new InvalidRequestError(message), { issues });
      }
    },
    checksOf(operation, received) {
      if (answers === false) return {};
      const { items, ...others } = of(operation) ?? {};
      const body = schemaFor(others, received.response.status);
      return {
        ...(body !== undefined && {
          async checkBody(value) {
            // An answer without a body is no JSON to be checked.
            const { issues } = value === undefined ? {} : await body["~standard"].validate(value);
            if (issues !== undefined) judge(invalidResponse("answer", value, issues, received));
          },
        }),
        ...(items !== undefined && {
          checkItem(item) {
            const verdict = items["~standard"].validate(item);
            if (verdict instanceof Promise)
              throw new InvalidRequestError(`The schema of ${operation.id}'s items has to be synchronous.`);
            if (verdict.issues !== undefined) judge(invalidResponse("item", item, verdict.issues, received));
          },
        }),
      };
    },
  };
}
