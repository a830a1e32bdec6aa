import { describe, expect, it } from '#jest';
import type { PaymentRow } from '../../db/payments.ts';
import { toPaymentJson } from './payment-json.ts';

const at = new Date('2026-01-05T08:11:12Z');
const row: PaymentRow = {
  id: 'pay_1',
  workspaceId: 'ws_1',
  accountId: 'acc_1',
  provider: 'payplus',
  status: 'pending',
  outcome: 'known',
  nextCheckAt: null,
  review: null,
  reviewRefundIds: [],
  reference: 'order-1',
  subject: null,
  description: 'visit',
  amount: 10_000,
  chargeAmount: 11_800,
  currency: 'ILS',
  vatIncluded: false,
  vatTreatment: 'standard',
  vatReason: null,
  serviceDate: null,
  items: null,
  discount: 0,
  customer: null,
  patient: null,
  sessionDates: [],
  printPatient: false,
  metadata: {},
  methods: null,
  maxInstallments: null,
  successUrl: 'https://example.com/secret-path',
  cancelUrl: null,
  linkTokenHash: Buffer.from('hash'),
  linkTokenSealed: Buffer.from('sealed'),
  method: null,
  capturedAmount: 0,
  refundedAmount: 0,
  createdAt: at,
  paidAt: null,
  completedAt: null,
  takenFrom: null,
  failure: null,
  warnings: [],
  expiresAt: at,
};
const nothing = {
  url: 'https://pay.example.com/pay/t',
  livePage: null,
  means: [],
  documents: [],
  invoiceDueOn: null,
};

describe('a payment as the API shows it', () => {
  it('has the fields of the contract, and `view`', () => {
    const fields = `id workspaceId status outcome nextCheckAt review reference description amount currency vatIncluded
      provider method means subject link customer patient sessionDates printPatient items discount metadata documentIds taxInvoice capturedAmount refundedAmount createdAt
      paidAt completedAt expiresAt failure warnings paid amounts view`;
    expect(Object.keys(toPaymentJson(row, nothing)).sort()).toEqual(fields.split(/\s+/).sort());
  });

  it('says the amount that the app asked for, not what the payer is asked for', () => {
    expect(toPaymentJson(row, nothing)).toMatchObject({ amount: 10_000, vatIncluded: false });
  });

  it('has a link once the provider has made a page', () => {
    expect(toPaymentJson(row, nothing).link).toBeNull();
    const livePage = { url: 'https://vendor.example.com/p', expiresAt: at };
    expect(toPaymentJson(row, { ...nothing, livePage }).link).toEqual({
      url: nothing.url,
      providerUrl: livePage.url,
      expiresAt: at.toISOString(),
    });
  });

  it('tells instants in UTC', () => {
    expect(toPaymentJson(row, nothing)).toMatchObject({
      createdAt: '2026-01-05T08:11:12.000Z',
      paidAt: null,
    });
  });
});
