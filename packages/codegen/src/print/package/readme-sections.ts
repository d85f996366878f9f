import type { IR, SecurityScheme } from "../../ir/ir.ts";
import { allServers, defaultURL, hasServerChoice, serverId } from "../../ir/servers.ts";
import { literal } from "../typescript/literal.ts";
import { overloadsOf, streamClass } from "../typescript/overloads.ts";
import { validationNames } from "../validation/print-validation.ts";
import type { ShownCalls } from "./choose-calls.ts";
import { clientVariable, type ExampleModules, imports, program } from "./example-program.ts";
import { block, code, inline } from "./markdown.ts";
import type { SampleCall } from "./sample-call.ts";

/** How the client is made: its key, and the options that are its own. */
export function opening(ir: IR, modules: ExampleModules): string[] {
  const { name, environment } = ir.client;
  const variable = clientVariable(ir);
  const schemes = Object.values(ir.security.schemes);
  const secrets = secretOptions(ir);
  const given = secrets.map(({ option }) => `${option}: ${literal("…")}`).join(", ");
  const made = `const ${variable} = new ${name}(${given === "" ? "" : `{ ${given} }`});\n`;
  const rows = [
    ...secrets,
    { option: "baseURL", variable: environment.baseURL, text: serverText(ir) },
    ...serverRows(ir),
    ...Object.entries(ir.client.options).map(([option, { description, variable: from }]) => ({
      option,
      variable: from,
      text: inline(description),
    })),
    { option: "timeout", variable: undefined, text: "Milliseconds, one figure or one for each clock." },
    { option: "maxRetries", variable: undefined, text: "How often a call may be repeated. Default: 2." },
  ];
  return [
    "## The client\n",
    block(`${imports(ir, modules, [name])}\n${made}console.log(${variable}.transport.baseURL);`),
    schemes.length === 0 ? "The API asks for no key." : "",
    [
      "| Option | Environment variable | What it is |",
      "| ------ | -------------------- | ---------- |",
      ...rows.map(
        ({ option, variable: from, text }) =>
          `| ${code(option)} | ${from === undefined ? "" : code(from)} | ${text} |`,
      ),
    ].join("\n"),
    `\`${variable}.withOptions({ … })\` is the same client with some options replaced. A call takes options of its own, behind its arguments: \`signal\`, \`timeout\`, \`headers\` and more.`,
  ];
}

/** The options that prove who asks. */
function secretOptions(ir: IR): { option: string; variable: string | undefined; text: string }[] {
  const { environment } = ir.client;
  const schemes = Object.values(ir.security.schemes);
  const grants = schemes.some((scheme) => scheme.type === "oauth2" && scheme.tokenUrl !== undefined);
  const keys = schemes.filter((scheme) => scheme.type !== "oauth2" || scheme.tokenUrl === undefined);
  return [
    ...(keys.length > 0 || (environment.apiKey !== undefined && !grants)
      ? [{ option: "apiKey", variable: environment.apiKey, text: keyText(keys) }]
      : []),
    ...(grants
      ? [
          {
            option: "clientId",
            variable: environment.clientId,
            text: "The id of the program, for which tokens are got.",
          },
          {
            option: "clientSecret",
            variable: environment.clientSecret,
            text: "The secret of the program.",
          },
        ]
      : []),
  ];
}

function keyText(schemes: readonly SecurityScheme[]): string {
  const [scheme] = schemes;
  if (scheme?.type === "http" && scheme.scheme === "basic")
    return "`user:password`, or a function that gives it.";
  if (scheme?.type === "apiKey")
    return `The key, sent as the ${scheme.in === "query" ? "query parameter" : scheme.in} ${code(scheme.name)}, or a function that gives it.`;
  return "The key, or a function that gives it.";
}

function serverText({ servers: [server] }: IR): string {
  return server === undefined
    ? "Where the API is; the document names no server."
    : `Where the API is. Default: ${code(defaultURL(server))}.`;
}

/** The options that choose among servers, where there is a choice. */
function serverRows(ir: IR): { option: string; variable: undefined; text: string }[] {
  if (!hasServerChoice(ir)) return [];
  const servers = allServers(ir);
  const variables = [...new Set(servers.flatMap(({ variables: own = {} }) => Object.keys(own)))];
  const list = (names: readonly string[]) => names.map(code).join(", ");
  const ids = list([...new Set(servers.map(serverId))]);
  const rows = [
    { option: "server", text: `The server that is used, by its name or URL in the document: ${ids}.` },
    { option: "serverURLs", text: "Where single ones of these servers are; goes before `baseURL`." },
    ...(variables.length > 0
      ? [{ option: "serverVariables", text: `Values of variables in URLs of servers: ${list(variables)}.` }]
      : []),
  ];
  return rows.map((row) => ({ ...row, variable: undefined }));
}

/** The first call somebody makes. */
export function firstCall(ir: IR, modules: ExampleModules, { first }: ShownCalls): string[] {
  if (first === undefined) return [];
  const overloads = overloadsOf(ir, first.operation).filter(({ streams }) => !streams);
  const { data = "unknown" } = overloads.at(-1) ?? {};
  const call = `$client.${first.text}`;
  let text = `const answer = await ${call};\nconsole.log(answer);`;
  if (data === "undefined") text = `await ${call};`;
  if (data === "BinaryResponse")
    text = `const answer = await ${call};\nconsole.log((await answer.bytes()).length);`;
  return ["## A call\n", program(ir, modules, text)];
}

