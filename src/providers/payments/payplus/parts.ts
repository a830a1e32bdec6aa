import { sumMinor } from '../../../domain/money.ts';
import { toMinor } from './means.ts';
import { APPROVED, isKind } from './status.ts';
import type { WireIpn, WireTransaction } from './wire.ts';

/** The parts of each charge that was paid with several means, by the charge's uid. */
export type Parts = ReadonlyMap<string, readonly WireTransaction[]>;

/**
 * Finds payments in parts in the answers of ipn: the top row is the parent with the total, the related rows are its
 * parts. No field marks them reliably, so their sums decide: each is below the total, and together they are exactly
 * the total. If a related row cannot be read, a sum below the total is enough: then the readable rows are not charges
 * of their own. A second charge on the page, which an answer of its own is about, is no part.
 * Source: docs/reference/payplus.md, "Payments in parts".
 */
export function findParts(answers: readonly WireIpn[]): Parts {
  const tops = new Set(answers.map(({ top }) => top?.uid));
  return new Map(
    answers.flatMap((answer) => {
      const parts = partsOf(answer, tops);
      return answer.top === null || parts.length === 0 ? [] : [[answer.top.uid, parts] as const];
    }),
  );
}

function partsOf(
  { top, rows, unreadable }: WireIpn,
  tops: ReadonlySet<string | undefined>,
): readonly WireTransaction[] {
  if (top === null || !isApprovedCharge(top)) return [];
  const total = toMinor(top.amount, top.currency);
  if (total === null) return [];
  const amountOf = (row: WireTransaction) => toMinor(row.amount, row.currency) ?? total;
  const smaller = rows.filter(
    (row) =>
      row.uid !== top.uid && isApprovedCharge(row) && row.currency === top.currency && amountOf(row) < total,
  );
  const sumOf = (some: readonly WireTransaction[]) => sumMinor(some.map(amountOf));
  const whole = [smaller, smaller.filter(({ uid }) => !tops.has(uid))].find((some) => sumOf(some) === total);
  return whole ?? (unreadable.length > 0 && sumOf(smaller) < total ? smaller : []);
}

const isApprovedCharge = (row: WireTransaction): boolean =>
  isKind(row, 'charge') && row.statusCode === APPROVED;
