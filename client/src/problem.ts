import { PROBLEM_CODES } from './description.ts';
import type { components } from './description.ts';
import { retryAfterMs } from './repeat.ts';

type ProblemBody = components['schemas']['Problem'];

/** Every code that this version of the client knows. */
export type ProblemCode = ProblemBody['code'];

/** One wrong field: where it is (`#/customer/email`), what is wrong and how to fix it. */
export type FieldProblem = NonNullable<ProblemBody['errors']>[number];

/** Which call it was. */
export interface Call {
  readonly method: string;
  /** As the description writes it: `/v1/payments/{id}`. */
  readonly path: string;
  /** The `Idempotency-Key` that was sent, or null. */
  readonly idempotencyKey: string | null;
}

/** The API refused the call. Decide by `code`; `detail` is for people. */
export class TashlumProblem extends Error {
  override readonly name = 'TashlumProblem';
  /** `unrecognized`: the answer is no problem of this list, such as a proxy's page, or it is newer than this client. */
  readonly code: ProblemCode | 'unrecognized';
  /** The HTTP status. */
  readonly status: number;
  readonly detail: string;
  /** The wrong fields; empty where it is not about fields. */
  readonly errors: readonly FieldProblem[];
  /** For `reference_taken`: the payment that has the reference, and its status. */
  readonly paymentId: string | null;
  readonly paymentStatus: ProblemBody['paymentStatus'] | null;
  /** When to ask again, if the API said so. */
  readonly retryAfterMs: number | null;
  readonly call: Call;

  constructor(call: Call, response: Response, answer: unknown) {
    const body = readBody(answer);
    const detail = body.detail ?? `the answer was ${response.status} ${response.statusText}`.trimEnd();
    super(`${call.method} ${call.path}: ${body.code ?? response.status}: ${detail}`);
    this.code = PROBLEM_CODES.find((code) => code === body.code) ?? 'unrecognized';
    this.status = response.status;
    this.detail = detail;
    this.errors = body.errors ?? [];
    this.paymentId = body.paymentId ?? null;
    this.paymentStatus = body.paymentStatus ?? null;
    this.retryAfterMs = retryAfterMs(response.headers);
    this.call = call;
  }
}

function readBody(answer: unknown): Partial<ProblemBody> {
  return typeof answer === 'object' && answer !== null ? answer : {};
}

/**
 * No answer came, after all tries. Whether the call took effect is not known: call again with
 * `idempotencyKey: error.call.idempotencyKey`, and it takes effect once.
 */
export class TashlumUnreachable extends Error {
  override readonly name = 'TashlumUnreachable';
  readonly call: Call;

  constructor(call: Call, cause: unknown) {
    super(`${call.method} ${call.path}: no answer came: ${reasonOf(cause)}`, { cause });
    this.call = call;
  }
}

/** `fetch` hides what happened in `cause`. */
function reasonOf(fault: unknown): string {
  if (!(fault instanceof Error)) return String(fault);
  return fault.cause instanceof Error ? `${fault.message} (${fault.cause.message})` : fault.message;
}
