import { describe, expect, test } from "vitest";
import { lastSegment, readFileName } from "./file-name.ts";

// Examples of RFC 6266, 5, and what servers make of them.
describe("the file name of a Content-Disposition", () => {
  const table: [disposition: string | null, want: string | undefined][] = [
    [null, undefined],
    ["inline", undefined],
    ['attachment; filename="video.mp4"', "video.mp4"],
    ["attachment; filename=video.mp4", "video.mp4"],
    ["Attachment; FileName=example.html", "example.html"],
    ['attachment; filename="a \\"b\\".mp4"', 'a "b".mp4'],
    ['attachment; filename="a;b.mp4"; size=5', "a;b.mp4"],
    ["attachment; filename*=UTF-8''%e2%82%ac%20rates", "€ rates"],
    ["attachment; filename=\"EURO rates\"; filename*=utf-8''%e2%82%ac%20rates", "€ rates"],
    ["attachment; filename*=iso-8859-1''%a3%20rates", "£ rates"],
    ["attachment; filename=ok.txt; filename*=UTF-8''%ZZ", "ok.txt"],
    ['attachment; filename="../../etc/passwd"', "passwd"],
    ['attachment; filename="C:\\\\temp\\\\a.txt"', "a.txt"],
    ['attachment; filename=".."', undefined],
    ['attachment; filename=""', undefined],
  ];
  test.each(table)("%s is %s", (disposition, want) => {
    expect(readFileName(disposition)).toBe(want);
  });
});

test("the last segment of a path is decoded, where it can be", () => {
  expect(lastSegment("/a/b%20c.mp3?x=/y")).toBe("b c.mp3");
  expect(lastSegment("/a/100%")).toBe("100%");
  expect(lastSegment("/a/")).toBeUndefined();
});