/** A stream, read whole. */
export function streaming(ir: IR, modules: ExampleModules, { stream }: ShownCalls): string[] {
  if (stream?.operation.stream === undefined) return [];
  const reader = streamClass(stream.operation.stream);
  const words =
    reader === "ChatCompletionStream"
      ? "`stream.text()` gives the words alone, `stream.finalCompletion()` the whole answer in the end."
      : "";
  return [
    "## A stream\n",
    program(
      ir,
      modules,
      `const stream = await $client.${stream.text};\nfor await (const item of stream) console.log(item);\nconsole.log((await stream.end).reason);`,
    ),
    `Leaving the loop ends the request. \`stream.end\` tells whether the stream is complete or was cut short. ${words}`,
  ];
}

/** Lists that come in pages, and finders. */
export function lists(ir: IR, modules: ExampleModules, { pages, helpers: { finder } }: ShownCalls): string[] {
  if (pages === undefined) return [];
  const found =
    finder === undefined
      ? ""
      : `\nconst found = await $client.${finder.call.text};\nconsole.log(found.length);`;
  return [
    "## Lists\n",
    program(
      ir,
      modules,
      `for await (const item of $client.${pages.text}) console.log(item);\nconst items = await $client.${pages.text}.toArray({ limit: 100 });\nconsole.log(items.length);${found}`,
    ),
    "`for await` asks for a page after the other, and `await` gives the first page.",
  ];
}

/** Waiters, and creations that are waited for. */
export function waiting(ir: IR, modules: ExampleModules, { helpers }: ShownCalls): string[] {
  const { waiter, creation } = helpers;
  const lines = [
    creation && `const created = await $client.${creation.call.text};\nconsole.log(created);`,
    waiter && `const ready = await $client.${waiter.call.text};\nconsole.log(ready);`,
  ].filter((line) => line !== undefined);
  if (lines.length === 0) return [];
  return [
    "## Waiting\n",
    program(ir, modules, lines.join("\n")),
    "It is asked again and again until it is over, or until `timeout`. A `WaiterFailureError` or a `WaiterTimeoutError` has the last answer.",
  ];
}

/** Uploads. */
export function uploads(ir: IR, modules: ExampleModules, { helpers: { upload } }: ShownCalls): string[] {
  if (upload === undefined) return [];
  const text = `const address = await $client.${upload.call.text};\nconsole.log(address);`;
  return ["## Files\n", program(ir, modules, text)];
}

/** Both ways to learn of errors. */
export function errors(ir: IR, modules: ExampleModules, calls: ShownCalls): string[] {
  const call = calls.brief ?? calls.stream;
  if (call === undefined) return [];
  const status = call.operation.errors.find((error) => /^4\d\d$/.test(error.status))?.status ?? "404";
  return [
    "## Errors\n",
    program(
      ir,
      modules,
      `try {\n  await $client.${indented(call)};\n} catch (error) {\n  if (!APIError.is(error)) throw error;\n  console.log(error.status, error.message, error.requestId);\n}`,
      ["APIError"],
    ),
    "Or without exceptions, the body of the error typed by its status:\n",
    program(
      ir,
      modules,
      `const result = await $client.${call.text}.result();\nif (result.ok) console.log(result.status);\nelse if (result.status === ${status}) console.log(result.error.body);\nelse console.log(result.error.message);`,
    ),
    "Without an answer it is a `ConnectionError` or a `TimeoutError`; with one it is an `APIError`, of a class for each status. What costs money is not sent twice: where no answer comes, that is an `UnknownOutcomeError`.",
  ];
}

function indented({ text }: SampleCall): string {
  return text.replaceAll("\n", "\n  ");
}

/** The functions beneath the methods. */
export function functions(modules: ExampleModules, { first }: ShownCalls): string[] {
  if (first === undefined) return [];
  const { id } = first.operation;
  const given = first.text.slice(first.text.indexOf("(") + 1, -1);
  const parts = given === "" ? "client" : `client, ${given}`;
  return [
    "## Functions\n",
    "Each method is also a function; a program that is bundled has only those it calls.\n",
    block(
      `import { createClient, ${id} } from ${literal(modules.operations)};\n\nconst client = createClient();\nawait ${id}(${parts});`,
    ),
  ];
}

/** A value that is checked. */
export function validation(ir: IR, modules: ExampleModules): string[] {
  const { validation: module } = modules;
  const [constant] = validationNames(ir).values();
  if (module === undefined) return [];
  const { name } = ir.client;
  const named = [
    "Each named schema is a [Standard Schema](https://standardschema.dev) too:\n",
    block(
      `import { ${constant} } from ${literal(module)};\n\nconst outcome = ${constant}["~standard"].validate(JSON.parse("{}"));\nif (outcome.issues === undefined) console.log(outcome.value);\nelse for (const { path, message } of outcome.issues) console.log(path.join("."), message);`,
    ),
  ];
  return [
    "## Validation\n",
    "Nothing is checked by itself. A client that is told to checks requests before they are sent, answers and items of streams:\n",
    block(
      `${imports(ir, modules, [name, "createValidation"])}import { operationSchemas } from ${literal(module)};\n\nconst checked = new ${name}({ validate: createValidation(operationSchemas) });\nconsole.log(checked.transport.baseURL);`,
    ),
    ...(constant === undefined ? [] : named),
  ];
}
