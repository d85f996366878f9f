import { build } from "../../tsup.base.ts";

export default {
  ...build({ entry: ["src/index.ts"] }),
  // The streams can be disposed of; projects whose `lib` ends at ES2022 do not know the symbol for it otherwise.
  dts: { banner: '/// <reference lib="esnext.disposable" />' },
};
