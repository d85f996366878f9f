import { join } from "node:path";
import { expect, test } from "vitest";
import { withFolder } from "../../test/documents.ts";
import { withServer } from "../../test/server.ts";
import type { DocumentError } from "../document-error.ts";
import { loadOverlaid } from "./load-overlaid.ts";

const head = "openapi: 3.2.0\ninfo: { title: T, version: 1.0.0 }\npaths: {}\n";
const overlay = (name: string, rest = "") =>
  `overlay: 1.1.0\ninfo: { title: O, version: 1.0.0 }\nactions: [{ target: $.info, update: { x-seen: [${name}] } }]\n${rest}`;

/** The message of a document that can't be read, without the folder and the server's address. */
function messageOf(loading: Promise<unknown>, ...hidden: string[]): Promise<string> {
  return loading.then(
    () => "",
    (error: DocumentError) => hidden.reduce((text, part) => text.replaceAll(part, ""), error.message),
  );
}

test("an overlay in the place of a document is laid over the document it extends, before the others", async () => {
  const files = {
    "openapi.yaml": head,
    "inner.yaml": overlay("inner", "extends: ./openapi.yaml\n"),
    "deep/outer.yaml": overlay("outer", "extends: ../inner.yaml\n"),
    "last.yaml": overlay("last"),
  };
  await withFolder(files, async (folder) => {
    const loaded = await loadOverlaid({
      document: join(folder, "deep/outer.yaml"),
      overlays: [join(folder, "last.yaml")],
    });
    expect(loaded.document.info).toEqual({
      title: "T",
      version: "1.0.0",
      "x-seen": ["inner", "outer", "last"],
    });
    expect(loaded.source).toBe(join(folder, "openapi.yaml"));
    expect(loaded.files.map((file) => file.slice(folder.length + 1))).toEqual([
      "openapi.yaml",
      "inner.yaml",
      "deep/outer.yaml",
      "last.yaml",
    ]);
  });
});

test.each<[string, { given: Record<string, string>; want: string }]>([
  [
    "an overlay alone that names no document",
    {
      given: { "a.yaml": overlay("a") },
      want: "a.yaml at #/extends: this is an overlay that doesn't say which document it is for: name the document, and the overlay with it.",
    },
  ],
  [
    "overlays that extend each other",
    {
      given: {
        "a.yaml": overlay("a", "extends: b.yaml\n"),
        "b.yaml": overlay("b", "extends: a.yaml\n"),
      },
      want: 'b.yaml at #/extends: "a.yaml" leads back to this overlay.',
    },
  ],
  [
    "an overlay for a document that isn't there",
    { given: { "a.yaml": overlay("a", "extends: gone.yaml\n") }, want: "gone.yaml: there is no such file." },
  ],
])("%s is refused", async (_name, { given, want }) => {
  const message = await withFolder(given, (folder) =>
    messageOf(loadOverlaid({ document: join(folder, "a.yaml") }), `${folder}/`),
  );
  expect(message).toBe(want);
});

const remote = {
  "/api/openapi.yaml": {
    body: `${head}components: { schemas: { A: { $ref: "schemas.json#/A" } } }\n`,
  },
  "/api/schemas.json": { body: '{ "A": { "type": "string" } }' },
  "/api/bare": {
    body: '{ "openapi": "3.1.0", "info": { "title": "T", "version": "1" }, "paths": {} }',
    headers: { "content-type": "text/plain" },
  },
  "/api/files.yaml": {
    body: `${head}components: { schemas: { A: { $ref: "file:///etc/hostname" } } }\n`,
  },
  "/api/example.yaml": {
    body: `${head}components: { examples: { A: { externalValue: "file:///etc/hostname.txt" } } }\n`,
  },
  "/api/smuggled.yaml": {
    body: `${head}components: { examples: { A: { x-hawser-external-value: "file:///etc/hostname.txt" } } }\n`,
  },
  "/api/overlay.yaml": { body: overlay("remote", "extends: openapi.yaml\n") },
  "/api/local.yaml": { body: overlay("remote", "extends: file:///etc/openapi.yaml\n") },
  "/moved.yaml": { status: 302, headers: { location: "/api/openapi.yaml" } },
};

