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

const clients = ["runcrate", "crun", "vcita", "openai-compatible"];

test.each(clients)("nothing that only Node has is reachable from the client of %s", async (name) => {
  const text = await bundle(`export * from "@hawser/inference/${name}";`);
  expect(text.length).toBeGreaterThan(1000);
  expect(text).not.toMatch(/["']node:/);
});

test("a program that chats carries nothing of files, forms, envelopes, lists and waits", async () => {
  const { metafile } = await build({
    stdin: {
      contents: `import { createChatCompletion, createClient } from "@hawser/inference/runcrate/operations"; console.log(await createChatCompletion(createClient(), { model: "any", messages: [], stream: true }));`,
      resolveDir: join(import.meta.dirname, ".."),
    },
    bundle: true,
    format: "esm",
    platform: "browser",
    conditions: ["hawser-source"],
    metafile: true,
    write: false,
  });
  const used = Object.entries(Object.values(metafile.outputs)[0]!.inputs)
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([file]) => file.replace(/^.*[\\/]/, ""));
  expect(used).toContain("chat-completion-stream.ts");
  for (const part of ["binary-answer", "body-writers", "multipart", "file-name", "to-file", "upload-file"]) {
    expect(used).not.toContain(`${part}.ts`);
  }
  for (const part of [
    "same-json",
    "json-pointer",
    "list-pages",
    "wait-until",
    "create-and-wait",
    "token-credential",
  ]) {
    expect(used).not.toContain(`${part}.ts`);
  }
});

test("a program that calls one provider carries nothing of another", async () => {
  const crun = await bundle(`import { Crun } from "@hawser/inference/crun"; console.log(new Crun());`);
  expect(crun).toContain("api.crun.ai");
  expect(crun).not.toMatch(/runcrate|vcita/i);
  const shape = await bundle(`import { portableChat } from "@hawser/inference"; console.log(portableChat);`);
  expect(shape).not.toMatch(/crun|runcrate|vcita/i);
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
