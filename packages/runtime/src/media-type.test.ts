import { expect, test } from "vitest";
import { extensionOf, extensionOfType, typeOfExtension } from "./media-type.ts";

test.each([
  ["photo.PNG", ".png"],
  ["a.b.jpeg", ".jpeg"],
  ["archive.tar.gz", ".gz"],
  [".gitignore", undefined],
  ["photo", undefined],
  ["photo.", undefined],
  ["a.b c", undefined],
  [undefined, undefined],
])("the extension of %j is %j", (name, extension) => {
  expect(extensionOf(name)).toBe(extension);
});

test("extension and media type belong together, both ways", () => {
  expect(typeOfExtension(".jpeg")).toBe("image/jpeg");
  expect(typeOfExtension(".xyz")).toBeUndefined();
  expect(typeOfExtension("toString")).toBeUndefined();
  expect(extensionOfType("Image/PNG; charset=binary")).toBe(".png");
  expect(extensionOfType("image/jpeg")).toBe(".jpg");
  expect(extensionOfType("application/x-unknown")).toBeUndefined();
  expect(extensionOfType(undefined)).toBeUndefined();
});
