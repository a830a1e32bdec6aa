import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { createReadBack } from '../../src/printing/testing/read-back.ts';
import type { ReadBack } from '../../src/printing/testing/read-back.ts';
import {
  admin,
  control,
  eventually,
  openPayment,
  openWorkspace,
  payAtVendor,
  untilStatus,
} from '../api/rig.ts';
import type { TestWorkspace } from '../api/rig.ts';
import { arm, clearFaults, untilTaken } from '../support/faults.ts';
import { todayInIsrael } from '../support/today-in-israel.ts';
import { call, readTimeline, theDocumentOf } from './support/clinic.ts';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import { record } from './support/manual.ts';

/** A dealer of the authority's sandbox that no other test has. Source: docs/reference/israel-tax.md, "Check digit". */
const DEALER = '777777715';
const AUTHORITY = { vendor: 'tax-authority', account: DEALER };
const CUSTOMER = { name: 'Acme Ltd', taxId: '777777723', taxIdKind: 'company' };

let books: Books;
let tools: ReadBack;
beforeAll(async () => {
  books = openBooks();
  tools = await createReadBack();
});
afterAll(async () => {
  await clearFaults(AUTHORITY);
  await tools.close();
  await books.close();
});

const open = (): Promise<TestWorkspace> =>
  openWorkspace({ workspace: { taxId: DEALER, receipt: { print: 'on_demand' } } });

interface Connection {
  readonly status: string;
  readonly expiresAt: string | null;
  readonly waiting: number;
  readonly refused: number;
}

const at = ({ id }: TestWorkspace, more = ''): string => `/v1/workspaces/${id}/tax-authority${more}`;
const look = async (clinic: TestWorkspace): Promise<Connection> =>
  (await call<Connection>('GET', at(clinic), { key: clinic.key })).json;

