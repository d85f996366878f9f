import { readFile } from "node:fs/promises";
import { applyOverlay, loadDocument, loadOverlay } from "@hawser/codegen";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, describe, expect, test } from "vitest";
import { createMockServer } from "../src/index.ts";
import { dereference, type JsonObject } from "../src/json.ts";
import { runcrate, send } from "./helpers.ts";

const loaded = await loadDocument(runcrate.document);
const document = applyOverlay(loaded.document, await loadOverlay(runcrate.overlays[0]!));
const server = await createMockServer({ document, validate: false });
afterAll(() => server.close());

const ajv = new Ajv2020({ strict: false, validateFormats: false });

/** The media type object of an answer, and its example of that name. */
function declared(path: string, method: string, status: string, mediaType: string, name: string) {
  const pathItem = dereference(document, (document.paths as JsonObject)[path]);
  const operation = dereference(document, pathItem[method.toLowerCase()]);
  const response = dereference(document, (operation.responses as JsonObject)[status]);
  const media = dereference(document, (response.content as JsonObject)[mediaType]);
  return { media, example: dereference(document, (media.examples as JsonObject)[name]) };
}

describe.each(server.operations.map((operation) => [operation.id, operation] as const))(
  "%s",
  (_, operation) => {
    test.each(
      operation.examples.map((example) => [example.status, example.mediaType, example.name] as const),
    )("%s %s %s", async (status, mediaType, name) => {
      const { media, example } = declared(operation.path, operation.method, status, mediaType, name);
      const response = await send(
        server,
        operation.method,
        operation.path.replace("{id}", "vid_8c41e0b27d"),
        {
          ...(operation.method === "POST" && {
            body: mediaType === "text/event-stream" ? { stream: true } : {},
          }),
          prefer: `code=${status}, example=${name}`,
          headers: { accept: mediaType },
        },
      );
      expect(response.status).toBe(Number(status));
      expect(response.headers.get("content-type")?.split(";")[0]).toBe(mediaType);
      const bytes = Buffer.from(await response.arrayBuffer());
      if (typeof example.externalValue === "string") {
        expect(bytes).toEqual(await readFile(new URL(example.externalValue)));
      } else if (mediaType === "application/json") {
        const body: unknown = JSON.parse(bytes.toString());
        expect(body).toEqual(example.value);
        const validate = ajv.compile({ components: document.components, allOf: [media.schema] });
        validate(body);
        expect(validate.errors).toBeNull();
      } else {
        expect(bytes.toString()).toBe(example.value);
      }
    });
  },
);
