import { dataOf, envelopeOf, jsonAnswers } from "../answers.ts";
import { operationsOf } from "../document.ts";
import { isObject } from "../json.ts";
import { schemasAt } from "../schema-at.ts";
import { nameInPlace } from "./name-in-place.ts";
import type { Pass } from "./report.ts";

/**
 * The places `x-hawser-envelope` names are there in each JSON answer it is about, and the data, which is what a call
 * returns, has a type with a name.
 */
export const envelopes: Pass = (document, report) => {
  for (const { operation, pointer } of operationsOf(document)) {
    const envelope = envelopeOf(document, operation);
    if (envelope === undefined) continue;
    const answers = jsonAnswers(document, operation);
    if (answers.length === 0 && isObject(operation["x-hawser-envelope"])) {
      report.problem(`${pointer}/x-hawser-envelope`, "no 2xx answer of the operation is JSON: take it out.");
    }
    const pointers = [
      ["data", envelope.data],
      ["success/pointer", envelope.success?.pointer],
      ["status", envelope.status],
    ] as const;
    for (const { media, pointer: answer } of answers) {
      for (const [member, place] of pointers) {
        if (place === undefined || schemasAt(document, media.schema ?? {}, place).length > 0) continue;
        const own = isObject(operation["x-hawser-envelope"]);
        report.problem(
          own ? `${pointer}/x-hawser-envelope/${member}` : pointer,
          `the answer at ${pointer}${answer} has no ${place}, where x-hawser-envelope says its ${member.split("/")[0]} is: correct the pointer or the schema${own ? "" : ", or set x-hawser-envelope: false here"}.`,
        );
      }
    }
    for (const place of dataOf(document, operation)) nameInPlace(document, place, "envelopes", report);
  }
};
