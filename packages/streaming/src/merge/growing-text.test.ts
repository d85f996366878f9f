import fc from "fast-check";
import { expect, it } from "vitest";
import { GrowingText } from "./growing-text.ts";

it("joins its pieces, however many and whenever it is looked at", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), fc.boolean()), { maxLength: 400 }), (pieces) => {
      const text = new GrowingText();
      let expected = "";
      for (const [piece, isLookedAt] of pieces) {
        text.add(piece);
        expected += piece;
        expect(text.length).toBe(expected.length);
        if (isLookedAt) expect(text.text).toBe(expected);
      }
      expect(text.text).toBe(expected);
    }),
  );
});
