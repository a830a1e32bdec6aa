import type { ApiContext } from '../context.ts';
import { readLinkedPayment } from './linked-payment.ts';
import type { LinkedPayment } from './linked-payment.ts';
import type { PayAnswer } from './open-link.ts';

/** What the vendor's redirect says. It only selects words. null: it says nothing. */
export type ClaimedOutcome = 'success' | 'failure' | 'cancel' | null;

/** How long a returning payer waits for the answer of the provider. */
const CHECK_MS = 5_000;

interface Visit {
  readonly tokenHash: Buffer;
  readonly claimed: ClaimedOutcome;
}

/** Redirects to the app, or to a page of ours. The vendor's parameters are dropped from the address. */
type Way = PayAnswer | { readonly returned: ClaimedOutcome };

/** `/pay/{token}/return`: asks the provider at once if the outcome is not known yet, then redirects the payer. */
export async function returnPayer(context: ApiContext, visit: Visit): Promise<Way> {
  const before = await readLinkedPayment(context, visit.tokenHash);
  if (before?.view !== 'open') return wayOf(before, visit.claimed);
  const isAsked = await askProvider(context, before);
  const after = await readLinkedPayment(context, visit.tokenHash);
  // While nobody could be asked it may have been paid, whatever the address says: the payer is not sent to pay again.
  return wayOf(after, isAsked ? visit.claimed : 'success');
}

function wayOf(linked: LinkedPayment | null, claimed: ClaimedOutcome): Way {
  if (linked === null) return UNKNOWN;
  const answer = answerFor(linked, claimed);
  return 'page' in answer ? { returned: claimed } : answer;
}

/** `/pay/{token}/returned/…`: where a payer is after that. It asks nobody, so that it can be loaded again and again. */
export async function showReturned(context: ApiContext, visit: Visit): Promise<PayAnswer> {
  const linked = await readLinkedPayment(context, visit.tokenHash);
  return linked === null ? UNKNOWN : answerFor(linked, visit.claimed);
}

const UNKNOWN: PayAnswer = { page: 'unknown_link', of: null };

async function askProvider({ temporal }: ApiContext, { payment }: LinkedPayment): Promise<boolean> {
  const { workspaceId, id } = payment;
  const outcome = await temporal.checkReturned({ workspaceId, id }, CHECK_MS);
  return outcome.state === 'done';
}

/** Where a payer goes next, by the real state of the payment. */
export function answerFor(linked: LinkedPayment, claimed: ClaimedOutcome): PayAnswer {
  const { payment, view } = linked;
  if (view === 'paid') return appOr(payment, 'paid', { page: 'thanks', of: linked });
  if (view === 'in_review' || view === 'refunded' || view === 'confirming') return { page: view, of: linked };
  if (claimed === 'success') return { page: view === 'open' ? 'confirming' : view, of: linked };
  return appOr(payment, 'not_paid', { page: view === 'open' ? 'not_paid' : view, of: linked });
}

function appOr(
  { id, successUrl, cancelUrl }: LinkedPayment['payment'],
  outcome: 'paid' | 'not_paid',
  page: PayAnswer,
): PayAnswer {
  const url = outcome === 'paid' ? successUrl : cancelUrl;
  return url === null ? page : { redirect: withOutcome(url, id, outcome), status: 303 };
}

/** The address as the app wrote it, because a URL parser would spell it otherwise, with what it asks for. */
function withOutcome(url: string, id: string, outcome: string): string {
  const [address = '', ...fragment] = url.replaceAll('{PAYMENT_ID}', id).split('#');
  const query = `${address.includes('?') ? '&' : '?'}outcome=${outcome}`;
  return [address + query, ...fragment].join('#');
}
