/** The languages there is a printer for. */
export type Language = "typescript" | "python";
