import { expect, it } from "vitest";
import { chunk, eventResponse, events, toBytes } from "../test/support.ts";
import { ChatCompletionStream } from "./chat-completion-stream.ts";

it("gives a body up soon that always has more at once after its marker", async () => {
  const limit = 5_000_000;
  let sent = 0;
  let isCancelled = false;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        sent += 1;
        if (sent === 1) controller.enqueue(toBytes(events(chunk({ content: "a" }, "stop"), "[DONE]")));
        else if (sent < limit) controller.enqueue(toBytes(": more\n\n"));
        else controller.close();
      },
      cancel() {
        isCancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  const stream = ChatCompletionStream.fromResponse(eventResponse(body));
  expect((await stream.finalCompletion()).choices[0]?.message.content).toBe("a");
  await expect.poll(() => isCancelled || sent === limit).toBe(true);
  expect(isCancelled).toBe(true);
});
