import { defineConfig } from "@hawser/codegen";

export default defineConfig({
  clients: [
    {
      document: "openapi/runcrate/inference.yaml",
      overlays: ["openapi/runcrate/inference.overlay.yaml"],
      out: "packages/inference/src/generated/runcrate",
      importExtension: ".ts",
    },
  ],
});
