import { beforeEach, describe, expect, it } from '#jest';
import { openClinic } from '../e2e/support/clinic.ts';
import { checkoutsOf, payAll, vendorDocumentsOf } from '../e2e/support/vendors.ts';
import { calm } from './support/calm.ts';
import { openPayments, SLOW, vendorIsAsked } from './support/payments.ts';
import { kill } from './support/processes.ts';
import { expectRightBooks } from './support/right-books.ts';
import { arm } from '../support/faults.ts';

beforeEach(calm);

describe('when the sandbox is killed', () => {
  it('it loses nothing that it answered: pages, money and documents are there afterwards', async () => {
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
  });

  it('before it has answered a push, the document is found there and not made twice', async () => {
    const clinic = await openClinic({ pushes: true });
    const [id = ''] = await openPayments(clinic, 1);
    await arm(clinic.serviceAccount, { operation: 'create_document', ...SLOW });
    await payAll([id]);
    await vendorIsAsked(id, 'create_document');
    await kill('sandbox').restarted();
    await expectRightBooks(clinic, [id]);
  });
});
