import { isObject, joinPointer } from "../json.ts";

/** Is told of a value that doesn't fit, and where it stands. */
type Misfit = (pointer: string, message: string) => void;

/** What a value has to be: says in words what that is, and tells of every place where it isn't. */
export interface Shape {
  /** As it stands after "it takes": `a name`, `one of offset, page`. */
  readonly takes: string;
  check(value: unknown, pointer: string, misfit: Misfit): void;
}

function single(takes: string, fits: (value: unknown) => boolean): Shape {
  return {
    takes,
    check(value, pointer, misfit) {
      if (!fits(value)) misfit(pointer, `it takes ${takes}, not ${shown(value)}.`);
    },
  };
}

/** A value as it is quoted in a problem: short enough to be read. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** A string that is not empty. */
export const text = single("a text", (value) => typeof value === "string" && value.trim() !== "");

/** The name something has on the wire: any string. */
export const name = single("a name", (value) => typeof value === "string");

/** A name as it can stand in code: letters and digits, no digit first. */
export const identifier = single(
  "a name of letters and digits",
  (value) => typeof value === "string" && /^[\p{L}_][\p{L}\p{Nd}_]*$/u.test(value),
);

/** The name of an environment variable. */
export const variable = single(
  "the name of an environment variable",
  (value) => typeof value === "string" && /^[A-Za-z_]\w*$/.test(value),
);

/** A JSON Pointer (RFC 6901), which is empty or begins with a slash. */
export const jsonPointer = single(
  "a JSON Pointer such as /data/id",
  (value) => typeof value === "string" && /^(\/([^~]|~[01])*)?$/.test(value),
);

/** Milliseconds, more than none. */
export const milliseconds = single(
  "milliseconds",
  (value) => typeof value === "number" && Number.isFinite(value) && value > 0,
);

/** A whole number from 0 up. */
export const count = single(
  "a whole number from 0 up",
  (value) => Number.isSafeInteger(value) && Number(value) >= 0,
);

/** The status of an HTTP answer. */
export const status = single(
  "a status such as 404",
  (value) => Number.isInteger(value) && Number(value) >= 100 && Number(value) <= 599,
);

/** True or false. */
export const flag = single("true or false", (value) => typeof value === "boolean");

/** Anything at all: read elsewhere. */
export const anything = single("anything", () => true);

/** One of the given words. */
export function oneOf(words: readonly string[]): Shape {
  return single(`one of ${words.join(", ")}`, (value) => words.includes(value as string));
}

/** A list of one or more, each of which fits. */
export function listOf(item: Shape): Shape {
  const takes = item === anything ? "a list of values" : `a list, each of it ${item.takes}`;
  return {
    takes,
    check(value, pointer, misfit) {
      if (!Array.isArray(value) || value.length === 0) {
        misfit(pointer, `it takes ${takes}, not ${shown(value)}.`);
      } else
        for (const [index, each] of value.entries()) item.check(each, joinPointer(pointer, index), misfit);
    },
  };
}

/** An object whose members are named by the document; each name and each value fits. */
export function mapOf(key: Shape, value: Shape): Shape {
  const takes = `an object of ${key.takes} and, for each, ${value.takes}`;
  return {
    takes,
    check(given, pointer, misfit) {
      if (!isObject(given) || Object.keys(given).length === 0) {
        misfit(pointer, `it takes ${takes}, not ${shown(given)}.`);
        return;
      }
      for (const [word, member] of Object.entries(given)) {
        const place = joinPointer(pointer, word);
        key.check(word, place, misfit);
        value.check(member, place, misfit);
      }
    },
  };
}

/** An object with these members and no others; those of `optional` may be left out. */
export function objectOf(
  required: Readonly<Record<string, Shape>>,
  optional: Readonly<Record<string, Shape>> = {},
): Shape {
  const members: Record<string, Shape> = { ...required, ...optional };
  const names = Object.keys(members).map((name) => (name in required ? name : `${name}?`));
  const takes = `an object with ${names.join(", ")}`;
  return {
    takes,
    check(value, pointer, misfit) {
      if (!isObject(value)) {
        misfit(pointer, `it takes ${takes}, not ${shown(value)}.`);
        return;
      }
      for (const [name, member] of Object.entries(value)) {
        const shape = Object.hasOwn(members, name) ? members[name] : undefined;
        if (shape === undefined)
          misfit(joinPointer(pointer, name), `there is no "${name}": it takes ${takes}.`);
        else shape.check(member, joinPointer(pointer, name), misfit);
      }
      for (const [name, shape] of Object.entries(required)) {
        if (!Object.hasOwn(value, name)) misfit(pointer, `"${name}" is missing: ${shape.takes}.`);
      }
    },
  };
}

/** A value that fits one of two shapes; `isFirst` tells which one it was meant for. */
export function either(isFirst: (value: unknown) => boolean, first: Shape, second: Shape): Shape {
  return {
    takes: `${first.takes}, or ${second.takes}`,
    check(value, pointer, misfit) {
      (isFirst(value) ? first : second).check(value, pointer, misfit);
    },
  };
}
