import type { Creation, Finder, Helper, IR, Operation, Upload, Waiter } from "../../ir/ir.ts";
import { camelCase } from "../../names.ts";
import { callOf } from "./call-of.ts";
import { docComment } from "./doc-comment.ts";
import { helperSignatureOf, operationOf, variantIndex, waiterOf } from "./helper-signature.ts";
import { literal } from "./literal.ts";
import { exampleBody } from "./operation-comment.ts";
import { signatureOf } from "./signature.ts";

/**
 * The doc comment of a helper: what it does, its times, what it throws.
 *
 * @param name how it is called: the function's name, or the method's path in the resource client
 */
export function helperComment(
  ir: IR,
  helper: Helper,
  name: string,
  style: "function" | "method",
  indent = "",
): string {
  const parameters = helperSignatureOf(ir, helper).arguments.flatMap(({ name: parameter, description }) =>
    description === undefined ? [] : [`@param ${parameter} ${description}`],
  );
  return docComment(
    [...textOf(ir, helper), ...parameters, ...throwsOf(ir, helper), ...exampleOf(ir, helper, name, style)],
    indent,
  );
}

function textOf(ir: IR, helper: Helper): string[] {
  if (helper.kind === "waiter") return waiterText(ir, helper);
  if (helper.kind === "creation") return creationText(ir, helper);
  if (helper.kind === "finder") return finderText(ir, helper);
  return uploadText(ir, helper);
}

/** Asks again and again, and what each answer means. */
function waiterText(ir: IR, waiter: Waiter): string[] {
  const { delay, timeout, acceptors, result } = waiter;
  const said = (state: string) =>
    acceptors.filter((acceptor) => acceptor.state === state).map(describeAcceptor);
  const failures = said("failure");
  const tolerated = acceptors.flatMap((acceptor) =>
    acceptor.state === "retry" && "status" in acceptor
      ? [`${acceptor.status}${acceptor.within === undefined ? "" : ` in the first ${acceptor.within} ms`}`]
      : [],
  );
  const end = result === undefined ? "" : `, then gives what \`${callOf(ir, result)}\` answers`;
  return [
    `Waits until ${said("success").join(" or ")}${end}.`,
    [
      `Asks \`${callOf(ir, waiter.operation)}\` every ${range(delay)} ms, for at most ${timeout} ms; the options \`delay\` and \`timeout\` change that.`,
      failures.length === 0 ? "" : `It has failed when ${failures.join(" or ")}.`,
      tolerated.length === 0 ? "" : `The status ${tolerated.join(" or ")} is waited out.`,
      "`onProgress` is told of every answer.",
    ]
      .filter(Boolean)
      .join(" "),
  ];
}

/** `2000 to 10000`, or one figure where there is one. */
function range({ minimum, maximum }: Waiter["delay"]): string {
  return minimum === maximum ? String(minimum) : `${minimum} to ${maximum}`;
}

function describeAcceptor(acceptor: Waiter["acceptors"][number]): string {
  if ("status" in acceptor) {
    const within = acceptor.within === undefined ? "" : ` within ${acceptor.within} ms`;
    return `the answer is ${acceptor.status}${within}`;
  }
  const values = acceptor.values.map((value) => `\`${literal(value)}\``);
  return `\`${acceptor.pointer.slice(1).replaceAll("/", ".") || "the data"}\` is ${values.join(" or ")}`;
}

function creationText(ir: IR, creation: Creation): string[] {
  const { undo } = creation;
  const { id, cost, retry } = operationOf(ir, creation.operation);
  const waiter = waiterOf(ir, creation);
  return [
    `Calls \`${callOf(ir, id)}\`, then waits as \`${callOf(ir, waiter.id)}\` does.`,
    [
      retry === "costly" ? "Nothing is created twice." : "",
      "`onCreated` is told of what was created, before it is waited for.",
      undo === undefined
        ? ""
        : `With \`terminateOnFailure\`, \`${callOf(ir, undo)}\` undoes it when the call fails afterwards.`,
      cost === undefined ? "" : costText(ir, cost),
    ]
      .filter(Boolean)
      .join(" "),
  ];
}

function costText(ir: IR, { prices }: NonNullable<Operation["cost"]>): string {
  const before =
    prices === undefined
      ? ""
      : `nothing is created that costs more by \`${callOf(ir, prices.operation)}\`, and `;
  return `With \`maxCostPerHour\`, ${before}what costs more by the answer is removed at once.`;
}

function finderText(ir: IR, finder: Finder): string[] {
  const { operation, pointer, parameter } = finder;
  const member = pointer.slice(1).replaceAll("/", ".");
  return [
    `Finds all whose \`${member}\` is the given text, over all pages of \`${callOf(ir, operation)}\`.`,
    parameter === undefined ? "" : `The list is narrowed by \`${parameter}\` first.`,
  ];
}

function uploadText(ir: IR, upload: Upload): string[] {
  return [
    "Uploads a file and gives the address it has from then on.",
    `Asks \`${callOf(ir, upload.operation)}\` where to, and sends the file there without the API key.`,
  ];
}

function throwsOf(ir: IR, helper: Helper): string[] {
  const thrown = ["@throws {APIError} for an unsuccessful answer, one class per status"];
  if (helper.kind === "creation") {
    const { retry, cost } = operationOf(ir, helper.operation);
    if (cost !== undefined) thrown.push("@throws {CostLimitError} when it costs more than `maxCostPerHour`");
    if (retry === "costly")
      thrown.push("@throws {UnknownOutcomeError} when the request was sent and no answer came");
  }
  if (helper.kind === "waiter" || helper.kind === "creation") {
    thrown.push(
      "@throws {WaiterFailureError} when it has failed; `data` is the last answer",
      "@throws {WaiterTimeoutError} when the time is over; `data` is the last answer",
    );
  }
  return thrown;
}

function exampleOf(ir: IR, helper: Helper, name: string, style: "function" | "method"): string[] {
  if (helper.kind !== "creation") return [];
  const operation = operationOf(ir, helper.operation);
  const overload = signatureOf(ir, operation).overloads[variantIndex(ir, helper)];
  if (overload === undefined) return [];
  const callee = style === "method" ? `${camelCase(ir.client.name)}.${name}` : name;
  const start = `const answer = await ${callee}(${style === "function" ? "client, " : ""}`;
  const body = exampleBody(operation, overload, start.length + 2);
  return body === undefined ? [] : [`@example\n\`\`\`ts\n${start}${body});\n\`\`\``];
}
