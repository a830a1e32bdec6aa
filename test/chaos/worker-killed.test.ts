import { afterEach, beforeEach, describe, expect, it } from '#jest';
import { createPayment, openClinic, readPayment } from '../e2e/support/clinic.ts';
import { checkoutsOf, payAll, payAtVendor } from '../e2e/support/vendors.ts';
import { calm } from './support/calm.ts';
import { holdTable } from './support/held-table.ts';
import type { HeldTable } from './support/held-table.ts';
import { firstPaymentOf, openPayments, SLOW, vendorIsAsked } from './support/payments.ts';
import { kill } from './support/processes.ts';
import { expectRightBooks, inBooks } from './support/right-books.ts';
import { moment, recovered } from './support/recovered.ts';
import { arm } from '../support/faults.ts';

let held: HeldTable | undefined;
const hold = async (table: string): Promise<HeldTable> => (held = await holdTable(table));
beforeEach(calm);
afterEach(() => held?.release());

describe('when the worker is killed', () => {
  it('while it makes the page, the payment gets a page all the same and can be paid', async () => {
    const clinic = await openClinic({ pushes: true });
    await arm(clinic.account, { operation: 'create_link', ...SLOW });
    const asked = createPayment(clinic);
    const id = await firstPaymentOf(clinic);
    await vendorIsAsked(id, 'create_link');
    await kill('worker').restarted();
    expect([201, 202]).toContain((await asked).status);
    const link = await recovered('the link', async () => (await readPayment(clinic, id)).link);
    const pages = await checkoutsOf(id);
    expect(link.providerUrl).toBe(pages.at(-1)?.url);
    await payAtVendor(id);
    await expectRightBooks(clinic, [id]);
  });

  it('while payments wait for their payers, what is paid meanwhile is completed when it is back', async () => {
    const clinic = await openClinic({ pushes: true });
    const ids = await openPayments(clinic, 3);
    const worker = kill('worker');
    await payAll(ids);
    await worker.restarted();
    await expectRightBooks(clinic, ids);
  });

  it('while it reads a payment back, the payment is read back again', async () => {
    const clinic = await openClinic({ pushes: true });
    const [id = ''] = await openPayments(clinic, 1);
    await arm(clinic.account, { operation: 'find_payment', times: 2, ...SLOW });
    await payAtVendor(id);
    await vendorIsAsked(id, 'find_payment');
    await kill('worker').restarted();
    await expectRightBooks(clinic, [id]);
  });

  it('in the middle of settling several payments, each is settled once and no number is lost', async () => {
    const clinic = await openClinic({ pushes: true });
    const ids = await openPayments(clinic, 4);
    const counters = await hold('document_counters');
    await payAll(ids);
    await counters.caught(2);
    const worker = kill('worker');
    await counters.release();
    await worker.restarted();
    await expectRightBooks(clinic, ids);
  });

  it('right after the first of many payments was settled, all are settled once and no number is lost', async () => {
    const clinic = await openClinic({ pushes: true });
    const ids = await openPayments(clinic, 12);
    await payAll(ids);
    await inBooks(({ query }) =>
      moment('the first document', async () => {
        const sql = 'SELECT 1 FROM tax_documents WHERE workspace_id = $1 LIMIT 1';
        return (await query(sql, [clinic.id])).length === 1;
      }),
    );
    await kill('worker').restarted();
    await expectRightBooks(clinic, ids);
  });

  it('while the invoice service takes the document, the document is found there and not made twice', async () => {
    const clinic = await openClinic({ pushes: true });
    const [id = ''] = await openPayments(clinic, 1);
    await arm(clinic.serviceAccount, { operation: 'create_document', ...SLOW });
    await payAtVendor(id);
    await vendorIsAsked(id, 'create_document');
    await kill('worker').restarted();
    await expectRightBooks(clinic, [id]);
  });

  it('while it prints, the document is printed and stored once', async () => {
    const clinic = await openClinic({ pushes: true, print: 'at_issue' });
    const [id = ''] = await openPayments(clinic, 1);
    const files = await hold('document_files');
    await payAtVendor(id);
    await files.caught(1);
    const worker = kill('worker');
    await files.release();
    await worker.restarted();
    const [document] = await expectRightBooks(clinic, [id]);
    expect(document?.sha256).toMatch(/^[0-9a-f]{64}$/);
  });
});
