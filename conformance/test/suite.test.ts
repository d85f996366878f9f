import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { readVectorFiles } from "../src/vector.ts";

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, "../schema/suite.schema.json"), "utf8"),
) as object;
const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);
const files = readVectorFiles();
const departures = Array.from({ length: 50 }, (_, place) => `Q${place + 1}`);
const vectors = files.flatMap(([, file]) => file.vectors);

describe("the suite", () => {
  it.each(files)("%s is as its schema says", (_name, file) => {
    expect(validate(file) ? [] : validate.errors).toEqual([]);
  });

  it("has every id once", () => {
    const ids = vectors.map(({ id }) => id);
    expect(ids.filter((id, place) => ids.indexOf(id) !== place)).toEqual([]);
  });

  it("has a vector for every departure", () => {
    const shown = new Set(vectors.map(({ id }) => /^Q[0-9]+/.exec(id)?.[0]));
    expect(departures.filter((id) => !shown.has(id))).toEqual([]);
  });

  it("has every departure that is reported under its own number", () => {
    const reported = vectors.filter(({ id, expected }) => expected.quirks?.includes(id.split("-")[0]!));
    const numbers = new Set(reported.map(({ id }) => id.split("-")[0]));
    const silent = ["Q1", "Q2", "Q5", "Q6", "Q8", "Q9", "Q31", "Q32", "Q33", "Q35", "Q36", "Q38"];
    const elsewhere = ["Q23", "Q40", "Q41", "Q42"];
    expect(departures.filter((id) => !numbers.has(id))).toEqual([...silent, ...elsewhere].sort(byNumber));
  });
});

function byNumber(one: string, two: string): number {
  return Number(one.slice(1)) - Number(two.slice(1));
}
