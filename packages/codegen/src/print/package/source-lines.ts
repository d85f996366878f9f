/** Where declarations stand: the line, from 1 on, by name; methods as `Class.method`. */
export function sourceLines(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  const note = (name: string, line: number) => {
    if (!lines.has(name)) lines.set(name, line);
  };
  let within = "";
  for (const [index, line] of text.split("\n").entries()) {
    const declared = /^export (interface|type|class) ([\p{L}_$][\p{L}\p{Nd}_$]*)/u.exec(line);
    if (declared?.[2] !== undefined) {
      note(declared[2], index + 1);
      within = declared[1] === "class" ? declared[2] : "";
    }
    const method = /^ {2}([\p{L}_$][\p{L}\p{Nd}_$]*)\(/u.exec(line);
    if (method?.[1] !== undefined && within !== "") note(`${within}.${method[1]}`, index + 1);
  }
  return lines;
}
