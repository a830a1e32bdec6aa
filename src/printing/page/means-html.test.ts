import { describe, expect, it } from '#jest';
import { plainMeans } from '../../domain/means.ts';
import { sampleReceipt, sampleTaxInvoice } from '../testing/sample-documents.ts';
import { wordsOf } from '../testing/words-of.ts';

describe('how it was paid', () => {
  it('a cheque says its number, bank, branch, account and day', () => {
    const check = { bank: '12', branch: '600', account: '123456', number: '5000123', dueDate: '2026-01-05' };
    const means = [{ ...plainMeans('check', 35_000), check }];
    expect(wordsOf(sampleReceipt({ content: { means } }))).toContain(
      'המחאה מספר המחאה 5000123 · בנק 12 · סניף 600 · חשבון 123456 · לפירעון 05/01/2026 ₪350.00',
    );
  });

  it('tax that was withheld at source stands beside the money that came, and both come to the total', () => {
    const means = [plainMeans('bank_transfer', 1_120_000), plainMeans('withheld', 60_000)];
    const words = wordsOf(sampleTaxInvoice({ content: { means } }));
    expect(words).toContain('העברה בנקאית ₪11,200.00 ניכוי מס במקור ₪600.00');
    expect(words).toContain('₪11,800.00');
  });

  it('tells instalments, approval and the card', () => {
    const words = wordsOf(sampleTaxInvoice());
    expect(words).toContain(
      'Visa •••• 4242 · מספר תשלומים 3 · תשלום ראשון ₪3,934.00 · כל תשלום נוסף ₪3,933.00 · אישור 0123456',
    );
  });

  it('tells equal instalments by their number and the sum of each', () => {
    const [card] = sampleTaxInvoice().content.means;
    const means = [
      { ...plainMeans('card', 120_000), ...card, amount: 120_000, firstAmount: 40_000, restAmount: 40_000 },
    ];
    const words = wordsOf(sampleTaxInvoice({ content: { means } }));
    expect(words).toContain('Visa •••• 4242 · 3 תשלומים של ₪400.00 · אישור 0123456');
    expect(words).not.toContain('תשלום ראשון');
  });

  it.each([
    ['visa', 'Visa'],
    ['MASTERCARD', 'Mastercard'],
    ['american_express', 'American Express'],
    ['כאל', 'כאל'],
  ])('names the brand %s as its owners write it: %s', (brand, name) => {
    const means = [{ ...plainMeans('card', 35_000), brand, last4: '4242' }];
    expect(wordsOf(sampleReceipt({ content: { means } }))).toContain(`${name} •••• 4242`);
  });

  it('has a column of details only where a means has some', () => {
    expect(wordsOf(sampleReceipt())).toContain('אמצעי תשלום פרטים סכום');
    const means = [plainMeans('cash', 35_000)];
    expect(wordsOf(sampleReceipt({ content: { means } }))).toContain('אמצעי תשלום סכום מזומן ₪350.00');
  });
});
