import type { JsonObject } from "../json.ts";
import { textMembers, type WrittenCall } from "./completion.ts";
import type { StreamHabits } from "./scripted-answer.ts";

/** Cuts a text into pieces of so many characters, never through a character. */
export function cutText(text: string, length: number): string[] {
  const characters = [...text];
  const pieces: string[] = [];
  for (let start = 0; start < characters.length; start += length) {
    pieces.push(characters.slice(start, start + length).join(""));
  }
  return pieces;
}

function textPieces({ kind, text }: WrittenCall, habits: StreamHabits): unknown[] {
  if (habits.arguments === "object" && kind === "function") return [JSON.parse(text)];
  const pieces = cutText(text, habits.pieceLength ?? 12);
  return habits.arguments === "repeated" ? [...pieces, text] : pieces;
}

function indexOf(at: number, { index }: StreamHabits): JsonObject {
  if (index === "missing") return {};
  return { index: index === "shared" ? 0 : index === "from-1" ? at + 1 : at };
}

function idOf(id: string, piece: "first" | "middle" | "last", { id: habit }: StreamHabits): JsonObject {
  if (habit === "missing") return {};
  if (habit === "late") return piece === "last" ? { id } : {};
  if (habit === "shared") return piece === "first" ? { id: "call" } : {};
  if (piece === "first" || habit === "repeated") return { id };
  return habit === "emptied" ? { id: "" } : {};
}

function nameOf(name: string, at: number, { name: habit }: StreamHabits): JsonObject {
  if (habit === "late") return at === 1 ? { name } : {};
  if (at === 0 || habit === "repeated") return { name };
  return habit === "emptied" ? { name: "" } : {};
}

/** The fragments of one call: the first tells what it is, the others bring its text. */
function callFragments(call: WrittenCall, at: number, habits: StreamHabits): JsonObject[] {
  const { id, kind, name, members } = call;
  const pieces = ["", ...textPieces(call, habits)];
  return pieces.map((piece, position) => ({
    ...indexOf(at, habits),
    ...idOf(id, position === 0 ? "first" : position === pieces.length - 1 ? "last" : "middle", habits),
    ...(position === 0 && habits.type !== "missing" && { type: kind }),
    [kind]: { ...nameOf(name, position, habits), [textMembers[kind]]: piece },
    ...(position === 0 && members),
  }));
}

/** The fragments of all calls in the order they are sent. */
export function fragmentCalls(calls: readonly WrittenCall[], habits: StreamHabits): JsonObject[] {
  const all = calls.map((call, at) => callFragments(call, at, habits));
  if (!habits.interleave) return all.flat();
  const longest = Math.max(0, ...all.map((fragments) => fragments.length));
  const turns = Array.from({ length: longest }, (_, turn) => all.map((fragments) => fragments[turn]));
  return turns.flat().filter((fragment) => fragment !== undefined);
}
