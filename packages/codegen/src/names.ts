/** Splits a name into its words: at anything that is no letter or digit, and where a capital begins a new word. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, "$1 $2")
    .split(/[^\p{L}\p{Nd}]+/u)
    .filter((word) => word !== "");
}

/** `chat-completion.list` → `ChatCompletionList`; a name already in this form stays as it is. */
export function pascalCase(name: string): string {
  const joined = /^[\p{Lu}][\p{L}\p{Nd}]*$/u.test(name) ? name : wordsOf(name).map(capitalise).join("");
  return /^\p{L}/u.test(joined) ? joined : `_${joined}`;
}

/** `list-models` → `listModels`; a name already in this form stays as it is. */
export function camelCase(name: string): string {
  if (/^[\p{Ll}][\p{L}\p{Nd}]*$/u.test(name)) return name;
  const [first = "", ...rest] = wordsOf(name);
  const joined =
    (first === first.toUpperCase() ? first.toLowerCase() : lowerFirst(first)) + rest.map(capitalise).join("");
  return /^\p{L}/u.test(joined) ? joined : `_${joined}`;
}

/** The name, or the name with the first free number behind it, when `taken` has it; the outcome is added to `taken`. */
export function uniqueName(name: string, taken: Set<string>): string {
  let unique = name;
  for (let number = 2; taken.has(unique); number += 1) unique = `${name}${number}`;
  taken.add(unique);
  return unique;
}

function capitalise(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function lowerFirst(word: string): string {
  return word.charAt(0).toLowerCase() + word.slice(1);
}
