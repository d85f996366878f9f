// A chat answer, token by token; reasoning models show their reasoning first.
import { Runcrate } from "@hawser/inference/runcrate";

const runcrate = new Runcrate();
const stream = await runcrate.chat.completions.create({
  model: "deepseek-ai/DeepSeek-R1",
  messages: [{ role: "user", content: "How many r are there in strawberry?" }],
  stream: true,
});
for await (const chunk of stream) {
  const delta = chunk.choices[0]?.delta;
  process.stdout.write(delta?.reasoning_content ?? delta?.content ?? "");
}
const { reason } = await stream.end;
console.log(`\nThe stream is ${reason}.`);
