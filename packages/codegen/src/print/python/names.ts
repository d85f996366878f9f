import { uniqueName } from "../../names.ts";

/** Words no Python name may be (Python 3.13, Lexical analysis, 2.3.1), those with a meaning in some places included. */
const keywords = new Set(
  (
    "False None True and as assert async await break class continue def del elif else except finally for from global if " +
    "import in is lambda nonlocal not or pass raise return try while with yield match case type _ self"
  ).split(" "),
);

/** Names the generated modules use themselves. */
export const typingNames = [
  ...[
    "Any",
    "Dict",
    "Iterator",
    "List",
    "Literal",
    "NotRequired",
    "Optional",
    "Protocol",
    "Sequence",
    "Tuple",
    "TypeAlias",
  ],
  ...["TypedDict", "TypeVar", "Union", "overload"],
] as const;

/** Builtins that stand in annotations; a member of that name would stand in their way. */
const builtins = ["str", "int", "float", "bool", "bytes", "property"];

const taken = new Set<string>([...typingNames, ...builtins, "Item", "Pages", "models"]);

/** True for what can be written as a name in a class, and means nothing else there. */
export function isPlainName(name: string, used: ReadonlySet<string> = new Set()): boolean {
  return /^[A-Za-z]\w*$/.test(name) && !keywords.has(name) && !taken.has(name) && !used.has(name);
}

/** A name in the alphabet every Python takes as it is: others are normalised (PEP 3131), and two could become one. */
function ascii(name: string): string {
  const plain = [...name]
    .map((letter) => (/\w/.test(letter) ? letter : `u${letter.codePointAt(0)?.toString(16)}`))
    .join("");
  // Two underscores at the beginning mean a private name in a class.
  return /^[A-Za-z]/.test(plain) ? plain : `x${plain.replace(/^_+/, "_")}`;
}

/** A PascalCase name of a class, its own in `used`, to which it is added. */
export function className(name: string, used: Set<string>): string {
  const plain = ascii(name);
  return uniqueName(isPlainName(plain) ? plain : `${plain}_`, used);
}

/** A name of a function, parameter or property (PEP 8: words in lower case), its own in `used`. */
export function snakeName(name: string, used: Set<string>): string {
  const words = ascii(name)
    .replaceAll(/([a-z\d])([A-Z])/g, "$1_$2")
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();
  return uniqueName(isPlainName(words) ? words : `${words}_`, used);
}
