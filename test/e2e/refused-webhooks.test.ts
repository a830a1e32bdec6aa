import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import { call, eventually, openClinic, openPayment, untilStatus } from './support/clinic.ts';
import { callsAbout, payAtVendor } from './support/vendors.ts';

let books: Books;
beforeAll(() => {
  books = openBooks();
});
afterAll(() => books.close());

describe('a stranger who knows the address of the webhooks and sends garbage', () => {
  it('makes us ask about each open payment once a minute, and keeps no webhook of the vendor out', async () => {
    const clinic = await openClinic();
    const open = await Promise.all(Array.from({ length: 3 }, () => openPayment(clinic)));
    const began = Date.now();
    // PayPlus is asked twice for one question: by the page and by our id.
    const asked = async (id: string): Promise<number> =>
      (await callsAbout(id)).filter(({ operation }) => operation === 'find_payment').length / 2;
    const garbage = async (): Promise<number> =>
      (await call('POST', clinic.webhookUrl, { raw: '{"garbage":true}', headers: { hash: 'AAAA' } })).status;

    for (let round = 0; round < 10; round += 1)
      expect(new Set(await Promise.all(Array.from({ length: 30 }, garbage)))).toEqual(new Set([401]));
    for (const { id } of open)
      await eventually(`a question about ${id}`, async () => (await asked(id)) || null);
    for (let round = 0; round < 3; round += 1) await Promise.all(Array.from({ length: 30 }, garbage));

    const paid = await openPayment(clinic);
    await payAtVendor(paid.id);
    await untilStatus(clinic, paid.id, 'completed');

    const minutes = Math.floor((Date.now() - began) / 60_000);
    // A question that is slow on a busy machine is put once more.
    for (const { id } of open) expect(await asked(id)).toBeLessThanOrEqual(minutes + 2);
    const [row] = await books.query<{ kept: number }>(
      `SELECT count(*)::int AS kept FROM provider_events WHERE workspace_id = $1 AND verdict = 'refused'`,
      [clinic.id],
    );
    expect(row?.kept).toBeGreaterThan(0);
    expect(row?.kept).toBeLessThanOrEqual(60);
    const events = await books.query(
      `SELECT 1 FROM events WHERE workspace_id = $1 AND type = 'provider.webhooks_refused'`,
      [clinic.id],
    );
    expect(events).toHaveLength(1);
  });
});
