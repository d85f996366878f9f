import { InvalidRequestError } from "./errors.ts";
import type { Operation, Parameter } from "./operation.ts";
import { serializePathParameter } from "./parameter-styles.ts";

const placeholder = /\{([^{}]+)\}/g;

/** A path can hold a fixed query of its own, which stands before that of the parameters. Fragments are never sent. */
export function splitPath(path: string): { readonly pathname: string; readonly query: string } {
  const [address = ""] = path.split("#");
  const mark = address.indexOf("?");
  if (mark === -1) return { pathname: address, query: "" };
  return { pathname: address.slice(0, mark), query: address.slice(mark + 1) };
}

function declared(operation: Operation, name: string): Partial<Parameter> {
  return operation.parameters?.find((parameter) => parameter.in === "path" && parameter.name === name) ?? {};
}

/**
 * Puts values into the placeholders of a path.
 *
 * A value that is missing or empty, or that makes a path segment `.` or `..`, would address something else than what
 * the operation is about (a DELETE of one thing would become one of the whole collection), so it is refused.
 *
 * @param template - the path with `{name}` placeholders; what stands before it, such as a base URL, is left alone.
 * @throws InvalidRequestError naming operation and parameter.
 */
export function fillPath(
  operation: Operation,
  template: string,
  values: Readonly<Record<string, unknown>>,
): string {
  return template
    .split("/")
    .map((segment) => {
      const names: string[] = [];
      const filled = segment.replace(placeholder, (_, name: string) => {
        names.push(name);
        const subject = `${operation.id}: the path parameter "${name}"`;
        const value = Object.hasOwn(values, name) ? values[name] : undefined;
        if (value === undefined || value === null) throw new InvalidRequestError(`${subject} is missing.`);
        const text = serializePathParameter(name, value, declared(operation, name), subject);
        if (text === "") throw new InvalidRequestError(`${subject} is empty.`);
        return text;
      });
      if (names.length > 0 && (filled === "." || filled === "..")) {
        throw new InvalidRequestError(
          `${operation.id}: the path parameter "${names[0]}" makes the path segment "${filled}", which leads elsewhere.`,
        );
      }
      return filled;
    })
    .join("/");
}
