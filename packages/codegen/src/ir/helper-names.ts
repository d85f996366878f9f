import { pascalCase } from "../names.ts";
import type { Helper } from "./ir.ts";

/**
 * What a helper is called where the resource does not stand before it: `waitUntilRunning` of `instances` is
 * `waitUntilInstanceRunning`, `createAndWait` is `createInstanceAndWait`, `findByName` is `findInstancesByName`, and
 * `upload` of `files` is `uploadFile`.
 *
 * @param resources the names of the resources that lead to it
 */
export function helperId(kind: Helper["kind"], name: string, resources: readonly string[]): string {
  const pascal = (word: string) => pascalCase(word).replace(/^_/, "");
  const things = resources.map(pascal).join("");
  const thing = resources
    .map((word, index) => pascal(index < resources.length - 1 ? word : singular(word)))
    .join("");
  const pattern = patterns[kind].exec(name);
  if (kind === "upload") return thing.toLowerCase() === name.toLowerCase() ? `${name}File` : name + thing;
  if (pattern === null) return name + thing;
  const [, before = "", after = ""] = pattern;
  return before + (kind === "finder" ? things : thing) + after;
}

/** The words of a name between which the resource goes. */
const patterns: Record<Helper["kind"], RegExp> = {
  waiter: /^(waitUntil)(\p{Lu}.*)$/u,
  creation: /^(.+)(AndWait)$/,
  finder: /^(find)(By\p{Lu}.*)$/u,
  upload: /^(upload)()$/,
};

/** The English singular of a resource's name, by its last letters: `categories` → `category`, `statuses` → `status`. */
export function singular(word: string): string {
  if (/[^aeiou]ies$/.test(word)) return word.replace(/ies$/, "y");
  if (/(ss|x|ch|sh|zz|us)es$/.test(word)) return word.replace(/es$/, "");
  return /[^su]s$/.test(word) && !/is$/.test(word) ? word.replace(/s$/, "") : word;
}
