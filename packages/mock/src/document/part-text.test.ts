import { expect, test } from "vitest";
import { partText, withBoundary } from "./part-text.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

test("a list of values becomes parts, JSON and text", () => {
  expect(partText([{ a: 1 }, "part"], {}, "multipart/mixed")).toBe(
    '--part-part\r\nContent-Type: application/json\r\n\r\n{"a":1}\r\n' +
      "--part-part\r\nContent-Type: text/plain; charset=utf-8\r\n\r\npart\r\n--part-part--\r\n",
  );
});

test("numbers and booleans become text, and JSON where the encoding says so", () => {
  const media = { prefixEncoding: [{}, { contentType: "application/json" }] };
  expect(partText([1, 2, true], media, "multipart/mixed; boundary=b")).toBe(
    "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n1\r\n" +
      "--b\r\nContent-Type: application/json\r\n\r\n2\r\n" +
      "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\ntrue\r\n--b--\r\n",
  );
});

test("the encoding names the type of a part, and the media type the boundary", () => {
  const media = {
    prefixEncoding: [{ contentType: "text/html" }],
    itemEncoding: { contentType: "application/problem+json, image/*" },
  };
  expect(partText(["<p>", "a"], media, "multipart/mixed; boundary=-")).toBe(
    '---\r\nContent-Type: text/html\r\n\r\n<p>\r\n---\r\nContent-Type: application/problem+json\r\n\r\n"a"\r\n-----\r\n',
  );
});

test.each([
  ["multipart/mixed", "preamble\r\n--a b \r\n\r\n1\r\n--a b--", 'multipart/mixed; boundary="a b"'],
  ["multipart/mixed; boundary=x", "--y\r\n", "multipart/mixed; boundary=x"],
  ["multipart/mixed", "no boundary", "multipart/mixed"],
])("%s with the transcript %j says %s", (mediaType, transcript, want) => {
  expect(withBoundary(mediaType, bytes(transcript))).toBe(want);
});
