import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createContestants as createGenerators } from "../src/generation/contestants.ts";
import { openGitHubDocument, openInferenceDocument, writeBigDocument } from "../src/generation/sources.ts";
import { createContestants as createReaders } from "../src/streams/contestants.ts";
import { cutIntoReads } from "../src/streams/reads.ts";
import { createTranscript, leastBytes } from "../src/streams/transcripts.ts";
import { createContestants as createClients } from "../src/transport/contestants.ts";
import { startServer } from "../src/transport/start-server.ts";

describe("streams", () => {
  for (const kind of ["chat", "tool calls", "reasoning", "counted chat", "scored chat"] as const) {
    it(`makes a transcript of ${kind} with chunks of the size it says, and text in it`, () => {
      const { bytes, chunks, text } = createTranscript(kind, 200);
      const lengths = cutIntoReads(bytes, "1 event").map((event) => event.length);
      expect(lengths).toHaveLength(chunks + 1);
      const least = leastBytes[kind];
      expect(lengths.filter((length) => length < least || length > least + 60).length).toBeLessThan(12);
      expect(text.length).toBeGreaterThan(1_000);
    });

    for (const reads of ["1 event", "16 KiB", "1–7 bytes"] as const) {
      it(`gives every reader of ${kind} the whole text in reads of ${reads}`, async () => {
        const { bytes } = createTranscript(kind, 200);
        expect(Buffer.concat(cutIntoReads(bytes, reads)).equals(bytes)).toBe(true);
        for (const { name, run, expected } of createReaders({ kind, reads, chunks: 200 })) {
          expect(await run(), name).toBe(expected);
        }
      });
    }
  }
});

describe("transport", () => {
  it("gives every client the whole list", async () => {
    using server = await startServer();
    for (const { name, run, expected } of createClients(server)) {
      expect(await run(), name).toBe(expected);
    }
  });
});

describe("generation", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "hawser-benchmark-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("finds every operation of the inference API in what every generator writes", async () => {
    const source = await openInferenceDocument(folder);
    expect(source.operationIds).toContain("createChatCompletion");
    for (const { name, run, expected } of createGenerators(source)) expect(await run(), name).toBe(expected);
  });

  it("finds every operation of the big document in what every generator writes", async () => {
    for (const { name, run } of createGenerators(await writeBigDocument(folder, 3))) {
      expect(await run(), name).toBe(18);
    }
  });

  it("knows all operations of GitHub", async () => {
    expect((await openGitHubDocument(folder)).operationIds.length).toBeGreaterThan(1_200);
  });
});
