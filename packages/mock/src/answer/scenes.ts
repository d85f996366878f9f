import { DocumentError, type Problem } from "@hawser/codegen";
import type { MockOperation } from "../document/operation.ts";
import { asObject, isObject, type JsonObject } from "../json.ts";
import { choose } from "./choose.ts";
import { ChoiceError, problemOfWanted, type Wanted } from "./wanted.ts";

/** One answer of a scene: the name of an example, or what is wanted in full. */
export type Step = string | Wanted;

/** For each operation, by its id, the answers it gives one after the other; the last one repeats. */
export type Scene = Readonly<Record<string, readonly Step[]>>;

/** The scenes of a server and how far each has got. */
export interface Scenes {
  readonly names: readonly string[];
  /** The next answer of an operation; `undefined` when the scene says nothing of it. Throws for an unknown name. */
  next(name: string | undefined, operation: MockOperation): Wanted | undefined;
  /** Makes a scene the one that answers from now on, from its beginning; without one, none does. */
  use(scene: string | Scene | undefined): void;
  /** Every scene begins anew. */
  restart(): void;
}

/**
 * Gathers scenes: those of the document (`x-hawser-scenes` at its root), and those given, which go before.
 *
 * @throws {DocumentError} naming each scene, operation and step that doesn't fit the document
 */
export function createScenes(
  operations: readonly MockOperation[],
  document: JsonObject,
  source: string,
  given: Readonly<Record<string, Scene>> = {},
): Scenes {
  const found = asObject(document["x-hawser-scenes"]);
  check(
    Object.entries(found).flatMap(([name, scene]) =>
      problemsOf(scene, operations, source, `#/x-hawser-scenes/${name}`),
    ),
  );
  check(
    Object.entries(given).flatMap(([name, scene]) => problemsOf(scene, operations, "scenes", `#/${name}`)),
  );
  const scenes = new Map(Object.entries({ ...(found as Record<string, Scene>), ...given }));
  const taken = new Map<Scene, Map<string, number>>();
  let current: Scene | undefined;

  const byName = (name: string): Scene => {
    const scene = scenes.get(name);
    if (scene !== undefined) return scene;
    const known = [...scenes.keys()];
    throw new ChoiceError(
      known.length === 0
        ? `There is no scene "${name}": neither the document nor the server has scenes.`
        : `There is no scene "${name}". There are ${known.join(", ")}.`,
    );
  };

  return {
    names: [...scenes.keys()],
    next(name, operation) {
      const scene = name === undefined ? current : byName(name);
      const steps = scene?.[operation.id];
      if (scene === undefined || steps === undefined) return undefined;
      const counts = taken.get(scene) ?? new Map<string, number>();
      taken.set(scene, counts);
      const count = counts.get(operation.id) ?? 0;
      counts.set(operation.id, count + 1);
      const step = steps[Math.min(count, steps.length - 1)];
      return typeof step === "string" ? { example: step } : step;
    },
    use(scene) {
      if (isObject(scene)) check(problemsOf(scene, operations, "scene", "#"));
      current = typeof scene === "string" ? byName(scene) : scene;
      if (current !== undefined) taken.delete(current);
    },
    restart() {
      taken.clear();
    },
  };
}

function problemsOf(
  scene: unknown,
  operations: readonly MockOperation[],
  source: string,
  pointer: string,
): Problem[] {
  if (!isObject(scene)) {
    return [
      { source, pointer, message: "a scene is an object of operation ids, each with a list of steps." },
    ];
  }
  return Object.entries(scene).flatMap(([id, steps]): Problem[] => {
    const operation = operations.find((candidate) => candidate.id === id);
    if (operation === undefined) {
      const known = operations.map((each) => each.id).join(", ");
      return [{ source, pointer, message: `there is no operation "${id}". There are ${known}.` }];
    }
    if (!Array.isArray(steps) || steps.length === 0) {
      return [
        { source, pointer: `${pointer}/${id}`, message: "an operation of a scene needs a list of steps." },
      ];
    }
    return steps.flatMap((step: unknown, index): Problem[] => {
      const problem = problemOf(operation, step);
      return problem === undefined
        ? []
        : [{ source, pointer: `${pointer}/${id}/${index}`, message: problem }];
    });
  });
}

function problemOf(operation: MockOperation, step: unknown): string | undefined {
  if (typeof step !== "string" && !isObject(step)) return "a step is the name of an example, or an object.";
  const wanted: Wanted = typeof step === "string" ? { example: step } : step;
  const problem = problemOfWanted({ ...wanted });
  if (problem !== undefined) return problem;
  try {
    choose(operation, { body: undefined, accept: undefined }, wanted);
    return undefined;
  } catch (error) {
    return error instanceof ChoiceError ? error.message : undefined;
  }
}

function check(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new DocumentError(problems);
}
