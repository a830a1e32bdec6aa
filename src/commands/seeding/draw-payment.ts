import { plainMeans } from '../../domain/means.ts';
import type { ManualMethod, Means, PaymentMethod } from '../../domain/means.ts';
import type { Customer } from '../../domain/payer.ts';
import type { Chance } from './chance.ts';

/** What became of a payment. `held`: another amount came, and a person has not decided. `open`: it may still be paid. */
export type Fate = 'paid' | 'manual' | 'expired' | 'cancelled' | 'failed' | 'held' | 'open';

/** A payment and its whole life, as it is drawn. Amounts in minor units. */
export interface DrawnPayment {
  /** Its place among the payments of its clinic. */
  readonly place: number;
  readonly fate: Fate;
  readonly createdAt: Date;
  /** When it was paid, or ended unpaid. */
  readonly at: Date;
  readonly amount: number;
  /** What really came: another sum where it is held, 0 where nobody paid. */
  readonly captured: number;
  readonly method: PaymentMethod | ManualMethod;
  readonly means: Means;
  readonly description: string;
  readonly subject: string | null;
  readonly customer: Customer | null;
  readonly refunds: readonly DrawnRefund[];
}

/** A refund to seed; `amount` in minor units. */
export interface DrawnRefund {
  readonly at: Date;
  readonly amount: number;
}

const FATES: Readonly<Record<Exclude<Fate, 'open'>, number>> = {
  paid: 640,
  manual: 220,
  expired: 70,
  cancelled: 48,
  failed: 20,
  held: 2,
};
const METHODS = { card: 70, bit: 18, apple_pay: 7, google_pay: 5 } as const;
const MANUAL = { cash: 45, bank_transfer: 30, check: 15, paybox: 10 } as const;
const VISITS = ['טיפול', 'ייעוץ', 'בדיקה', 'טיפול המשך', 'פגישה ראשונה', 'סדרת טיפולים'] as const;
const FIRST = [
  'נועה',
  'דוד',
  'יעל',
  'אורי',
  'תמר',
  'משה',
  'שירה',
  'איתי',
  'רחל',
  'עומר',
  'מאיה',
  'יוסי',
] as const;
const LAST = ['כהן', 'לוי', 'מזרחי', 'פרץ', 'ביטון', 'דהן', 'אברהם', 'פרידמן', 'חדד', 'שפירא'] as const;
const BRANDS = ['Visa', 'Mastercard', 'Isracard', 'American Express'] as const;

const MINUTE = 60_000;
const DAY = 86_400_000;
const REFUNDED = 0.05;

/** What becomes of the next payment of a clinic. Without a provider all are manual. */
export function drawFate(chance: Chance, hasProvider: boolean): Fate {
  return hasProvider ? chance.weighted(FATES) : 'manual';
}

/** Draws one payment. `at` is when it is paid or ends; for an open one, when it is created. */
export function drawPayment(chance: Chance, place: number, at: Date, fate: Fate): DrawnPayment {
  const amount = drawAmount(chance);
  const isPaid = fate === 'paid' || fate === 'manual';
  const captured = fate === 'held' ? amount - 100 : isPaid ? amount : 0;
  const method = fate === 'manual' ? chance.weighted(MANUAL) : chance.weighted(METHODS);
  return {
    place,
    fate,
    createdAt: new Date(at.getTime() - delayOf(chance, fate)),
    at,
    amount,
    captured,
    method,
    means: drawMeans(chance, method, captured, at),
    description: chance.pick(VISITS),
    subject: chance.unit() < 0.6 ? `visit-${place}` : null,
    customer: chance.unit() < 0.9 ? { name: `${chance.pick(FIRST)} ${chance.pick(LAST)}` } : null,
    refunds: isPaid && chance.unit() < REFUNDED ? drawRefunds(chance, amount, at) : [],
  };
}

/** 80 to 1,200 ₪, mostly round; some with agorot. */
function drawAmount(chance: Chance): number {
  const shekels = chance.between(8, 120) * 10;
  return shekels * 100 + (chance.unit() < 0.1 ? chance.between(1, 99) : 0);
}

/** Most payers pay within the hour; links expire after 30 days. */
function delayOf(chance: Chance, fate: Fate): number {
  if (fate === 'open') return 0;
  if (fate === 'manual') return 2_000;
  if (fate === 'expired') return 30 * DAY;
  return chance.unit() < 0.8 ? chance.between(1, 60) * MINUTE : chance.between(60, 4_320) * MINUTE;
}

function drawMeans(chance: Chance, method: PaymentMethod, amount: number, at: Date): Means {
  const plain = plainMeans(method, amount);
  if (method === 'check') {
    const dueDate = at.toISOString().slice(0, 10);
    const number = String(chance.between(100_000, 999_999));
    return { ...plain, dueDate, check: { bank: '12', branch: '600', account: '123456', number, dueDate } };
  }
  if (method !== 'card') return plain;
  return { ...plain, brand: chance.pick(BRANDS), last4: String(chance.between(1_000, 9_999)) };
}

/** All of it, a part, or two parts. */
function drawRefunds(chance: Chance, amount: number, paidAt: Date): DrawnRefund[] {
  const first = new Date(paidAt.getTime() + chance.between(60, 30 * 1_440) * MINUTE);
  const shape = chance.unit();
  if (shape < 0.6) return [{ at: first, amount }];
  const part = Math.round((amount * chance.between(10, 60)) / 100);
  if (shape < 0.9) return [{ at: first, amount: part }];
  return [
    { at: first, amount: part },
    { at: new Date(first.getTime() + DAY), amount: amount - part },
  ];
}
