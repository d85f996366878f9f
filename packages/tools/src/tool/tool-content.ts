/**
 * A part of what the model is shown, in the words of the wire format.
 *
 * @see https://platform.openai.com/docs/api-reference/chat/create
 */
export type ContentPart =
  | { readonly type: "text"; readonly text: string }
  | {
      readonly type: "image_url";
      /** An address, or the image itself: `data:image/png;base64,…`. */
      readonly image_url: { readonly url: string; readonly detail?: "auto" | "low" | "high" };
    }
  | {
      readonly type: "input_audio";
      /** In base64. */
      readonly input_audio: { readonly data: string; readonly format: "wav" | "mp3" };
    }
  | {
      readonly type: "file";
      readonly file: { readonly file_id?: string; readonly file_data?: string; readonly filename?: string };
    };

/** What a tool gives that is more than text. `toolContent` makes it. */
export interface ToolContent {
  readonly parts: readonly ContentPart[];
}

/** Marks them, so that other copies of the package know them too. */
const mark = Symbol.for("hawser.tool-content");

/**
 * What a tool gives a model that can see or hear: text is the answer to the call. Images, sound and files follow all
 * answers of the step in a message of the user, since that is where the wire format takes them.
 */
export function toolContent(parts: readonly ContentPart[]): ToolContent {
  return Object.defineProperty({ parts: [...parts] }, mark, { value: true });
}

/** Whether a tool gave what `toolContent` makes. */
export function isToolContent(output: unknown): output is ToolContent {
  return typeof output === "object" && output !== null && mark in output;
}
