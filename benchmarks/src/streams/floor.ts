import { textOf } from "./consumer.ts";

/** Reads a body to its end and does nothing with it: the share of the web stream in all other times. Gives the bytes. */
export async function readBody(response: Response): Promise<number> {
  const reader = response.body!.getReader();
  let bytes = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) bytes += read.value.length;
  return bytes;
}

/**
 * The least that can be done to have the chunks: decode, look for the blank line, parse. It knows that every event is
 * one `data: ` line ended by LF, checks nothing, and is what a parser can be compared with, not a parser.
 */
export async function readFloor(response: Response): Promise<string> {
  const reader = response.body!.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  let text = "";
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    rest += decoder.decode(read.value, { stream: true });
    let start = 0;
    for (let end = rest.indexOf("\n\n"); end !== -1; end = rest.indexOf("\n\n", start)) {
      const data = rest.slice(start + "data: ".length, end);
      if (data === "[DONE]") return text;
      text += textOf(JSON.parse(data));
      start = end + 2;
    }
    rest = rest.slice(start);
  }
  return text;
}
