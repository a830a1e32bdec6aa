import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { toDayText } from '../../src/printing/page/figures.ts';
import { createReadBack } from '../../src/printing/testing/read-back.ts';
import type { ReadBack } from '../../src/printing/testing/read-back.ts';
import { admin, openWorkspace } from '../api/rig.ts';
import type { TestWorkspace } from '../api/rig.ts';
import {
  call,
  eventually,
  openClinic,
  readDocument,
  readPayment,
  theDocumentOf,
  untilPushed,
} from './support/clinic.ts';
import { record } from './support/manual.ts';
import { refund } from './support/refunds.ts';
import { callsAbout, vendorDocumentsOf } from './support/vendors.ts';
import { todayInIsrael } from '../support/today-in-israel.ts';

const printed = (shop: TestWorkspace, documentId: string) =>
  eventually(`the print of ${documentId}`, async () => {
    const { status, bytes } = await call('GET', `/v1/documents/${documentId}/pdf`, { key: shop.key });
    return status === 200 ? bytes : null;
  });

/** What goes back; the id of its document. */
async function giveBack(clinic: TestWorkspace, paymentId: string, body: object = {}): Promise<string> {
  const { json } = await refund(clinic, paymentId, body);
  if (json.documentId === null) throw new Error(`refund ${json.id} has no document`);
  return json.documentId;
}

/** The document is made today, whenever the money came. */
const TODAY = todayInIsrael();

describe('on paper', () => {
  let tools: ReadBack;
  beforeAll(async () => {
    tools = await createReadBack();
  });
  afterAll(() => tools.close());

  it.each([
    [
      'he',
      'osek_murshe',
      true,
      ['חשבונית מס זיכוי', 'זיכוי בגין חשבונית מס/קבלה', '4711', toDayText(TODAY, 'he'), 'ביטול תור'],
    ],
    [
      'he',
      'osek_patur',
      false,
      ['קבלת זיכוי', 'CR1', 'זיכוי בגין קבלה', '4711', toDayText(TODAY, 'he'), 'ביטול תור'],
    ],
    [
      'en',
      'osek_murshe',
      true,
      [
        'Credit Tax Invoice',
        'Credit for Tax Invoice/Receipt',
        '4711',
        `4711 of ${toDayText(TODAY, 'en')}`,
        'ביטול תור',
      ],
    ],
  ])(
    'a credit in %s of an %s names what it credits, its day, and why',
    async (locale, dealerType, vatRegistered, says) => {
      const firstNumbers = { receipt: 4711, tax_invoice_receipt: 4711 };
      const shop = await openWorkspace({
        workspace: { locale, dealerType, vatRegistered, firstNumbers },
        provider: false,
      });
      const payment = await record(shop);
      const credit = await giveBack(shop, payment.id, { reason: 'ביטול תור' });
      const words = (await tools.wordsOf(await printed(shop, credit))).replace(/\s+/g, ' ');
      for (const part of says) expect(words).toContain(part);
    },
  );
});

describe('beside Green Invoice', () => {
  let tools: ReadBack;
  beforeAll(async () => {
    tools = await createReadBack();
  });
  afterAll(() => tools.close());

  it('a confirmation names the legal document once it is there, for the payment and for the refund', async () => {
    const clinic = await openClinic({ pushes: true });
    const payment = await record(clinic);
    const original = await untilPushed(clinic, theDocumentOf(payment));
    const words = await tools.wordsOf(await printed(clinic, original.id));
    expect(words).toContain(`חשבונית מס/קבלה ${original.external?.number}`);
    for (const word of ['מקור', 'העתק', 'מע"מ']) expect(words).not.toContain(word);
    const credit = await untilPushed(clinic, await giveBack(clinic, payment.id));
    const credited = await tools.wordsOf(await printed(clinic, credit.id));
    expect(credited).toContain(`חשבונית מס זיכוי ${credit.external?.number}`);
  });
});

describe('at Green Invoice', () => {
  it('every part that goes back is linked to the document it takes from, and none needs a person', async () => {
    const clinic = await openClinic({ pushes: true });
    const payment = await record(clinic);
    const original = await untilPushed(clinic, theDocumentOf(payment));
    // Of these three parts the VAT does not add up to that of the whole: each document is right by itself.
    for (const amount of [10_000, 10_000, 15_000]) {
      const credit = await readDocument(clinic, await giveBack(clinic, payment.id, { amount }));
      expect(credit).toMatchObject({ type: 'refund_confirmation', originalDocumentId: original.id });
      const refundId = credit.refundId ?? '';
      const { external } = await untilPushed(clinic, credit.id);
      const held = await vendorDocumentsOf(refundId);
      expect(held).toMatchObject([{ id: external?.id, total: amount, vat: credit.vat }]);
      const orders = (await callsAbout(refundId)).filter(({ operation }) => operation === 'create_document');
      expect(orders.map(({ body }) => body)).toMatchObject([
        { type: 330, linkedDocumentIds: [original.external?.id], linkType: 'link' },
      ]);
    }
    expect(await readPayment(clinic, payment.id)).toMatchObject({ status: 'refunded', review: null });
  });

  it('all that a dealer without tax invoices gives back cancels his receipt', async () => {
    const own = { dealerType: 'osek_patur', vatRegistered: false };
    const clinic = await openWorkspace({ workspace: own, provider: false });
    const credentials = { apiKeyId: `patur-${randomUUID()}`, apiKeySecret: randomUUID() };
    const slot = { service: 'green-invoice', credentials };
    expect((await admin('PUT', `/v1/workspaces/${clinic.id}/invoice-service`, slot)).status).toBe(200);
    const payment = await record(clinic);
    const original = await untilPushed(clinic, theDocumentOf(payment));
    const credit = await untilPushed(clinic, await giveBack(clinic, payment.id));
    const [order] = (await callsAbout(credit.refundId ?? '')).filter(
      ({ operation }) => operation === 'create_document',
    );
    expect(order?.body).toMatchObject({
      type: 400,
      linkedDocumentIds: [original.external?.id],
      linkType: 'cancel',
    });
  });
});
