import { InvalidRequestError } from "./errors.ts";
import type { Operation, Parameter } from "./operation.ts";
import { serializePathParameter } from "./parameter-styles.ts";
import { missing } from "./parameters.ts";

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

/** `.` and `..`, also with the parameters behind a `;` that some servers cut off. */
const leadsElsewhere = /^\.{1,2}(;|$)/;

/** Why a value that is sent with its slashes can't be. Undefined when it can. */
function reservedObjection(value: string): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(value)) return "holds a control character";
  const mark = /[?#\\]/.exec(value)?.[0];
  if (mark !== undefined) return `holds a "${mark}", which would end or change the path`;
  return value.split("/").includes("") ? "has an empty segment between its slashes" : undefined;
}

/** The text of one path parameter, encoded. */
function writeValue(operation: Operation, name: string, values: Readonly<Record<string, unknown>>): string {
  const subject = `${operation.id}: the path parameter "${name}"`;
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  const settings = declared(operation, name);
  if (value === undefined || value === null) throw missing(subject, settings);
  const text = serializePathParameter(name, value, settings, subject);
  if (text === "") throw new InvalidRequestError(`${subject} is empty.`);
  const objection = settings.allowReserved === true ? reservedObjection(String(value)) : undefined;
  if (objection !== undefined) throw new InvalidRequestError(`${subject} ${objection}.`);
  return text;
}

/**
 * Puts values into the placeholders of a path.
 *
 * A value that is missing or empty, or that makes a path segment `.` or `..`, would address something else than what
 * the operation is about (a DELETE of one thing would become one of the whole collection), so it is refused. Of a
 * parameter with `allowReserved` the slashes stay, and each part between them is looked at in the same way.
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
        return writeValue(operation, name, values);
      });
      const dots = filled.split("/").find((part) => leadsElsewhere.test(part));
      if (names.length > 0 && dots !== undefined) {
        throw new InvalidRequestError(
          `${operation.id}: the path parameter "${names[0]}" makes the path segment "${dots}", which leads elsewhere.`,
        );
      }
      return filled;
    })
    .join("/");
}
