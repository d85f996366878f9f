import { HawserError, type HawserErrorOptions } from "../errors.ts";

/** What a `PartialJsonError` is made of. */
export interface PartialJsonErrorOptions extends HawserErrorOptions {
  readonly position: number;
}

/** A text that was read piece by piece is no JSON, or is nested deeper than is allowed. */
export class PartialJsonError extends HawserError {
  static override readonly kind: string = "PartialJsonError";

  /** Where, in UTF-16 units from the start of the text; its length when the text ends too early. */
  readonly position: number;

  constructor(message: string, options: PartialJsonErrorOptions) {
    super(message, options);
    this.position = options.position;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), position: this.position };
  }
}
