import { expect, test } from "vitest";
import { explain } from "./explain.ts";

const finding = (path: string, code: string, message: string) => ({ path: path.split("/"), code, message });

test("a fault is told in Prism's words, with its place in the body", () => {
  expect(explain([finding("body/a/0", "type", "Request body property a.0 must be string")])).toEqual({
    message: "Request body property a.0 must be string",
    faults: [{ path: ["a", "0"], message: "Request body property a.0 must be string" }],
  });
});

test("types a union allows are told together", () => {
  const findings = [
    finding("body/stop", "type", "Request body property stop must be string"),
    finding("body/stop", "type", "Request body property stop must be array"),
    finding("body/stop", "anyOf", "Request body property stop must match a schema in anyOf"),
  ];
  expect(explain(findings).message).toBe("Request body property stop must be string or array");
});

test("a variant that got further is what counts", () => {
  const findings = [
    finding("body/content", "type", "Request body property content must be string"),
    finding(
      "body/content/0",
      "required",
      "Request body property content.0 must have required property 'type'",
    ),
    finding("body/content", "anyOf", "Request body property content must match a schema in anyOf"),
  ];
  expect(explain(findings).message).toBe(
    "Request body property content.0 must have required property 'type'",
  );
});

test.each([
  ["property a boolean schema is false", "property a isn't allowed here"],
  ["property a must match a schema in anyOf", "property a fits none of the forms it can have"],
  ["property a must NOT be valid", "property a is what it must not be"],
  ["property a must NOT have fewer than 2 characters", "property a must not have fewer than 2 characters"],
])("%j becomes %j", (said, told) => {
  expect(explain([finding("body/a", "false schema", said)]).message).toBe(told);
});

test("a union without a better reason is told as it is", () => {
  const findings = [
    finding("body/a", "oneOf", "Request body property a must match exactly one schema in oneOf"),
  ];
  expect(explain(findings).message).toMatch(/exactly one of the forms/);
});

test("of many faults five are told, and how many more there are", () => {
  const findings = Array.from({ length: 7 }, (_, index) =>
    finding(`body/${index}`, "type", `${index} is wrong`),
  );
  expect(explain(findings).message).toBe(
    "0 is wrong; 1 is wrong; 2 is wrong; 3 is wrong; 4 is wrong (and 2 more)",
  );
  expect(explain(findings).faults).toHaveLength(7);
});
