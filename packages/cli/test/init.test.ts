import { afterEach, expect, test, vi } from "vitest";
import type { Questions } from "../src/questions.ts";
import { harbour, inFolder } from "./folder.ts";

/** Somebody who gives these answers, in their order; undefined leaves the question. */
function answering(...answers: (string | boolean | undefined)[]): Questions & { asked: string[] } {
  const asked: string[] = [];
  const next = (question: string) => {
    asked.push(question);
    return answers.shift();
  };
  return {
    asked,
    text: async (question) => next(question) as string | undefined,
    choice: async (question) => next(question) as never,
    confirm: async (question) => next(question) as boolean | undefined,
  };
}

afterEach(() => void vi.restoreAllMocks());

/** A Node that can't run TypeScript. */
function withoutTypes() {
  vi.spyOn(process.features, "typescript", "get").mockReturnValue(false);
}

test("where Node can't run TypeScript, init writes what it can run, and generate takes that", async () => {
  withoutTypes();
  await inFolder(async ({ write, read, hawser }) => {
    await write("openapi.yaml", harbour());
    const { code, out } = await hawser(["init", "--yes"]);
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining("wrote hawser.config.mjs") });
    expect(await read("hawser.config.mjs")).toContain("export default {\n  clients: [\n");
    await write("hawser.config.ts", "of no use here");
    expect((await hawser(["generate"])).code).toBe(0);
    expect(await read("src/client/client.ts")).toContain("HarbourClient");
  });
});

test("init writes over the configuration that is there, by whichever name", async () => {
  await inFolder(async ({ write, read, hawser }) => {
    await write("openapi.yaml", harbour());
    await write("hawser.config.js", "mine");
    const refused = await hawser(["init", "--yes"]);
    expect(refused).toMatchObject({ code: 1, error: expect.stringContaining("hawser.config.js is there") });
    expect((await hawser(["init", "--yes", "--force"])).code).toBe(0);
    expect(await read("hawser.config.js")).toContain("openapi.yaml");
    await expect(read("hawser.config.ts")).rejects.toThrow();
  });
});

test("a document that isn't there is told at its question, and before the next one", async () => {
  await inFolder(async ({ write, hawser }) => {
    await write("openapi.yaml", harbour());
    const questions = answering("gone.yaml", "src/client");
    const problems: (string | undefined)[] = [];
    const text: Questions["text"] = (question, given) => {
      for (const value of [" ", "gone.yaml", "openapi.yaml", "https://a.example/openapi.yaml"])
        problems.push(given.problem?.(value));
      return questions.text(question, given);
    };
    const { code, error } = await hawser(["init"], { questions: { ...questions, text } });
    expect({ code, error }).toMatchObject({ code: 1, error: expect.stringContaining("gone.yaml") });
    expect(problems).toEqual(["It can't be empty.", "There is no such file.", undefined, undefined]);
    expect(questions.asked).toHaveLength(1);
  });
});

test("init asks, writes a configuration, and generate takes it", async () => {
  await inFolder(async ({ write, read, hawser }) => {
    await write("openapi.yaml", harbour());
    const questions = answering("openapi.yaml", "src/harbour", "typescript", ".ts");
    expect((await hawser(["init"], { questions })).code).toBe(0);
    expect(questions.asked).toHaveLength(4);
    expect(await read("hawser.config.ts")).toBe(`import { defineConfig } from "@hawser/cli";

export default defineConfig({
  clients: [
    {
      document: "openapi.yaml",
      out: "src/harbour",
      importExtension: ".ts",
    },
  ],
});
`);
  });
});

test("init asks only for what no flag says", async () => {
  await inFolder(async ({ write, read, hawser }) => {
    await write(
      "api.json",
      JSON.stringify({ openapi: "3.1.0", info: { title: "T", version: "1" }, paths: {} }),
    );
    const questions = answering("types");
    await hawser(["init", "--document", "api.json", "--language", "python"], { questions });
    expect(questions.asked).toEqual(["Which folder is the client for?"]);
    expect(await read("hawser.config.ts")).toContain('language: "python"');
  });
});

test("a question that is left writes nothing", async () => {
  await inFolder(async ({ write, read, hawser }) => {
    await write("openapi.yaml", harbour());
    const { code, error } = await hawser(["init"], { questions: answering(undefined) });
    expect({ code, error }).toEqual({ code: 130, error: "Nothing was written." });
    await expect(read("hawser.config.ts")).rejects.toThrow();
  });
});

test("init writes over a configuration only when it is told to", async () => {
  await inFolder(async ({ write, read, hawser }) => {
    await write("openapi.yaml", harbour());
    await write("hawser.config.ts", "mine");
    expect(await hawser(["init", "--yes"])).toMatchObject({
      code: 1,
      error: expect.stringContaining("--force"),
    });
    expect((await hawser(["init"], { questions: answering(false) })).code).toBe(1);
    expect((await hawser(["init"], { questions: answering(undefined) })).code).toBe(130);
    expect(await read("hawser.config.ts")).toBe("mine");
    expect((await hawser(["init", "--yes", "--force"])).code).toBe(0);
    expect(await read("hawser.config.ts")).toContain("defineConfig");
  });
});

test.each([
  ["nobody to ask and no flags", [], 2, /There is nobody to ask: say --document and --out, or --yes/],
  ["nothing to guess the document from", ["--yes"], 2, /say which document with --document/],
  [
    "a document that isn't there",
    ["--document", "gone.yaml", "--out", "a"],
    1,
    /gone\.yaml: there is no such file/,
  ],
])("init ends with a sentence for %s", async (_what, flags, wanted, message) => {
  await inFolder(async ({ hawser }) => {
    const { code, error } = await hawser(["init", ...flags]);
    expect(code).toBe(wanted);
    expect(error).toMatch(message);
  });
});

test("init begins with a document that an overlay has to mend, and says so", async () => {
  await inFolder(async ({ write, hawser }) => {
    await write(
      "openapi.yaml",
      harbour().replace(
        "paths:\n",
        "paths:\n  /a: { get: { parameters: [{ name: q, in: querystring, schema: {} }], responses: {} } }\n",
      ),
    );
    const { code, error } = await hawser(["init", "--yes"]);
    expect(code).toBe(0);
    expect(error).toContain("An overlay can mend that");
  });
});
