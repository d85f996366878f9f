import { styleText } from "node:util";

/** Something text can be printed in. */
export type Colour = Parameters<typeof styleText>[0];

/** Text in a colour, where there are colours. */
export function paint(text: string, colour: Colour, colours: boolean): string {
  return colours ? styleText(colour, text, { validateStream: false }) : text;
}

/**
 * Whether to print in colours: on terminals that have them, unless `NO_COLOR` is set to something (no-color.org);
 * `FORCE_COLOR` goes before both, as in Node itself.
 */
export function wantsColours(
  stream: { readonly isTTY?: boolean; readonly hasColors?: () => boolean },
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== "0" && env.FORCE_COLOR !== "false";
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== "") return false;
  return stream.isTTY === true && stream.hasColors?.() === true;
}
