import type { ApiContext } from '../context.ts';
import { readLinkedPayment } from './linked-payment.ts';
import type { LinkedPayment } from './linked-payment.ts';
import type { PageKind } from './page-kinds.ts';
import type { Renewals } from './renewals.ts';
import { usablePage } from './payer-view.ts';

/** The answer to a payer's request. */
export type PayAnswer =
  | { readonly redirect: string; readonly status: 302 | 303 }
  | { readonly page: PageKind; readonly of: LinkedPayment | null };

/** How long a payer waits for a new page before they see "one moment". */
const RENEW_MS = 8_000;

/**
 * `GET /pay/{token}`: redirects to the live page of the vendor. If it is dead, to a new one: the payment's workflow
 * first asks the vendor whether it was paid. Else shows a page with the state of the payment.
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
    return context.temporal.renewPage({ workspaceId, id }, RENEW_MS);
  });
  // Reads the payment again: the vendor may have said that it is paid.
  const after = isRenewed ? await readLinkedPayment(context, visit.tokenHash) : linked;
  return answerNow(after) ?? { page: 'one_moment', of: after };
}

/** The answer without a new page; null if a new page is needed. */
function answerNow(linked: LinkedPayment | null): PayAnswer | null {
  if (linked === null) return { page: 'unknown_link', of: null };
  if (linked.view !== 'open') return { page: linked.view, of: linked };
  const page = usablePage(linked.pages, new Date());
  return page === null ? null : { redirect: page.url, status: 302 };
}
