import { fileURLToPath } from "node:url";

/** GitHub's API as Octokit publishes it: 13 MB of JSON. */
export const githubDocument = fileURLToPath(
  import.meta.resolve("@octokit/openapi/generated/api.github.com.json"),
);

/** The one path of it with a server of its own, which is more than one client can do. */
export const uploadPath = "/repos/{owner}/{repo}/releases/{release_id}/assets";

/** What is laid over it, as YAML. */
export const githubOverlay = `overlay: 1.1.0
info: { title: What one client can't do, version: 1.0.0 }
actions:
  - target: $
    update: { x-hawser-client: { name: GitHub } }
  - target: $.paths['${uploadPath}'].post.servers
    remove: true
`;
