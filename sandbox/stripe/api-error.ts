import type { Answer } from '../vendor.ts';

export interface ErrorFields {
  type: 'invalid_request_error' | 'idempotency_error' | 'api_error';
  message: string;
  code?: string;
  param?: string;
}

/** A request that Stripe refuses: thrown anywhere below a route, answered in Stripe's JSON shape. */
export class ApiError extends Error {
  readonly status: number;
  readonly fields: ErrorFields;

  constructor(status: number, fields: ErrorFields) {
    super(fields.message);
    this.name = 'ApiError';
    this.status = status;
    this.fields = fields;
  }
}

export const errorBody = (fields: ErrorFields) => ({
  error: {
    ...fields,
    ...(fields.code === undefined
      ? {}
      : { doc_url: `https://stripe.com/docs/error-codes/${fields.code.replaceAll('_', '-')}` }),
  },
});

export const toErrorAnswer = ({ status, fields }: ApiError): Answer => ({ status, json: errorBody(fields) });

/** 400 for a wrong request; `param` names the field as it was sent. */
export function invalidRequest(message: string, param?: string, code?: string): ApiError {
  return new ApiError(400, {
    type: 'invalid_request_error',
    message,
    ...(code === undefined ? {} : { code }),
    ...(param === undefined ? {} : { param }),
  });
}

/** 404: the account has no such object. `what` as Stripe names it, `param` as it names the path's parameter. */
export const noSuch = (what: string, id: string, param = 'id'): ApiError =>
  new ApiError(404, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${what}: '${id}'`,
    param,
  });
