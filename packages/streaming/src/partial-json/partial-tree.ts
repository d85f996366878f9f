import { type JsonObject, setMember } from "../json.ts";

/** Where a value is: the names and positions that lead to it from the root. */
export type JsonPath = readonly (string | number)[];

/** A value that grows, and what is still open in it. */
export interface PartialTree {
  /** The value so far; `undefined` until it begins. */
  readonly root: unknown;
  /** The container that is open and innermost; `undefined` outside of any. */
  readonly innermost: "object" | "array" | undefined;
  readonly depth: number;
  /** Sets the name of the member that comes next in the innermost object. */
  beginMember(name: string): void;
  /** Puts a value where the next one goes. It is open until `close`. */
  begin(value: unknown): void;
  /** Puts a container where the next value goes, and goes into it. */
  enter(container: JsonObject | unknown[]): void;
  /** Replaces the open value by a longer one. */
  replace(value: unknown): void;
  /** Closes the value that was begun last, or the innermost container when that has been closed. */
  close(): void;
  /** Where the open values are, from the root inwards; `undefined` when nothing is open. */
  openPath(): (string | number)[] | undefined;
}

interface Level {
  readonly container: JsonObject | unknown[];
  /** The name or position of the open value in it; `undefined` between two values. */
  key: string | number | undefined;
}

/** A tree without a value. */
export function createPartialTree(): PartialTree {
  const levels: Level[] = [];
  let root: unknown;
  let isRootOpen = true;
  let isLeafOpen = false;

  function put(value: unknown): void {
    const level = levels.at(-1);
    if (level === undefined) root = value;
    else if (Array.isArray(level.container)) level.container[level.key as number] = value;
    else setMember(level.container, level.key as string, value);
  }

  function begin(value: unknown): void {
    const level = levels.at(-1);
    if (level !== undefined && Array.isArray(level.container)) level.key = level.container.length;
    put(value);
    isLeafOpen = true;
  }

  return {
    get root() {
      return root;
    },
    get innermost() {
      const level = levels.at(-1);
      if (level === undefined) return undefined;
      return Array.isArray(level.container) ? "array" : "object";
    },
    get depth() {
      return levels.length;
    },
    beginMember(name) {
      levels.at(-1)!.key = name;
    },
    begin,
    enter(container) {
      begin(container);
      levels.push({ container, key: undefined });
      isLeafOpen = false;
    },
    replace: put,
    close() {
      if (!isLeafOpen) levels.pop();
      isLeafOpen = false;
      const level = levels.at(-1);
      if (level === undefined) isRootOpen = false;
      else level.key = undefined;
    },
    openPath() {
      if (!isRootOpen) return undefined;
      const path: (string | number)[] = [];
      for (const { key } of levels) if (key !== undefined) path.push(key);
      return path;
    },
  };
}

/** The value at a path, and whether there is one; what an object inherits is none. */
export function valueAt(root: unknown, path: JsonPath): { readonly value: unknown } | undefined {
  let value = root;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value === undefined ? undefined : { value };
}
