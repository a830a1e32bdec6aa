import { sumMinor } from '../../../domain/money.ts';
import { toMinor } from './means.ts';
import { APPROVED, isKind } from './status.ts';
import type { WireIpn, WireTransaction } from './wire.ts';

/** The parts of each charge that was paid with several means, by the charge's uid. */
export type Parts = ReadonlyMap<string, readonly WireTransaction[]>;

/**
 * Finds payments in parts among ipn's answers: there the top row is the parent with the total, and the related rows are its
 * parts. No field marks them for certain, so they are recognised by their sums: each is below the total, and together
 * they make exactly the total. A second charge on the page, which an answer of its own is about, is none of them. If a
 * related row cannot be read, a sum below the total is enough: the rows that were read are no charges of their own.
 * Source: payplus.md §3.1.
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
