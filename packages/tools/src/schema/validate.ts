import type { SchemaIssue, StandardSchema } from "./standard-schema.ts";

/** A value that fits its schema, or what is wrong with it, each headed by its place, a JSON pointer (RFC 6901). */
export type Validated<Value> =
  | { readonly value: Value; readonly problems?: undefined }
  | { readonly problems: readonly string[] };

function toProblem({ message, path = [] }: SchemaIssue): string {
  const names = path.map((part) => String(typeof part === "object" ? part.key : part));
  const pointer = names.map((name) => `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
  return pointer === "" ? message : `${pointer}: ${message}`;
}

/** Lets a schema read a value. */
export async function validate<Output>(
  schema: StandardSchema<unknown, Output>,
  value: unknown,
): Promise<Validated<Output>> {
  const result = await schema["~standard"].validate(value);
  return result.issues === undefined ? { value: result.value } : { problems: result.issues.map(toProblem) };
}
