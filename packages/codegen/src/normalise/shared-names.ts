import { type OpenAPIDocument, operationsOf } from "../document.ts";
import { asArray, asObject, type JsonObject, joinPointer } from "../json.ts";
import type { Pass } from "./report.ts";

const places = ["query", "header", "cookie"];

/**
 * A call gives the values of query, header and cookie parameters in one object, by name. Of parameters of one name the
 * required one is kept, else the first in that order; the others are left out, since the options `query` and `headers`
 * can send them. Where several are required the value goes to each, if they have one schema, and is a problem if not.
 */
export const sharedNames: Pass = (document: OpenAPIDocument, report) => {
  for (const { operation, pointer } of operationsOf(document)) {
    const parameters = asArray(operation.parameters).map(asObject);
    const rank = ({ in: place, required }: JsonObject) =>
      places.indexOf(String(place)) - (required === true ? places.length : 0);
    const kept = new Map<unknown, JsonObject>();
    for (const parameter of parameters) {
      const rival = kept.get(parameter.name);
      if (!places.includes(String(parameter.in))) continue;
      if (rival === undefined || rank(parameter) < rank(rival)) kept.set(parameter.name, parameter);
    }
    const others = parameters.filter(
      (parameter) => places.includes(String(parameter.in)) && kept.get(parameter.name) !== parameter,
    );
    if (others.length === 0) continue;
    operation.parameters = parameters.filter(
      (parameter) => parameter.required === true || !others.includes(parameter),
    );
    for (const { name, in: place, required, schema } of others) {
      const { in: other, schema: first } = asObject(kept.get(name));
      if (required === true) {
        if (JSON.stringify(schema) === JSON.stringify(first)) continue;
        const message = `it needs "${String(name)}" in ${String(other)} and in ${String(place)}, and a call gives one value of that name: make one of them optional with an overlay.`;
        report.problem(pointer, message);
        continue;
      }
      report.change({
        rule: "shared-names",
        pointer: joinPointer(pointer, "parameters"),
        before: { name, in: place },
        reason: `A call gives one value of that name, which is the parameter in ${String(other)}; an option can send this one.`,
      });
    }
  }
};
