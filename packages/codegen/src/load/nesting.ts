/** How deep objects and lists may stand in each other; documents people write stay far below a hundred. */
const deepest = 500;
/** How many values a file may have once its YAML aliases are written out; the largest documents have two million. */
const most = 20_000_000;

/**
 * What is wrong with a file that is nested too deeply, or that is small only as long as its YAML aliases are: every
 * stage behind walks the whole document recursively, and would end without memory. `undefined` when nothing is.
 *
 * @param aliases whether one object can stand in several places; JSON has no aliases
 */
export function nestingProblem(file: unknown, aliases: boolean): string | undefined {
  const measured = new Map<object, Extent>();
  const measure = (value: unknown, depth: number): Extent => {
    if (typeof value !== "object" || value === null) return leaf;
    const known = measured.get(value);
    // An alias that stands inside of what it stands for never gets to be known, and ends here too.
    if (depth + (known?.height ?? 0) > deepest)
      throw new RangeError(`it is nested more than ${deepest} levels deep`);
    if (known !== undefined) return known;
    let height = 0;
    let size = 1;
    for (const member of Object.values(value)) {
      const inner = measure(member, depth + 1);
      height = Math.max(height, inner.height + 1);
      size += inner.size;
    }
    if (size > most) throw new RangeError("its aliases stand for more than there is room for");
    if (aliases) measured.set(value, { height, size });
    return { height, size };
  };
  try {
    measure(file, 0);
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}

interface Extent {
  readonly height: number;
  readonly size: number;
}

const leaf: Extent = { height: 0, size: 1 };
