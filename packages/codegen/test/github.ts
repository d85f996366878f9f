import { fileURLToPath } from "node:url";

/** GitHub's API as Octokit publishes it: 13 MB of JSON. */
export const githubDocument = fileURLToPath(
  import.meta.resolve("@octokit/openapi/generated/api.github.com.json"),
);

/** What is laid over it, as YAML. */
export const githubOverlay = `overlay: 1.1.0
info: { title: Its name, version: 1.0.0 }
actions:
  - target: $
    update: { x-hawser-client: { name: GitHub } }
`;
