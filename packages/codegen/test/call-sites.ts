import type { IR, Operation, Resource } from "../src/ir/ir.ts";
import { asArray, asObject, type Json, resolvePointer } from "../src/json.ts";

/** A program of a user's: the imports alone, and the imports with so many calls of different operations. */
export interface Program {
  readonly imports: string;
  readonly calls: string;
  readonly count: number;
}

/**
 * Calls operations from all over the client, with the document's own examples as bodies.
 *
 * @param wayOf - how the call at a place is made. Default: in all the ways there are, most of them simply awaited.
 */
export function programWith(count: number, ir: IR, wayOf: (at: number) => Way = mixed): Program {
  const { name } = ir.client;
  const imports = `import { NotFoundError } from "@hawser/runtime";
import { ${name} } from "./index.js";
export { NotFoundError };
export const client = new ${name}();
export declare function show(...values: unknown[]): void;
`;
  const callable = callsOf(ir, ir.resources, "client");
  const step = callable.length / count;
  const chosen = Array.from({ length: count }, (_, at) => callable[Math.floor(at * step)] ?? "");
  const calls = chosen.map((call, at) => wayOf(at)(call, at));
  return { imports, calls: imports + calls.join(""), count: new Set(chosen).size };
}

type Way = (call: string, at: number) => string;

const awaited: Way = (call, at) => `const answer${at} = await ${call};
show(answer${at});
`;

/** Looks at the error instead of catching it, and at the body of one status. */
export const asResult: Way = (call, at) => `const result${at} = await ${call}.result();
if (result${at}.ok) show(result${at}.data);
else if (result${at}.status === 404) show(result${at}.error.body);
else show(result${at}.error);
`;

/** Of ten calls, those that are not simply awaited. */
const ways: Readonly<Record<number, Way>> = {
  3: asResult,
  6: (call, at) => `const { data: data${at}, response: response${at} } = await ${call}.withResponse();
show(data${at}, response${at}.status);
`,
  9: (call, at) => `try {
  show(await ${call});
} catch (error) {
  if (NotFoundError.is(error)) show(error.status, ${at});
}
`,
};

const mixed = (at: number): Way => ways[at % 10] ?? awaited;

function callsOf(ir: IR, resource: Resource, path: string): string[] {
  return [
    ...resource.methods.flatMap(({ name, operation }) => {
      const given = ir.operations.find(({ id }) => id === operation);
      const values = given && argumentsFor(ir, given);
      return values === undefined ? [] : [`${path}.${name}(${values.join(", ")})`];
    }),
    ...resource.resources.flatMap((child) => callsOf(ir, child, `${path}.${child.name}`)),
  ];
}

/** The arguments of one call; `undefined` when the document has no example of something that is needed. */
function argumentsFor(ir: IR, { parameters, body, examples }: Operation): string[] | undefined {
  const others = parameters.filter((parameter) => parameter.in !== "path");
  if (others.some(({ required }) => required)) return undefined;
  const path = parameters.filter((parameter) => parameter.in === "path");
  const values = path.map(({ schema }) => JSON.stringify(sampleOf(ir, schema)));
  const [example] = examples;
  if (body?.required === true && example === undefined) return undefined;
  if (body !== undefined) values.push(example === undefined ? "undefined" : JSON.stringify(example.value));
  if (others.some(({ name }) => name === "per_page")) values.push("{ per_page: 30 }");
  return values;
}

function sampleOf(ir: IR, schema: Json): Json {
  const { $ref, type, enum: values } = asObject(schema);
  if (typeof $ref === "string") return sampleOf(ir, resolvePointer(ir, $ref) as Json);
  return (asArray(values)[0] as Json | undefined) ?? (type === "integer" ? 1 : "octocat");
}
