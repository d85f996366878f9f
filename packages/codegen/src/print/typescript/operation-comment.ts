import type { IR, Operation, Outcome } from "../../ir/ir.ts";
import { defaultURL } from "../../ir/servers.ts";
import { asObject, type Json, type JsonObject } from "../../json.ts";
import { camelCase } from "../../names.ts";
import { docComment } from "./doc-comment.ts";
import { literal } from "./literal.ts";
import type { Overload } from "./signature.ts";

/**
 * The doc comment of one way to call an operation.
 *
 * @param name how it is called: the function's name, or the method's path in the resource client
 */
export function operationComment(
  ir: IR,
  operation: Operation,
  overload: Overload,
  name: string,
  style: "function" | "method",
  indent = "",
): string {
  const parameters = overload.arguments.flatMap(({ name: parameter, description }) =>
    description === undefined ? [] : [`@param ${parameter} ${description}`],
  );
  const summary = sentence(operation.summary);
  return docComment(
    [
      summary ?? `Calls \`${operation.method} ${operation.path}\`.`,
      operation.description,
      overload.streams && operation.stream?.mode !== "always"
        ? "The answer is a stream: read it with `for await`."
        : undefined,
      operation.pages === undefined
        ? undefined
        : "`await` gives the first page; `for await` goes through the items of all pages.",
      summary === undefined ? undefined : `\`${operation.method} ${operation.path}\``,
      operation.servers?.[0] &&
        `It has a server of its own: \`${defaultURL(operation.servers[0])}\`. A \`baseURL\` moves it too.`,
      ...parameters,
      operation.deprecated ? "@deprecated" : undefined,
      "@throws {APIError} for an unsuccessful answer, one class per status",
      operation.retry === "costly"
        ? `@throws {UnknownOutcomeError} when the request was sent and no answer came${operation.whenUnknown === undefined ? "" : `: ${operation.whenUnknown}`}`
        : undefined,
      ...exampleOf(ir, operation, overload, name, style),
    ],
    indent,
  );
}

function sentence(text: string | undefined): string | undefined {
  if (text === undefined || text === "") return undefined;
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function exampleOf(
  ir: IR,
  operation: Operation,
  overload: Overload,
  name: string,
  style: "function" | "method",
): string[] {
  const callee = style === "method" ? `${camelCase(ir.client.name)}.${name}` : name;
  const start = `const ${overload.streams ? "stream" : "answer"} = await ${callee}(`;
  const needed = overload.arguments.filter((argument) => argument.name === "body" || !argument.optional);
  const names = needed.map((argument) => (argument.name === "options" ? "{ stream: true }" : argument.name));
  if (style === "function") names.unshift("client");
  const around = `${start}${names.map((argument) => (argument === "body" ? "" : `${argument}, `)).join("")});`;
  const body = exampleBody(operation, overload, around.length);
  if (operation.pages !== undefined) {
    return [
      `@example\n\`\`\`ts\nfor await (const item of ${callee}(${names.join(", ")})) console.log(item);\n\`\`\``,
    ];
  }
  if (body === undefined) return [];
  const call = `${start}${names.map((argument) => (argument === "body" ? body : argument)).join(", ")});`;
  const reading = overload.streams ? "\nfor await (const item of stream) console.log(item);" : "";
  return [`@example\n\`\`\`ts\n${call}${reading}\n\`\`\``];
}

/**
 * The first short example of a request that is answered in the way of this overload, as a literal.
 *
 * @param around how many columns of its first line something else takes
 */
export function exampleBody(operation: Operation, overload: Overload, around: number): string | undefined {
  // A form holds files, which JSON examples can't.
  if (operation.body?.encoding !== "json") return undefined;
  const example = operation.examples.find(({ value }) => isMeant(operation, overload, asObject(value)));
  if (example === undefined) return undefined;
  const body = literal(example.value, "", around);
  // A long request teaches less than the types do.
  return body.split("\n").length > 16 ? undefined : body;
}

/** Whether a request is answered in the way of this overload. */
function isMeant(operation: Operation, overload: Overload, request: JsonObject): boolean {
  const { stream, outcomes } = operation;
  if (
    stream?.mode === "flag" &&
    stream.in === undefined &&
    (request[stream.flag ?? ""] === true) !== overload.streams
  )
    return false;
  const claims = ({ property, values }: NonNullable<Outcome["when"]>) =>
    values.includes(request[property] as Json);
  if (overload.when !== undefined) return claims(overload.when);
  return !outcomes.some((outcome) => outcome.when !== undefined && claims(outcome.when));
}
