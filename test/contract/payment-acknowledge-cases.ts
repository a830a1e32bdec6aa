import { expect, it } from '#jest';
import { openCharge } from './payment-charge.ts';
import type { PaymentRig } from './payment-rig.ts';
import type { SubjectName } from './payment-subjects.ts';

/** A vendor that wants to hear that a charge was taken note of. */
export function acknowledgeCases(name: SubjectName, rig: () => PaymentRig): void {
  it('is taken each time it is told, and moves nothing', async () => {
    const provider = rig().provider(name);
    const { charge, page, refunds } = await openCharge(rig(), name);
    const before = await rig().countCalls(name, 'acknowledge');
    await provider.acknowledge?.({ ...charge, page });
    await provider.acknowledge?.({ ...charge, page });
    expect(await rig().countCalls(name, 'acknowledge')).toBe(before + 2);
    expect(await refunds()).toEqual([]);
  });

  it('needs no more than the page to speak of its charge', async () => {
    const { charge, page } = await openCharge(rig(), name);
    const { transactionId } = charge;
    await expect(
      rig().provider(name).acknowledge?.({ transactionId, secret: null, page }),
    ).resolves.toBeUndefined();
  });

  it('of a charge that never was is rejected', async () => {
    const { page } = await openCharge(rig(), name);
    await expect(
      rig().provider(name).acknowledge?.({ transactionId: '1', secret: 'of-nobody', page }),
    ).rejects.toMatchObject({ code: 'rejected', retry: 'never' });
  });
}