/** The address that the person clicks on the authority's page: `allow` or `deny`. */
async function askPerson(clinic: TestWorkspace, choice: 'allow' | 'deny'): Promise<string> {
  const begun = await call<{ authorizeUrl: string }>('POST', at(clinic, '/connect'), {
    key: clinic.key,
    body: { userId: '000000018' },
  });
  expect(begun.status).toBe(200);
  const page = await (await fetch(begun.json.authorizeUrl)).text();
  const href = new RegExp(`id="${choice}" href="([^"]+)"`).exec(page)?.[1] ?? '';
  return href.replaceAll(/&#(\d+);/g, (_all, code: string) => String.fromCodePoint(Number(code)));
}

async function connect(clinic: TestWorkspace): Promise<void> {
  const back = await call('GET', await askPerson(clinic, 'allow'));
  expect(back.status).toBe(200);
}

/** A sale of 10,000.00 before VAT to a company: its invoice needs a number. */
async function sell(clinic: TestWorkspace, customer: object = CUSTOMER): Promise<string> {
  const sale = {
    amount: 1_180_000,
    method: 'bank_transfer',
    customer,
    paidOn: todayInIsrael(),
    lateReason: undefined,
  };
  return theDocumentOf(await record(clinic, sale));
}

const openLink = async (clinic: TestWorkspace, amount: number): Promise<string> =>
  (await openPayment(clinic, { amount, customer: CUSTOMER })).id;

async function payLink(clinic: TestWorkspace, id: string): Promise<string> {
  await payAtVendor(id);
  return theDocumentOf(await untilStatus(clinic, id, 'completed'));
}

interface Document {
  readonly status: string;
  readonly allocationNumber: string | null;
  readonly paymentId: string;
  readonly net: number;
  readonly ils: object | null;
}

const read = async (clinic: TestWorkspace, id: string): Promise<Document> =>
  (await call<Document>('GET', `/v1/documents/${id}`, { key: clinic.key })).json;

const untilAllocated = (clinic: TestWorkspace, id: string): Promise<Document> =>
  eventually('the allocation number', async () => {
    const document = await read(clinic, id);
    return document.allocationNumber === null ? null : document;
  });

const timelineOf = async (clinic: TestWorkspace, id: string): Promise<string[]> =>
  (await readTimeline(clinic, (await read(clinic, id)).paymentId)).map(({ summary }) => summary);

describe('a business that is connected with the tax authority', () => {
  it('gets the number of each invoice by itself, and its last nine digits are printed on the original', async () => {
    const clinic = await open();
    await connect(clinic);
    expect(await look(clinic)).toMatchObject({ status: 'connected', waiting: 0, refused: 0 });
    const id = await sell(clinic);
    const { allocationNumber, status } = await untilAllocated(clinic, id);
    expect(status).toBe('issued');
    expect(allocationNumber).toMatch(/^\d{24}$/);
    const pdf = await eventually('the original', async () => {
      const got = await call('GET', `/v1/documents/${id}/pdf?original=true`, { key: clinic.key });
      return got.status === 200 ? got : null;
    });
    const words = (await tools.wordsOf(pdf.bytes)).replaceAll(/\s+/g, ' ');
    expect(words).toContain(allocationNumber?.slice(-9));
    expect(words).not.toContain(allocationNumber);
  });

  it('gets the numbers of invoices that waited before it was connected', async () => {
    const clinic = await open();
    const id = await sell(clinic);
    expect(await look(clinic)).toMatchObject({ status: 'not_connected', waiting: 1 });
    await connect(clinic);
    await untilAllocated(clinic, id);
    expect(await look(clinic)).toMatchObject({ waiting: 0 });
  });

  it('gets the number of an invoice in pounds by its sums in shekels once the exchange rate is known, and needs none below the limit', async () => {
    // A link of somebody who charged no VAT yet: from a dealer of VAT the API takes no such payment.
    const clinic = await openWorkspace({
      workspace: {
        ...{ taxId: DEALER, receipt: { print: 'on_demand' }, mode: 'test' },
        ...{ dealerType: 'osek_patur', vatRegistered: false, currency: 'GBP' },
      },
    });
    const [above, below] = [await openLink(clinic, 236_000), await openLink(clinic, 11_800)];
    const change = { dealerType: 'osek_murshe', vatRegistered: true };
    expect((await admin('PATCH', `/v1/workspaces/${clinic.id}`, change)).status).toBe(200);
    await connect(clinic);
    const id = await payLink(clinic, above);
    const small = await payLink(clinic, below);
    expect(await read(clinic, id)).toMatchObject({ status: 'allocation_required', net: 200_000, ils: null });
    expect(await read(clinic, small)).toMatchObject({
      status: 'allocation_required',
      net: 10_000,
      ils: null,
    });
    await eventually('the try without a rate', async () => {
      const lines = await timelineOf(clinic, id);
      return lines.find((line) => line.endsWith('no exchange rate is known for its day')) ?? null;
    });
    await admin('PUT', `/v1/admin/exchange-rates/GBP/${todayInIsrael()}`, { rate: '4.5' });
    await eventually('the shekels', async () => {
      const lines = await timelineOf(clinic, id);
      return lines.find((line) => line.includes('counts in reports as 10620.00 ILS')) ?? null;
    });
    await call('POST', `/v1/documents/${id}/request-allocation`, { key: clinic.key, body: {} });
    await untilAllocated(clinic, id);
    const asked = await control<{ body: object }[]>('GET', 'calls?provider=tax-authority&operation=allocate');
    expect(asked.json.map(({ body }) => body)).toContainEqual(
      expect.objectContaining({
        ...{ invoice_id: id, payment_amount: 9_000, vat_amount: 1_620 },
        payment_amount_including_vat: 10_620,
      }),
    );
    const released = await eventually('the release', async () => {
      const document = await read(clinic, small);
      return document.status === 'issued' ? document : null;
    });
    expect(released.allocationNumber).toBeNull();
    expect(await timelineOf(clinic, small)).toContainEqual(
      expect.stringContaining('needs no allocation number'),
    );
    await eventually('its original', async () => {
      const path = `/v1/documents/${small}/pdf?original=true`;
      return (await call('GET', path, { key: clinic.key })).status === 200 ? true : null;
    });
  });

  it('is told of a refusal with its code, and the authority is asked again only when a person says so', async () => {
    const clinic = await open();
    await connect(clinic);
    const id = await sell(clinic, { ...CUSTOMER, name: 'Please refuse Ltd' });
    const [told] = await eventually('the refusal', async () => {
      const rows = await books.query<{ facts: object }>(
        "SELECT facts FROM events WHERE type = 'document.allocation_refused' AND facts ->> 'documentId' = $1",
        [id],
      );
      return rows.length === 0 ? null : rows;
    });
    expect(told?.facts).toMatchObject({ code: '460', type: 'tax_invoice_receipt' });
    expect(await look(clinic)).toMatchObject({ waiting: 1, refused: 1 });
    expect(await read(clinic, id)).toMatchObject({ status: 'allocation_required' });
    const again = await call('POST', `/v1/documents/${id}/request-allocation`, { key: clinic.key, body: {} });
    expect(again.status).toBe(200);
    await eventually('the second refusal', async () => {
      const lines = (await timelineOf(clinic, id)).filter((line) => line.includes('(code 460)'));
      return lines.length === 2 ? lines : null;
    });
  });

  it('gets the number when the authority answers again, and the timeline says that it did not', async () => {
    const clinic = await open();
    await connect(clinic);
    await arm(AUTHORITY, { operation: 'allocate', fault: 'status_500' });
    const id = await sell(clinic);
    await untilTaken(AUTHORITY);
    await eventually('the failed try', async () => {
      const lines = await timelineOf(clinic, id);
      return (
        lines.find((line) => line.startsWith('No allocation number could be asked for, in 1 tries')) ?? null
      );
    });
    await call('POST', `/v1/documents/${id}/request-allocation`, { key: clinic.key, body: {} });
    await untilAllocated(clinic, id);
  });

  it('renews an access token that has ended, and uses each refresh token once', async () => {
    const clinic = await open();
    await connect(clinic);
    const refreshTokens = () =>
      books.query<{ sealed: Buffer }>(
        'SELECT refresh_token_sealed AS sealed FROM tax_authority_connections WHERE workspace_id = $1',
        [clinic.id],
      );
    const [before] = await refreshTokens();
    await books.query(
      'UPDATE tax_authority_connections SET access_expires_at = now() WHERE workspace_id = $1',
      [clinic.id],
    );
    await untilAllocated(clinic, await sell(clinic));
    const [after] = await refreshTokens();
    expect(after?.sealed.equals(before?.sealed ?? Buffer.alloc(0))).toBe(false);
  });
});

describe('a connection', () => {
  it('that a person did not allow is none, and the address works once', async () => {
    const clinic = await open();
    const denied = await call('GET', await askPerson(clinic, 'deny'));
    expect(denied.status).toBe(400);
    expect(await look(clinic)).toMatchObject({ status: 'not_connected' });
    const allowed = await askPerson(clinic, 'allow');
    expect((await call('GET', allowed)).status).toBe(200);
    expect((await call('GET', allowed)).status).toBe(400);
    expect(await look(clinic)).toMatchObject({ status: 'connected' });
  });

  it('that was ended asks for nothing more', async () => {
    const clinic = await open();
    await connect(clinic);
    expect((await call('DELETE', at(clinic), { key: clinic.key })).status).toBe(204);
    expect(await look(clinic)).toMatchObject({ status: 'not_connected', expiresAt: null });
    const id = await sell(clinic);
    const again = await call('POST', `/v1/documents/${id}/request-allocation`, { key: clinic.key, body: {} });
    expect(again).toMatchObject({ status: 409, json: { code: 'conflict' } });
  });

  it('with a person whose id number is wrong is refused and names the field', async () => {
    const clinic = await open();
    const answer = await call('POST', at(clinic, '/connect'), { key: clinic.key, body: { userId: '123' } });
    expect(answer).toMatchObject({ status: 422, json: { errors: [{ pointer: '#/userId' }] } });
  });
});
