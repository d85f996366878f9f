import { DocumentError, loadOverlaid, type SourceOptions } from "@hawser/codegen";
import type { MockServer } from "@hawser/mock";
import { Command, InvalidArgumentError } from "commander";
import { type DocumentFlags, nameOf, sourcesFrom, withDocumentOptions } from "./document-options.ts";
import { exitCodes, Failure } from "./exit-codes.ts";
import type { Output } from "./run.ts";
import { stopped } from "./stopped.ts";
import { plainLines } from "./table.ts";

interface MockFlags extends DocumentFlags {
  readonly port?: number;
  readonly host: string;
  readonly chunkSize?: number;
  readonly delay?: number;
}

/** `hawser mock`: serves documents until it is stopped. */
export function mockCommand(output: Output): Command {
  const command = new Command("mock")
    .description("Serves OpenAPI documents, or those of hawser.config.ts, as mock servers until Ctrl-C.")
    .argument("[documents...]", "paths or URLs of OpenAPI documents")
    .option(
      "-p, --port <number>",
      "the port of the first server, the next ones take the next; default: a free one",
      wholeNumber(0, 65_535),
    )
    .option("--host <address>", "the address to listen on", "127.0.0.1")
    .option("--config <file>", "the configuration, when no document is given")
    .option("--chunk-size <bytes>", "cut streams into pieces of this size", wholeNumber(1))
    .option("--delay <ms>", "wait between the pieces of a stream", wholeNumber(0));
  return withDocumentOptions(command).action((documents: string[], flags: MockFlags) =>
    serve(documents, flags, output),
  );
}

function wholeNumber(least: number, most: number = Number.MAX_SAFE_INTEGER): (value: string) => number {
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  return (value) => {
    if (!/^\d+$/.test(value) || Number(value) < least || Number(value) > most) {
      throw new InvalidArgumentError(`It takes a whole number ${range}.`);
    }
    return Number(value);
  };
}

/** More than a screen shows. */
const manyOperations = 40;

async function serve(documents: readonly string[], flags: MockFlags, output: Output): Promise<void> {
  const served = await sourcesFrom(documents, flags, output, "serve: name a document");
  const servers: MockServer[] = [];
  try {
    for (const [index, source] of served.entries()) {
      const port = flags.port === undefined ? undefined : flags.port + index;
      const server = await listen(source, port, flags, output);
      servers.push(server);
      const name = nameOf(source.document, output.cwd);
      if (flags.json === true) {
        output.out(JSON.stringify({ document: name, url: server.url, operations: server.operations }));
        continue;
      }
      output.out(`${name} answers at ${server.url}`);
      for (const line of operationLines(server)) output.out(plainLines(line));
      const { length } = server.operations;
      if (length === 0) output.error(`${name} describes no operation below "paths", so nothing is served.`);
      // The first line has left the screen by now.
      if (length > manyOperations) output.out(`${length} operations of ${name}, at ${server.url}`);
    }
    const tell = flags.json === true ? output.error : output.out;
    tell(
      "Where a key is asked for, any will do. Choose an answer with the header Prefer: example=NAME or code=STATUS. Ctrl-C stops it.",
    );
    await stopped(output.signal);
  } finally {
    await Promise.all(servers.map((server) => server.close()));
  }
}

async function listen(
  source: SourceOptions,
  port: number | undefined,
  { host, chunkSize, delay }: MockFlags,
  output: Output,
): Promise<MockServer> {
  // Prism is a large dependency, which only this command needs.
  const { createMockServer } = await import("@hawser/mock");
  const loaded = await loadOverlaid(source);
  try {
    return await createMockServer({
      document: loaded.document,
      host,
      logger: output.error,
      ...(port !== undefined && { port }),
      ...(chunkSize !== undefined && { chunkSize }),
      ...(delay !== undefined && { delay }),
    });
  } catch (error) {
    // The server is given a document in one piece, and doesn't know where it came from.
    if (error instanceof DocumentError)
      throw new DocumentError(error.problems.map((problem) => ({ ...problem, source: loaded.source })));
    throw explainListening(error, port, host);
  }
}

/** One line per operation: how it is called, and the answers one can ask it for. */
function operationLines({ operations }: MockServer): string[] {
  const width = Math.max(...operations.map(({ method, path }) => method.length + path.length + 1));
  return operations.map(({ method, path, examples }) => {
    const names = [
      ...new Set(examples.filter(({ status }) => status.startsWith("2")).map(({ name }) => name)),
    ];
    return `  ${`${method} ${path}`.padEnd(width)}  ${names.join(" ")}`.trimEnd();
  });
}

function explainListening(error: unknown, port: number | undefined, host: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE") {
    return new Failure(
      `Port ${port} of ${host} is in use: choose another with --port, or leave --port out to get a free one.`,
    );
  }
  if (code === "EACCES")
    return new Failure(`Port ${port} of ${host} needs rights this user doesn't have: choose one above 1023.`);
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") {
    return new Failure(`This machine has no address ${host} to listen on.`, exitCodes.usage);
  }
  return error;
}
