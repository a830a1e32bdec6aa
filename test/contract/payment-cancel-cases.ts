import { expect, it } from '#jest';
import { isProviderError } from '../../src/domain/provider-error.ts';
import { openCharge } from './payment-charge.ts';
import type { PaymentRig } from './payment-rig.ts';
import type { SubjectName } from './payment-subjects.ts';

/** A page that nobody shall pay any more. */
export function cancelCases(name: SubjectName, rig: () => PaymentRig): void {
  it('takes no money afterwards', async () => {
    const provider = rig().provider(name);
    const order = rig().order();
    await provider.closePage?.(await provider.createPage(order));
    const [checkout] = await rig().checkouts(order.paymentId);
    expect(checkout).toMatchObject({ status: 'cancelled' });
    await expect(rig().pay(checkout?.id ?? '')).rejects.toThrow('answered 409');
  });

  it('is rejected for a page that was paid or never made', async () => {
    const { page: paid } = await openCharge(rig(), name);
    for (const page of [paid, { pageId: 'page-of-nobody', secret: null }]) {
      const cancelled = rig().provider(name).closePage?.(page);
      await expect(cancelled).rejects.toMatchObject({ code: 'rejected', retry: 'never' });
    }
  });

  it('of a page that is dead already is a yes or rejected, and the page stays dead', async () => {
    const provider = rig().provider(name);
    const order = rig().order();
    const page = await provider.createPage(order);
    await provider.closePage?.(page);
    const again = await Promise.resolve(provider.closePage?.(page)).then(
      () => 'dead',
      (error: unknown) => (isProviderError(error) ? error.code : error),
    );
    expect(['dead', 'rejected']).toContain(again);
    expect(await rig().checkouts(order.paymentId)).toMatchObject([{ status: 'cancelled' }]);
  });
}
