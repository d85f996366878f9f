import { describe, expect, test } from "vitest";
import { openEnvelope } from "./envelope.ts";
import type { EnvelopeSettings } from "./operation.ts";

const coded: EnvelopeSettings = {
  data: "/data",
  success: { pointer: "/code", values: [200] },
  status: "/code",
};

describe("the data", () => {
  test("is what stands where the envelope says", () => {
    const body = { code: 200, data: { id: 1 } };
    expect(openEnvelope(body, coded)).toEqual({ kind: "data", answer: { data: { id: 1 }, body } });
    const deep = { result: { items: [1] } };
    expect(openEnvelope(deep, { data: "/result/items" })).toEqual({
      kind: "data",
      answer: { data: [1], body: deep },
    });
  });

  test.each([null, false, 0, "", []])("can be %j", (data) => {
    expect(openEnvelope({ data }, { data: "/data" })).toMatchObject({ answer: { data } });
  });

  test("is missing where the answer is something else", () => {
    for (const body of [{}, [], null, 5, "text", { meta: {} }, { data: undefined }]) {
      expect(openEnvelope(body, { data: "/data" })).toEqual({ kind: "missing" });
      expect(openEnvelope(body, coded)).toEqual({ kind: "missing" });
    }
    expect(openEnvelope({ code: 200 }, coded)).toEqual({ kind: "missing" });
  });
});

describe("a failure", () => {
  test.each([
    [402, 402],
    ["402", 402],
    [1001, undefined],
    [0, undefined],
    ["E402", undefined],
    [null, undefined],
  ])("with the mark %j has the status %j", (code, status) => {
    expect(openEnvelope({ code, data: null }, coded)).toEqual({ kind: "failure", status });
  });

  test("is told by the mark alone, exactly", () => {
    const flag: EnvelopeSettings = { data: "/data", success: { pointer: "/success", values: [true] } };
    for (const success of [false, "true", 1, null]) {
      expect(openEnvelope({ success, data: {} }, flag)).toEqual({ kind: "failure", status: undefined });
    }
    expect(openEnvelope({ data: {} }, flag)).toEqual({ kind: "failure", status: undefined });
    expect(openEnvelope({ success: true, data: {} }, flag)).toMatchObject({ kind: "data" });
  });
});
