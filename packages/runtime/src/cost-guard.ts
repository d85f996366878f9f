import type { Client } from "./client.ts";
import { HawserError } from "./errors.ts";
import { readPointer } from "./json-pointer.ts";
import { listPages } from "./list-pages.ts";
import { readNumber } from "./next-page.ts";
import type { CostPlan, Operation } from "./operation.ts";
import type { RequestOptions } from "./options.ts";
import type { Creation } from "./plans.ts";
import { isSameJSON } from "./same-json.ts";

/** What a CostLimitError is made of. */
export interface CostLimitErrorInit {
  limit: number;
  costPerHour: number | undefined;
  terminated: boolean | undefined;
  data?: unknown;
}

/** Something would cost more per hour than allowed, or it can't be told whether it does. */
export class CostLimitError extends HawserError {
  static override readonly kind: string = "CostLimitError";
  /** The option `maxCostPerHour`. */
  readonly limit: number;
  /** What it costs per hour, at the least; undefined when nobody says. */
  readonly costPerHour: number | undefined;
  /** Undefined: nothing was created. True: what was created was removed again. False: it couldn't be. */
  readonly terminated: boolean | undefined;
  readonly #data: unknown;

  constructor(message: string, init: CostLimitErrorInit) {
    super(message);
    this.limit = init.limit;
    this.costPerHour = init.costPerHour;
    this.terminated = init.terminated;
    this.#data = init.data;
  }

  /** What the server answered to the creation; undefined when nothing was created. Not shown when the error is printed. */
  get data(): unknown {
    return this.#data;
  }

  override toJSON(): Record<string, unknown> {
    const { limit, costPerHour, terminated } = this;
    return { ...super.toJSON(), limit, costPerHour, terminated };
  }
}

type Prices = NonNullable<CostPlan["prices"]>;

/** Whether a price is for what the body asks for. What the body leaves to the server isn't compared. */
function isMatching(item: unknown, body: unknown, match: Prices["match"]): boolean {
  return Object.entries(match).every(([member, pointer]) => {
    const wanted = readPointer(body, `/${member.replaceAll("~", "~0").replaceAll("/", "~1")}`);
    if (wanted === undefined || wanted === null || wanted === "auto") return true;
    return isSameJSON(wanted, readPointer(item, pointer));
  });
}

/**
 * The prices per hour of what a body asks for.
 *
 * @throws CostLimitError when there are some and all are above the limit, or when they don't settle it and what costs too
 *   much couldn't be removed; what asking for them throws.
 */
export async function checkPrices(
  client: Client,
  { create, undo }: Creation,
  body: unknown,
  limit: number,
  options: RequestOptions,
): Promise<readonly number[]> {
  const prices = create.cost?.prices;
  const found: number[] = [];
  if (prices !== undefined) {
    for await (const item of listPages(client, prices.operation, {}, options)) {
      const price = readNumber(readPointer(item, prices.perHour));
      if (price !== undefined && isMatching(item, body, prices.match)) found.push(price);
    }
  }
  const lowest = found.length === 0 ? undefined : Math.min(...found);
  const refusal =
    lowest !== undefined && lowest > limit
      ? `what fits costs ${lowest} per hour at the least, above the limit of ${limit}`
      : undo === undefined && !areWithin(found, limit)
        ? `it may cost more per hour than the limit of ${limit}, and couldn't be removed then`
        : undefined;
  if (refusal === undefined) return found;
  throw new CostLimitError(`${create.id} wasn't sent: ${refusal}`, {
    limit,
    costPerHour: lowest,
    terminated: undefined,
  });
}

/** Whether there are prices, and whichever it is keeps the limit. */
function areWithin(prices: readonly number[], limit: number): boolean {
  return prices.length > 0 && prices.every((price) => price <= limit);
}

/**
 * Why what was created must not stay: it costs more than allowed, or nobody says what it costs. A limit that can't be
 * checked doesn't count as kept. Undefined: it may stay.
 *
 * @param prices - those found before it was created.
 */
export function costObjection(
  create: Operation,
  created: unknown,
  limit: number,
  prices: readonly number[],
): { readonly message: string; readonly costPerHour: number | undefined } | undefined {
  const costPerHour = readNumber(readPointer(created, create.cost!.perHour));
  if (costPerHour !== undefined) {
    if (costPerHour <= limit) return undefined;
    return { message: `It costs ${costPerHour} per hour, above the limit of ${limit}`, costPerHour };
  }
  if (areWithin(prices, limit)) return undefined;
  return {
    message: `Nobody says what it costs per hour, so the limit of ${limit} can't be kept`,
    costPerHour,
  };
}
