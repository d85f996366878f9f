import { expect, test } from "vitest";
import { camelCase, pascalCase, uniqueName, wordsOf } from "./names.ts";

test.each<[string, string[]]>([
  ["chat-completion.list", ["chat", "completion", "list"]],
  ["HTTPServerError", ["HTTP", "Server", "Error"]],
  ["gpu2Count", ["gpu2", "Count"]],
  ["größe_in_mm²", ["größe", "in", "mm"]],
  ["", []],
])("%s has the words %j", (given, want) => {
  expect(wordsOf(given)).toEqual(want);
});

test.each<[string, string, string]>([
  ["chat-completion.list", "ChatCompletionList", "chatCompletionList"],
  ["ChatCompletion", "ChatCompletion", "chatCompletion"],
  ["listModels", "ListModels", "listModels"],
  ["URL", "URL", "url"],
  ["HTTPServer", "HTTPServer", "httpServer"],
  ["list models\n", "ListModels", "listModels"],
  ["2fast", "_2fast", "_2fast"],
  ["__proto__", "Proto", "proto"],
  ["", "_", "_"],
  ["$", "_", "_"],
  ["模型", "模型", "模型"],
  ["x²", "X", "x"],
])("%j becomes %s and %s", (given, pascal, camel) => {
  expect([pascalCase(given), camelCase(given)]).toEqual([pascal, camel]);
  expect([pascalCase(pascal), camelCase(camel)]).toEqual([pascal, camel]);
});

test("a name that is taken gets the first free number", () => {
  const taken = new Set(["Chat", "Chat2"]);
  expect([uniqueName("Chat", taken), uniqueName("Chat", taken), uniqueName("Model", taken)]).toEqual([
    "Chat3",
    "Chat4",
    "Model",
  ]);
});
