import { join } from "node:path";
import { build } from "esbuild";
import { expect, test } from "vitest";

/** What a bundler makes of a program, for browsers: anything that only Node has would break the build. */
async function bundle(program: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: join(import.meta.dirname, ".."), loader: "ts" },
    bundle: true,
    format: "esm",
    platform: "browser",
    conditions: ["hawser-source"],
    minify: true,
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}

test("nothing that only Node has is reachable from the client", async () => {
  const text = await bundle(
    `import { Runcrate } from "@hawser/inference/runcrate"; console.log(new Runcrate());`,
  );
  expect(text).not.toMatch(/["']node:/);
});

test("a program that calls one operation carries no other, and no stream reader it doesn't use", async () => {
  const one = await bundle(
    `import { createClient, listModels } from "@hawser/inference/runcrate/operations"; console.log(await listModels(createClient()));`,
  );
  expect(one).toContain('"/models"');
  expect(one).not.toContain("/videos/{id}/download");
  expect(one).not.toContain("/chat/completions");
  const all = await bundle(
    `import { Runcrate } from "@hawser/inference/runcrate"; console.log(new Runcrate());`,
  );
  expect(one.length).toBeLessThan(all.length);
});
