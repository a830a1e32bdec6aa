import { beforeEach, describe, expect, it } from '@jest/globals';
import { openClinic } from '../e2e/support/clinic.ts';
import { arm, checkoutsOf, payAll, vendorDocumentsOf } from '../e2e/support/vendors.ts';
import { calm } from './support/calm.ts';
import { openPayments, SLOW, vendorIsAsked } from './support/payments.ts';
import { kill } from './support/processes.ts';
import { expectRightBooks } from './support/right-books.ts';
import { watched } from './support/watchdog.ts';

beforeEach(calm);

describe('when the sandbox is killed', () => {
  it(
    'it loses nothing that it answered: pages, money and documents are there afterwards',
    watched(45, async () => {
      const clinic = await openClinic({ pushes: true });
      const ids = await openPayments(clinic, 2);
      const pages = await Promise.all(ids.map(checkoutsOf));
      await kill('sandbox').restarted();
      expect(await Promise.all(ids.map(checkoutsOf))).toEqual(pages);
      await payAll(ids);
      await kill('sandbox').restarted();
      await expectRightBooks(clinic, ids);
      const documents = await Promise.all(ids.map(vendorDocumentsOf));
      await kill('sandbox').restarted();
      expect(await Promise.all(ids.map(vendorDocumentsOf))).toEqual(documents);
    }),
    50_000,
  );

  it(
    'before it has answered a push, the document is found there and not made twice',
    watched(45, async () => {
      const clinic = await openClinic({ pushes: true });
      const [id = ''] = await openPayments(clinic, 1);
      await arm({ provider: 'green-invoice', operation: 'create_document', times: 1, ...SLOW });
      await payAll([id]);
      await vendorIsAsked(id, 'create_document');
      await kill('sandbox').restarted();
      await expectRightBooks(clinic, [id]);
    }),
    50_000,
  );
});
