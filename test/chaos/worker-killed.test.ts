import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createPayment, openClinic, readPayment } from '../e2e/support/clinic.ts';
import { arm, checkoutsOf, payAll, payAtVendor } from '../e2e/support/vendors.ts';
import { calm } from './support/calm.ts';
import { holdTable } from './support/held-table.ts';
import type { HeldTable } from './support/held-table.ts';
import { firstPaymentOf, openPayments, SLOW, vendorIsAsked } from './support/payments.ts';
import { kill } from './support/processes.ts';
import { expectRightBooks, inBooks } from './support/right-books.ts';
import { moment, recovered, watched } from './support/watchdog.ts';

let held: HeldTable | undefined;
const hold = async (table: string): Promise<HeldTable> => (held = await holdTable(table));
beforeEach(calm);
afterEach(() => held?.release());

describe('when the worker is killed', () => {
  it(
    'while it makes the page, the payment gets a page all the same and can be paid',
    watched(60, async () => {
      const clinic = await openClinic({ pushes: true });
      await arm({ provider: 'payplus', operation: 'create_link', times: 1, ...SLOW });
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
    }),
    70_000,
  );

  it(
    'while payments wait for their payers, what is paid meanwhile is completed when it is back',
    watched(60, async () => {
      const clinic = await openClinic({ pushes: true });
      const ids = await openPayments(clinic, 3);
      const worker = kill('worker');
      await payAll(ids);
      await worker.restarted();
      await expectRightBooks(clinic, ids);
    }),
    70_000,
  );

  it(
    'while it reads a payment back, the payment is read back again',
    watched(60, async () => {
      const clinic = await openClinic({ pushes: true });
      const [id = ''] = await openPayments(clinic, 1);
      await arm({ provider: 'payplus', operation: 'find_payment', times: 2, ...SLOW });
      await payAtVendor(id);
      await vendorIsAsked(id, 'find_payment');
      await kill('worker').restarted();
      await expectRightBooks(clinic, [id]);
    }),
    70_000,
  );

  it(
    'in the middle of settling several payments, each is settled once and no number is lost',
    watched(60, async () => {
      const clinic = await openClinic({ pushes: true });
      const ids = await openPayments(clinic, 4);
      const counters = await hold('document_counters');
      await payAll(ids);
      await counters.caught(2);
      const worker = kill('worker');
      await counters.release();
      await worker.restarted();
      await expectRightBooks(clinic, ids);
    }),
    70_000,
  );

  it(
    'right after the first of many payments was settled, all are settled once and no number is lost',
    watched(60, async () => {
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
    }),
    70_000,
  );

  it(
    'while the invoice service takes the document, the document is found there and not made twice',
    watched(60, async () => {
      const clinic = await openClinic({ pushes: true });
      const [id = ''] = await openPayments(clinic, 1);
      await arm({ provider: 'green-invoice', operation: 'create_document', times: 1, ...SLOW });
      await payAtVendor(id);
      await vendorIsAsked(id, 'create_document');
      await kill('worker').restarted();
      await expectRightBooks(clinic, [id]);
    }),
    70_000,
  );

  it(
    'while it prints, the document is printed and stored once',
    watched(60, async () => {
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
    }),
    70_000,
  );
});
