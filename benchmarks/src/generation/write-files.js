// Plain JavaScript: the declarations of these packages refer to packages that nobody has installed.
import { createClient } from "@hey-api/openapi-ts";
import { generate } from "orval";

export async function writeWithHeyApi(document, folder) {
  await createClient({
    input: document,
    output: folder,
    plugins: ["@hey-api/typescript", "@hey-api/sdk", "@hey-api/client-fetch"],
    logs: { level: "silent" },
  });
}

export async function writeWithOrval(document, file) {
  await generate({
    input: { target: document },
    output: { target: file, client: "fetch", mode: "single" },
  });
}
