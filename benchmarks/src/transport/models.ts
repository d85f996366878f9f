/** What the server lists: about 3 KB of JSON. */
export const models = Array.from({ length: 30 }, (_, index) => ({
  id: `maker-${index % 5}/model-${index}-instruct`,
  object: "model" as const,
  created: 1_760_000_000 + index,
  owned_by: `maker-${index % 5}`,
}));