test.each(["api/openapi.yaml", "moved.yaml", "api/overlay.yaml"])(
  "%s is read by URL, with what it refers to on its own server",
  async (path) => {
    await withServer(remote, async (url) => {
      const { document, files } = await loadOverlaid({ document: `${url}${path}` });
      expect(document.components).toEqual({ schemas: { A: { type: "string" } } });
      expect(files).toContain(`${url}api/schemas.json`);
    });
  },
);

test("a document whose address says nothing about its form is read", async () => {
  await withServer(remote, async (url) => {
    expect((await loadOverlaid({ document: `${url}api/bare` })).document.openapi).toBe("3.1.0");
  });
});

test("an overlay is read by URL", async () => {
  await withServer(remote, async (url) => {
    await withFolder({ "openapi.yaml": head }, async (folder) => {
      const { document } = await loadOverlaid({
        document: join(folder, "openapi.yaml"),
        overlays: [`${url}api/overlay.yaml`],
      });
      expect(document.info).toMatchObject({ "x-seen": ["remote"] });
    });
  });
});

test("a document of this machine refers to the web only where that is allowed", async () => {
  await withServer(remote, async (url, requests) => {
    const files = {
      "openapi.yaml": `${head}components: { schemas: { B: { $ref: "${url}api/schemas.json#/A" } } }\n`,
    };
    await withFolder(files, async (folder) => {
      const document = join(folder, "openapi.yaml");
      expect(await messageOf(loadOverlaid({ document }), `${folder}/`, url)).toBe(
        `openapi.yaml at #/components/schemas/B: the reference "api/schemas.json#/A" can't be followed: api/schemas.json is not among the allowed addresses: allow it with --allow-remote  or remoteReferences: [""].`,
      );
      expect(requests).toEqual([]);
      const { document: loaded } = await loadOverlaid({ document, remoteReferences: [`${url}api/`] });
      expect(loaded.components).toMatchObject({ schemas: { A: { type: "string" } } });
    });
  });
});

test.each<[string, { path: string; want: RegExp }]>([
  [
    "a reference to a file of this machine",
    { path: "api/files.yaml", want: /a file from the web may not refer to files of this machine/ },
  ],
  [
    "an example of this machine",
    { path: "api/example.yaml", want: /a file from the web may not refer to files of this machine/ },
  ],
  [
    "an overlay for a document of this machine",
    { path: "api/local.yaml", want: /an overlay from the web may not extend a file of this machine/ },
  ],
  ["a document that isn't there", { path: "gone.yaml", want: /gone\.yaml answered with status 404/ }],
])("%s is refused to the web", async (_name, { path, want }) => {
  await withServer(remote, async (url) => {
    expect(await messageOf(loadOverlaid({ document: `${url}${path}` }))).toMatch(want);
  });
});

test("a key of our own that comes with a document is not taken for ours", async () => {
  await withServer(remote, async (url) => {
    const { document } = await loadOverlaid({ document: `${url}api/smuggled.yaml` });
    expect(document.components).toEqual({ examples: { A: {} } });
  });
});

test("a document of this machine that only extends to the web needs the address to be allowed", async () => {
  await withServer(remote, async (url) => {
    await withFolder({ "o.yaml": overlay("o", `extends: ${url}api/openapi.yaml\n`) }, async (folder) => {
      const document = join(folder, "o.yaml");
      expect(await messageOf(loadOverlaid({ document }))).toMatch(/is not among the allowed addresses/);
      const { document: loaded } = await loadOverlaid({ document, remoteReferences: [url] });
      expect(loaded.info).toMatchObject({ "x-seen": ["o"] });
    });
  });
});
