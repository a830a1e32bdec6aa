import type { ChargeChoice, RefundOrder } from '../dashboard.ts';
import { FAULT_NAMES } from '../faults.ts';
import type { Fault } from '../faults.ts';
import {
  faultsOf,
  fields,
  filledText,
  integer,
  listOf,
  numberFrom,
  object,
  oneOf,
  optional,
  required,
} from '../fields.ts';
import type { Shape } from '../fields.ts';
import { OPERATIONS } from '../ledger/records.ts';
import { HONEST_ORDER } from '../pay-order.ts';
import type { PayOrder } from '../pay-order.ts';
import { Refusal } from '../refusal.ts';
import type { TimeScale } from '../time-scale.ts';
import { DISPUTE_STEPS, WEBHOOK_MODES } from '../vendor.ts';
import type { DisputeOrder, DisputeStep } from '../vendor.ts';
import { VENDOR_NAMES } from '../vendors.ts';

const DAY_MS = 86_400_000;

const PAY: Shape = {
  webhook: optional(oneOf(...WEBHOOK_MODES)),
  delayMs: optional(integer(0, DAY_MS)),
  copies: optional(integer(1, 100)),
  method: optional(filledText),
  parts: optional(
    listOf(object({ method: required(filledText), amount: required(integer(1, Number.MAX_SAFE_INTEGER)) })),
  ),
  installments: optional(integer(1, 36)),
  readBackDelayMs: optional(integer(0, DAY_MS)),
  style: optional(filledText),
  like: optional(fields),
};

const LAG: Shape = { readBackDelayMs: optional(integer(0, DAY_MS)) };
const DISPUTE: Shape = { ...LAG, status: optional(oneOf(...DISPUTE_STEPS)) };
const VOID: Shape = { transactionId: optional(filledText) };
const REFUND: Shape = { ...VOID, ...LAG, amount: optional(integer(1, Number.MAX_SAFE_INTEGER)) };

const FAULT: Shape = {
  provider: required(oneOf(...VENDOR_NAMES)),
  operation: required(oneOf(...OPERATIONS)),
  account: optional(filledText),
  fault: required(oneOf(...FAULT_NAMES)),
  times: optional(integer(1, 1_000_000)),
  delayMs: optional(integer(0, DAY_MS)),
};

const TIME_SCALE: Shape = {
  provider: required(oneOf(...VENDOR_NAMES)),
  account: optional(filledText),
  scale: required(numberFrom(0, 1_000)),
};

/** The body of `POST /control/checkouts/{id}/pay`; throws Refusal 422 with the first field that is wrong. */
export function readPayOrder(body: unknown, styles: readonly string[]): PayOrder {
  const given = read(body, { ...PAY, style: optional(oneOf(...styles)) }) as Partial<PayOrder>;
  const toVendors = (method: string) => method.replaceAll('_', '-');
  const parts = given.parts?.map((part) => ({ ...part, method: toVendors(part.method) })) ?? null;
  const method = given.method === undefined || given.method === null ? null : toVendors(given.method);
  return { ...HONEST_ORDER, ...given, method, parts };
}

/** The optional body of `POST /control/checkouts/{id}/dispute`: `status` is the step that it takes. */
export function readDispute(body: unknown): DisputeOrder {
  const given = read(body, DISPUTE) as { status?: DisputeStep; readBackDelayMs?: number };
  const { status: step = 'open', readBackDelayMs = 0 } = given;
  return { step, readBackDelayMs };
}

/** The optional body of `POST /control/checkouts/{id}/refund`. */
export const readRefund = (body: unknown): RefundOrder => ({
  amount: null,
  transactionId: null,
  readBackDelayMs: 0,
  ...read(body, REFUND),
});

/** The optional body of `POST /control/checkouts/{id}/void`. */
export const readVoid = (body: unknown): ChargeChoice => ({ transactionId: null, ...read(body, VOID) });

/** The body of `POST /control/faults`; throws Refusal 422 with the first field that is wrong. */
export function readFault(body: unknown): Fault {
  return {
    account: null,
    times: 1,
    delayMs: null,
    ...(read(body, FAULT) as Pick<Fault, 'provider' | 'operation' | 'fault'> & Partial<Fault>),
  };
}

/** The body of `POST /control/time-scale`; throws Refusal 422 with the first field that is wrong. */
export function readTimeScale(body: unknown): TimeScale {
  return { account: null, ...(read(body, TIME_SCALE) as Omit<TimeScale, 'account'>) };
}

function read(body: unknown, shape: Shape): object {
  const value = body ?? {};
  const [wrong] = faultsOf(value, shape);
  if (wrong !== undefined) throw new Refusal(422, `${wrong.field} ${wrong.problem}`);
  return value;
}
