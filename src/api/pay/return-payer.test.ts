import { describe, expect, it } from '#jest';
import type { LinkedPayment } from './linked-payment.ts';
import { answerFor } from './return-payer.ts';
import type { ClaimedOutcome } from './return-payer.ts';
import type { PayerView } from './payer-view.ts';

const urls = {
  id: 'pay_1',
  successUrl: 'https://app.example/paid?a=1',
  cancelUrl: 'https://app.example/left',
};
const none = { id: 'pay_1', successUrl: null, cancelUrl: null };

/** Where the payer of such a payment goes, in short. */
function goes(view: PayerView, claimed: ClaimedOutcome, payment: object = urls): string {
  const answer = answerFor({ payment, view } as unknown as LinkedPayment, claimed);
  return 'redirect' in answer ? `${answer.status} ${answer.redirect}` : answer.page;
}

describe('a payer who comes back', () => {
  it('goes to the app’s success page only when it is paid, whatever the redirect says', () => {
    expect(goes('paid', 'cancel')).toBe('303 https://app.example/paid?a=1&outcome=paid');
    for (const claimed of ['success', 'failure', 'cancel', null] as const)
      expect(goes('open', claimed)).not.toContain('paid?a=1');
  });

  it('is told that we are confirming where the vendor says paid and we do not know it', () => {
    expect(goes('open', 'success')).toBe('confirming');
    expect(goes('expired', 'success')).toBe('expired');
  });

  it('goes to the app’s cancel page when it is not paid', () => {
    for (const claimed of ['failure', 'cancel', null] as const)
      expect(goes('open', claimed)).toBe('303 https://app.example/left?outcome=not_paid');
  });

  it('is not sent away as unpaid where money may have come', () => {
    expect(goes('in_review', 'cancel')).toBe('in_review');
  });

  it('sees our pages where the app has none', () => {
    expect(goes('paid', 'success', none)).toBe('thanks');
    expect(goes('open', 'cancel', none)).toBe('not_paid');
    expect(goes('cancelled', 'cancel', none)).toBe('cancelled');
  });

  it('brings the id of the payment along where the app asks for it, and keeps the rest as it is written', () => {
    const successUrl = 'https://app.example/p/{PAYMENT_ID}?a=b%20c&id={PAYMENT_ID}#top?x';
    expect(goes('paid', 'success', { ...urls, successUrl })).toBe(
      '303 https://app.example/p/pay_1?a=b%20c&id=pay_1&outcome=paid#top?x',
    );
  });
});
