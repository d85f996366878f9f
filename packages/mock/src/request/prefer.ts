import { ChoiceError, stops, type Wanted } from "../answer/wanted.ts";

/** What a `Prefer` header asks for. */
export interface Preferences extends Wanted {
  /** Name of the scene that answers this request. */
  readonly scene?: string;
  /** Generates the body from the schema instead of taking an example. */
  readonly dynamic?: boolean;
  /** Makes generated bodies repeatable. */
  readonly seed?: string;
}

type Read = (value: string, token: string) => Partial<Record<keyof Preferences, unknown>>;

const number =
  (key: keyof Preferences, least: number): Read =>
  (value, token) => {
    if (!/^\d{1,9}$/.test(value) || Number(value) < least) {
      throw new ChoiceError(`Prefer: ${token} takes a whole number of at least ${least}, not "${value}".`);
    }
    return { [key]: Number(value) };
  };

const name =
  (key: keyof Preferences): Read =>
  (value, token) => {
    if (value === "") throw new ChoiceError(`Prefer: ${token} takes a name, as in ${token}=NAME.`);
    return { [key]: value };
  };

const flag =
  (key: keyof Preferences): Read =>
  (value, token) => {
    if (!["", "true", "false"].includes(value)) {
      throw new ChoiceError(`Prefer: ${token} takes true or false, not "${value}".`);
    }
    return { [key]: value !== "false" };
  };

const preferences: Readonly<Record<string, Read>> = {
  code: (value, token) => {
    if (!/^[1-5]\d\d$/.test(value))
      throw new ChoiceError(`Prefer: ${token} takes a status such as 429, not "${value}".`);
    return { status: Number(value) };
  },
  example: name("example"),
  dynamic: flag("dynamic"),
  seed: name("seed"),
  scene: name("scene"),
  latency: number("latency", 0),
  "chunk-size": number("chunkSize", 1),
  delay: number("delay", 0),
  cut: number("cut", 0),
  end: number("end", 0),
  stall: number("stall", 0),
  "keep-open": flag("keepOpen"),
};

/** Preferences registered for other purposes (RFC 7240, section 4, and RFC 8674), which clients send to any server. */
const registered = new Set(["respond-async", "return", "wait", "handling", "safe"]);

const quoted = /"(?:[^"\\]|\\.)*"/.source;
const listItem = /(?:[^,"]|"(?:[^"\\]|\\.)*"?)+/g;
const onePreference = new RegExp(`^([\\w!#$%&'*+.^\`|~-]+)(?:\\s*=\\s*(${quoted}|[^\\s;"]*))?$`);

/**
 * Reads a `Prefer` header (RFC 7240, section 2): preferences with commas between them, the first of two equal ones
 * counting, values as tokens or quoted strings.
 *
 * @throws {ChoiceError} naming the preference that is unknown or whose value can't be read
 */
export function parsePrefer(header: string | undefined): Preferences {
  const read: Partial<Record<keyof Preferences, unknown>> = {};
  const items = (header ?? "").match(listItem) ?? [];
  for (const item of items.map((each) => each.trim()).filter((each) => each !== "")) {
    const [, token = "", given = ""] = onePreference.exec(item) ?? [];
    const key = token.toLowerCase();
    if (registered.has(key)) continue;
    const reader = Object.hasOwn(preferences, key) ? preferences[key] : undefined;
    if (reader === undefined) {
      throw new ChoiceError(
        `Prefer: ${item} is not known. There are ${Object.keys(preferences).join(", ")}, with commas between them.`,
      );
    }
    const value = given.startsWith('"') ? given.slice(1, -1).replace(/\\(.)/g, "$1") : given;
    Object.assign(read, { ...reader(value, key), ...read });
  }
  const ends = stops.filter((stop) => read[stop] !== undefined);
  if (ends.length > 1) throw new ChoiceError(`Prefer: ${ends.join(" and ")} can't both come true.`);
  return read as Preferences;
}
