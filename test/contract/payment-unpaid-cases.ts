import { expect, it } from '#jest';
import { newId } from '../../src/domain/ids.ts';
import type { PageOrder, PaymentProvider } from '../../src/providers/payments/payment-provider.ts';
import { toQuery } from './payment-rig.ts';
import type { Credentials } from './payment-subject.ts';
import { faceOf, PAYMENT_SUBJECTS } from './payment-subjects.ts';
import type { SubjectName } from './payment-subjects.ts';

/** A vendor to try things at: its simulator, or its own sandbox. */
export interface UnpaidBench {
  provider(credentials: Credentials): PaymentProvider;
  order(change?: Partial<PageOrder>): PageOrder;
}

/** What a provider promises before anybody pays. No money moves here, so these cases may run anywhere. */
export function unpaidCases(name: SubjectName, credentials: Credentials, bench: () => UnpaidBench): void {
  const { capabilities, wrongCredentials, signed, signs } = PAYMENT_SUBJECTS[name];
  const provider = () => bench().provider(credentials);

  it('takes good credentials', async () => {
    await expect(provider().checkCredentials()).resolves.toBeUndefined();
  });

  it.each(Object.keys(wrongCredentials))(
    'refuses a wrong %s, at the latest with the first page',
    async (field) => {
      const wrong = { ...credentials, [field]: wrongCredentials[field]?.[field] ?? '' };
      const stranger = bench().provider(wrong);
      const tried = stranger.checkCredentials().then(() => stranger.createPage(bench().order()));
      await expect(tried).rejects.toMatchObject({ code: 'credentials_invalid', retry: 'never' });
    },
  );

  it.each(faceOf(name).currencies)('makes a page in %s, on which nothing is paid yet', async (currency) => {
    const order = bench().order({ currency });
    const page = await provider().createPage(order);
    expect(page.url).toMatch(/^https?:\/\/\S+$/);
    expect(page.expiresAt.getTime()).toBeGreaterThan(Date.now());
    const finding = await provider().findPayment(toQuery(order.paymentId, page));
    const { deadPageIds = [], ...rest } = finding;
    expect(rest).toEqual({ transactions: [], disputes: [], unreadable: [] });
    expect(deadPageIds).toEqual([]);
  });

  if (capabilities.includes('closePage')) {
    it('cancels a page, and nothing was paid on it', async () => {
      const order = bench().order();
      const page = await provider().createPage(order);
      await expect(provider().closePage?.(page)).resolves.toBeUndefined();
      const { transactions } = await provider().findPayment(toQuery(order.paymentId, page));
      expect(transactions).toEqual([]);
    });
  }

  it('accepts a webhook as the vendor signs it, and not with a sign changed', () => {
    const account = { ...PAYMENT_SUBJECTS[name].credentials, ...credentials };
    const page = { paymentId: newId('payment'), pageId: '700000001', secret: 'secret-of-the-page' };
    const delivery = signed(account, page);
    const { paymentId, pageId } = page;
    const by = bench().provider(account);
    const pageSecret = signs ? null : page.secret;
    expect(by.readWebhook(delivery)).toMatchObject({ verdict: 'accepted', paymentId, pageId, pageSecret });
    const text = delivery.body.toString().replace(pageId, '700000002').replace(page.secret, 'another');
    const changed = by.readWebhook({ ...delivery, body: Buffer.from(text) });
    if (signs) expect(changed.verdict).toBe('bad_signature');
    else expect(changed).not.toMatchObject({ pageSecret });
  });
}
