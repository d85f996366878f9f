import { compare } from "./compare.ts";
import type { Testee } from "./testee.ts";
import type { Outcome, Piece, Vector, VectorKind } from "./vector.ts";
import { type Chunking, chunkings, cut, toChunk } from "./wire.ts";

/** The kinds whose departures from the format can be forbidden. */
const strictKinds: ReadonlySet<VectorKind> = new Set([
  "chat",
  "responses",
  "messages",
  "json-sequence",
  "multipart",
  "multipart-stream",
]);

/** Runs one vector in every way it can be cut up, and strictly. Gives what went wrong; empty when nothing did. */
export async function runVector(testee: Testee, vector: Vector): Promise<string[]> {
  const ways = vector.wire === undefined ? chunkings.slice(0, 1) : chunkings;
  const problems = ways.map((chunking) => runOnce(testee, vector, chunking));
  return (await Promise.all([...problems, runStrictly(testee, vector)])).flat();
}

/** What a vector expects, what it has in short in full. */
function expectedOf({ expected, wire = [] }: Vector): Outcome {
  const { chunks, events } = expected;
  if (events === "as sent") return { ...expected, events: wire.flatMap(dataOf) };
  return chunks === undefined ? expected : { ...expected, chunks: chunks.map(toChunk) };
}

/** The data of a piece that is an event. */
function dataOf(piece: Piece): unknown[] {
  return typeof piece === "object" && "data" in piece ? [piece.data] : [];
}

async function runOnce(testee: Testee, vector: Vector, chunking: Chunking): Promise<string[]> {
  const { snapshots, ...rest } = expectedOf(vector);
  // What there is after each piece depends on the pieces.
  const expected = chunking === "as given" && snapshots !== undefined ? { ...rest, snapshots } : rest;
  try {
    const found = await testee.read(vector, cut(vector.wire ?? [], chunking));
    return compare(expected, found).map((difference) => `${describe(chunking)}: ${difference}`);
  } catch (error) {
    return [`${describe(chunking)}: ${(error as Error).message}`];
  }
}

/**
 * What is put up with is an error when it is asked for: the vector's departures are met with one of their numbers, and a
 * vector without any comes out as ever.
 */
async function runStrictly(testee: Testee, vector: Vector): Promise<string[]> {
  const { options } = vector;
  const expected = expectedOf(vector);
  const { quirks } = expected;
  const isAsked = strictKinds.has(vector.kind) && options?.strict === undefined && quirks !== undefined;
  if (!isAsked || expected.error !== undefined) return [];
  try {
    const strict = { ...vector, options: { ...options, strict: true } };
    const found = await testee.read(strict, cut(vector.wire ?? [], "whole"));
    if (quirks.length === 0) return compare(expected, found).map((difference) => `strict: ${difference}`);
    const isRight = found.error?.reason === "quirk" && quirks.includes(String(found.error.code));
    return isRight
      ? []
      : [`strict: expected one of ${quirks.join(", ")}, found ${JSON.stringify(found.error)}`];
  } catch (error) {
    return [`strict: ${(error as Error).message}`];
  }
}

function describe(chunking: Chunking): string {
  return typeof chunking === "number" ? `in reads of ${chunking}` : chunking;
}
