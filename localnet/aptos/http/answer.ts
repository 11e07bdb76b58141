/** What a node answers, and its errors. Source: aptos-core `api/src/response.rs`, `api/types/src/error.rs`. */
import { asRecord, type Json } from '../../json';

export interface Request {
  readonly method: string;
  /** Path without `/v1`, its parts decoded. */
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
  readonly body: Uint8Array;
  readonly contentType: string;
  readonly wantsBcs: boolean;
}

export type Answer =
  | { readonly status: number; readonly json: Json; readonly headers?: Record<string, string> }
  | {
      readonly status: number;
      readonly bcs: Uint8Array;
      readonly headers?: Record<string, string>;
    };

export const json = (value: Json, status = 200): Answer => ({ status, json: value });
export const bcs = (bytes: Uint8Array): Answer => ({ status: 200, bcs: bytes });

/** An error in the node's words. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly vmCode: number | null = null,
  ) {
    super(message);
  }

  get answer(): Answer {
    return json(
      { message: this.message, error_code: this.code, vm_error_code: this.vmCode },
      this.status,
    );
  }
}

export const invalidInput = (message: string) => new ApiError(400, 'invalid_input', message);

export const notFound = (what: string, by: string, code: string) =>
  new ApiError(404, code, `${what} not found by ${by}`);

/** @throws ApiError `invalid_input` */
export function jsonBody({ body }: Request): Readonly<Record<string, unknown>> {
  try {
    return asRecord(JSON.parse(new TextDecoder().decode(body)));
  } catch {
    throw invalidInput('the body is no JSON');
  }
}
