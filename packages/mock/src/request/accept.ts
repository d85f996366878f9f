import { essenceOf } from "../media-type.ts";

/**
 * How welcome a media type is, from 0 (not at all) to 1, as the most specific range of the `Accept` header that fits
 * says it (RFC 9110, section 12.5.1). Without a header everything is welcome.
 */
export function qualityOf(accept: string | undefined, mediaType: string): number {
  if (accept === undefined || accept.trim() === "") return 1;
  const essence = essenceOf(mediaType);
  let best = { specificity: -1, quality: 0 };
  for (const item of accept.split(",")) {
    const specificity = specificityOf(essenceOf(item), essence);
    if (specificity <= best.specificity) continue;
    const quality = Number(/;\s*q\s*=\s*([\d.]+)/i.exec(item)?.[1] ?? 1);
    best = { specificity, quality };
  }
  return best.quality;
}

/** 2 for the type itself, 1 for `type/*`, 0 for everything, -1 when the range doesn't fit. */
function specificityOf(range: string, essence: string): number {
  if (range === essence) return 2;
  if (range === `${essence.split("/")[0]}/*`) return 1;
  return range === "*/*" || range === "*" ? 0 : -1;
}
