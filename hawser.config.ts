import { defineConfig } from "@hawser/codegen";

export default defineConfig({
  clients: [
    {
      document: "openapi/runcrate/inference.yaml",
      overlays: ["openapi/runcrate/inference.overlay.yaml"],
      out: "packages/inference/src/generated/runcrate",
      importExtension: ".ts",
    },
    {
      document: "openapi/crun/inference.yaml",
      overlays: ["openapi/crun/inference.overlay.yaml"],
      out: "packages/inference/src/generated/crun",
      importExtension: ".ts",
    },
    {
      document: "openapi/vcita/ai.yaml",
      overlays: ["openapi/vcita/ai.overlay.yaml"],
      out: "packages/inference/src/generated/vcita",
      importExtension: ".ts",
    },
    {
      document: "openapi/common/openai-compatible.yaml",
      overlays: ["openapi/common/openai-compatible.overlay.yaml"],
      out: "packages/inference/src/generated/openai-compatible",
      importExtension: ".ts",
    },
    {
      document: "openapi/runcrate/infrastructure.yaml",
      overlays: ["openapi/runcrate/infrastructure.overlay.yaml"],
      out: "packages/infrastructure/src/generated/runcrate",
      importExtension: ".ts",
    },
  ],
});
