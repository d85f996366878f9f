import type { Validation } from "./validation.ts";

/**
 * The same checks, with what they find about an answer kept for later: who created something has to know its id and its
 * price, also where the rest of the answer isn't as described.
 *
 * @param keep - told of what was found.
 */
export function deferAnswerChecks(validation: Validation, keep: (finding: unknown) => void): Validation {
  return {
    checkRequest: (operation, input) => validation.checkRequest(operation, input),
    checksOf(operation, received) {
      const { checkBody } = validation.checksOf(operation, received);
      return checkBody === undefined ? {} : { checkBody: (body) => checkBody(body).catch(keep) };
    },
  };
}
