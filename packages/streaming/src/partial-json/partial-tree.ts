import { type JsonObject, setMember } from "../json.ts";

/** A value that grows, and what is still open in it. */
export interface PartialTree {
  /** The value so far; `undefined` until it begins. */
  readonly root: unknown;
  /** Whether the value at the root can still change. */
  readonly isOpen: boolean;
  /** The containers that are open, from the root inwards. */
  readonly levels: readonly Level[];
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
}

/** A container that is open. */
export interface Level {
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
    get isOpen() {
      return isRootOpen;
    },
    levels,
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
  };
}
