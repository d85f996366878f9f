import { expect, it } from "vitest";
import { createJsonScanner } from "./json-scanner.ts";

it.each([
  ["{}", true],
  [' {"a":[1,{"b":"}"}]} ', true],
  ["[]", true],
  ['{"a":"\\"}"', false],
  ['{"a":"\\\\"}', true],
  ['{"a":{}', false],
  ['{"a', false],
  ["", false],
  ["5", false],
  ['{}{"a"', false],
])("tells whether %s is closed, whole and by characters", (text, expected) => {
  const whole = createJsonScanner();
  whole.push(text);
  const pieces = createJsonScanner();
  for (const character of text) pieces.push(character);
  expect([whole.isClosed(), pieces.isClosed()]).toEqual([expected, expected]);
});
