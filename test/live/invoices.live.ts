// What an invoice service promises, at its own sandbox. Documents that are made there bind nobody.
import { afterAll, describe, expect, it } from '#jest';
import { createHttp } from '../../src/http.ts';
import { invoiceServices } from '../../src/providers/invoices/index.ts';
import { push, toOrder } from '../contract/invoice-rig.ts';
import { INVOICE_SUBJECTS } from '../contract/invoice-subjects.ts';
import { readAccount } from './accounts.ts';
import { hasSandbox, onlySandboxes } from './sandbox-hosts.ts';

const http = onlySandboxes(createHttp());
afterAll(() => http.close());

/** Ids that no earlier run has used. */
const fresh = () => {
  const unique = `${Date.now()}${Math.floor(Math.random() * 1e6)}`;
  return toOrder({ key: `pay_live_${unique}`, id: `doc_live_${unique}` });
};

it('this ring cannot reach a host where business is done', async () => {
  const call = http.send({ method: 'GET', url: 'https://api.greeninvoice.co.il/api/v1/' });
  await expect(call).rejects.toMatchObject({ code: 'rejected' });
});

describe.each(Object.values(invoiceServices))("$name at the service's sandbox", (face) => {
  if (!hasSandbox(face.name)) {
    it.skip('for lack of a host for tests: this ring reaches no other', () => undefined);
    return;
  }
  const fields = Object.keys(INVOICE_SUBJECTS[face.name]?.account('', '') as object);
  const account = readAccount(face.name, fields);
  if ('skipped' in account) {
    it.skip(account.skipped, () => undefined);
    return;
  }
  const serviceOf = (credentials: unknown) =>
    face.create({ http, credentials: face.credentials.parse(credentials), mode: 'test', baseUrl: null });

  it('takes good credentials', async () => {
    await expect(serviceOf(account.credentials).checkCredentials()).resolves.toBeUndefined();
  });

  it.each(fields)('refuses a wrong %s', async (field) => {
    const wrong = { ...account.credentials, [field]: 'invalid' };
    await expect(serviceOf(wrong).checkCredentials()).rejects.toMatchObject({ code: 'credentials_invalid' });
  });

  it('finds no document where none was made, and one where it was, with our amounts', async () => {
    const service = serviceOf(account.credentials);
    const order = fresh();
    expect(await service.findDocument?.(order)).toBeNull();
    const made = await push(service, order);
    expect(made).toMatchObject({ total: order.split.total, vat: order.split.vat });
    expect(await service.findDocument?.(order)).toMatchObject({ id: made.id, number: made.number });
  });
});
