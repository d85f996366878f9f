/** How far the text of a number has come. */
export type NumberState = "minus" | "zero" | "integer" | "point" | "fraction" | "exponent" | "sign" | "power";

const complete: ReadonlySet<NumberState> = new Set(["zero", "integer", "fraction", "power"]);

/** Whether a number may end here. */
export function mayEnd(state: NumberState): boolean {
  return complete.has(state);
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

function isExponentMark(unit: number): boolean {
  return unit === 0x65 || unit === 0x45;
}

/** The state after the first character of a value; `undefined` when no number begins so. */
export function startNumber(unit: number): NumberState | undefined {
  if (unit === 0x2d) return "minus";
  if (unit === 0x30) return "zero";
  return isDigit(unit) ? "integer" : undefined;
}

function afterWhole(unit: number): NumberState | undefined {
  if (unit === 0x2e) return "point";
  return isExponentMark(unit) ? "exponent" : undefined;
}

/**
 * The state after one more character; `undefined` when it does not belong to the number.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8259#section-6
 */
export function continueNumber(state: NumberState, unit: number): NumberState | undefined {
  const digit = isDigit(unit);
  switch (state) {
    case "minus":
      return startNumber(unit) === "minus" ? undefined : startNumber(unit);
    case "zero":
      return afterWhole(unit);
    case "integer":
      return digit ? "integer" : afterWhole(unit);
    case "point":
      return digit ? "fraction" : undefined;
    case "fraction":
      if (digit) return "fraction";
      return isExponentMark(unit) ? "exponent" : undefined;
    case "exponent":
      if (unit === 0x2b || unit === 0x2d) return "sign";
      return digit ? "power" : undefined;
    case "sign":
    case "power":
      return digit ? "power" : undefined;
  }
}
