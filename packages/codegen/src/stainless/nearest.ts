/** The word that has most in common with the given one, measured in pairs of characters; `undefined` when none has anything. */
function nearest(word: string, words: Iterable<string>): string | undefined {
  const own = pairsOf(word);
  let best: { readonly word: string; readonly score: number } | undefined;
  for (const candidate of words) {
    const others = pairsOf(candidate);
    let common = 0;
    for (const pair of own) if (others.has(pair)) common += 1;
    const score = common / (own.size + others.size);
    if (common > 0 && score > (best?.score ?? 0)) best = { word: candidate, score };
  }
  return best?.word;
}

/** As it ends a sentence: ` The nearest is "…".`, or nothing. */
export function suggestion(word: string, words: Iterable<string>): string {
  const found = nearest(word, words);
  return found === undefined ? "" : ` The nearest is "${found}".`;
}

function pairsOf(word: string): Set<string> {
  // The ends count, so that words of one letter have pairs too.
  const text = ` ${word.toLowerCase()} `;
  return new Set(Array.from({ length: text.length - 1 }, (_, index) => text.slice(index, index + 2)));
}
