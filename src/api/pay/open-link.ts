import type { ApiContext } from '../context.ts';
import { readLinkedPayment } from './linked-payment.ts';
import type { LinkedPayment } from './linked-payment.ts';
import type { PageKind } from './page-kinds.ts';
import type { Renewals } from './renewals.ts';
import { usablePage } from './standing.ts';

/** What a payer's request is answered with. */
export type PayAnswer =
  | { readonly redirect: string; readonly status: 302 | 303 }
  | { readonly page: PageKind; readonly of: LinkedPayment | null };

/** How long a payer waits for a new page before being told "one moment". */
const RENEW_MS = 8_000;

/**
 * `GET /pay/{token}`: to the vendor's live page; to a new one where the old is dead (the payment's workflow asks the
 * vendor first whether it was paid); else a page that says how it stands.
 */
export async function openLink(
  context: ApiContext,
  renewals: Renewals,
  visit: { tokenHash: Buffer; isOnlyLooking: boolean },
): Promise<PayAnswer> {
  const linked = await readLinkedPayment(context, visit.tokenHash);
  const answer = answerNow(linked);
  if (answer !== null || linked === null) return answer ?? { page: 'unknown_link', of: null };
  if (visit.isOnlyLooking) return { page: 'open_here', of: linked };
  const isRenewed = await renewals.run({ id: linked.payment.id, pages: linked.pages }, () => {
    const { workspaceId, id } = linked.payment;
    return context.temporal.renewLink({ workspaceId, id }, RENEW_MS);
  });
  // Read again rather than believe the answer: the vendor may have said that it is paid.
  const after = isRenewed ? await readLinkedPayment(context, visit.tokenHash) : linked;
  return answerNow(after) ?? { page: 'one_moment', of: after };
}

/** The answer without a new page; null where only a new page helps. */
function answerNow(linked: LinkedPayment | null): PayAnswer | null {
  if (linked === null) return { page: 'unknown_link', of: null };
  if (linked.standing !== 'open') return { page: linked.standing, of: linked };
  const page = usablePage(linked.pages, new Date());
  return page === null ? null : { redirect: page.url, status: 302 };
}
