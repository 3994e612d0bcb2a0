/** An object of JSON. */
export type JsonObject = { [key: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A patch that cannot be applied; the message is for the one who sent it. */
export class PatchError extends Error {
  /** 400: it is no such patch; 422: it does not fit the object; 500: as the API server has it. */
  readonly code: 400 | 422 | 500;

  constructor(message: string, code: 400 | 422 | 500 = 400) {
    super(message);
    this.code = code;
  }
}
