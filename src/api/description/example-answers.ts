import { plainMeans } from '../../domain/means.ts';
import type { DocumentJson } from '../documents/document-schema.ts';
import type { ProblemJson } from '../http/problem-answer.ts';
import type { PaymentJson } from '../payments/payment-answer.ts';
import type { RefundJson } from '../refunds/refund-schema.ts';

const PAYMENT_ID = 'pay_01kevr2a5h8d3w6m9q0t4x7z1b';
const DOCUMENT_ID = 'doc_01kevr4n7c2f5j8p1s3v6y9b0d';
const REFUND_ID = 'ref_01kevr9d3k6n9q2t5w8z1c4f7h';
const PAID_AT = '2026-01-15T08:12:30.000Z';

const card = { ...plainMeans('card', 35_000), brand: 'visa', last4: '4242', approvalNumber: '0012345' };

const payment: PaymentJson = {
  id: PAYMENT_ID,
  workspaceId: 'ws_01kevqzx1a4d7g0j3m6p9s2v5y',
  view: 'full',
  status: 'completed',
  paid: true,
  amounts: { asked: 35_000, captured: 35_000, refunded: 0, net: 35_000, held: 0 },
  outcome: 'known',
  nextCheckAt: null,
  review: null,
  reference: 'visit-2026-0117',
  description: 'פגישת ייעוץ',
  amount: 35_000,
  currency: 'ILS',
  vatIncluded: true,
  provider: 'payplus',
  method: 'card',
  means: [card],
  subject: null,
  link: {
    url: 'https://pay.clinic.example/pay/q1W2e3R4t5Y6u7I8o9P0a1S2d3F4g5H6',
    providerUrl: 'https://vendor.example/page/7f3a',
    expiresAt: '2026-02-14T08:00:00.000Z',
  },
  customer: { name: 'דנה לוי', email: 'dana@example.com', phone: '+972501234567', locale: 'he' },
  patient: null,
  sessionDates: [],
  printPatient: false,
  items: null,
  discount: 0,
  metadata: { room: '4' },
  documentIds: [DOCUMENT_ID],
  taxInvoice: null,
  capturedAmount: 35_000,
  refundedAmount: 0,
  warnings: [],
  failure: null,
  createdAt: '2026-01-15T08:00:00.000Z',
  paidAt: PAID_AT,
  completedAt: '2026-01-15T08:12:31.000Z',
  expiresAt: '2026-02-14T08:00:00.000Z',
};

const refund: RefundJson = {
  id: REFUND_ID,
  paymentId: PAYMENT_ID,
  amount: 5_000,
  currency: 'ILS',
  status: 'completed',
  outcome: 'known',
  nextCheckAt: null,
  method: 'original',
  origin: 'api',
  reason: 'The visit was shorter',
  failure: null,
  paidOn: null,
  items: null,
  documentId: 'doc_01kevr9g6m9q2t5w8z1c4f7h0k',
  invoiceCreditId: null,
  createdAt: '2026-01-16T10:00:00.000Z',
};

const document: DocumentJson = {
  id: DOCUMENT_ID,
  type: 'tax_invoice_receipt',
  series: 'tax_invoice_receipt',
  number: 7,
  displayNumber: '7',
  fiscalYear: 2026,
  paymentId: PAYMENT_ID,
  refundId: null,
  originalDocumentId: null,
  reversesDocumentId: null,
  documentDate: '2026-01-15',
  createdAt: '2026-01-15T08:12:31.000Z',
  currency: 'ILS',
  net: 29_661,
  vat: 5_339,
  total: 35_000,
  vatRateBp: 1_800,
  status: 'issued',
  allocationNumber: null,
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  signed: true,
  computerised: true,
  ils: null,
  means: [card],
  acknowledgedAt: null,
  acknowledgement: null,
  external: null,
};

const problem: ProblemJson = {
  type: 'urn:tashlum:problem:validation_failed',
  title: 'validation failed',
  status: 422,
  code: 'validation_failed',
  detail: '#/amount: must be 1 or more minor units',
  errors: [{ pointer: '#/amount', detail: 'must be 1 or more minor units' }],
};

/** An example of each schema that callers read most, by the name of the schema. */
export const ANSWER_EXAMPLES = {
  Payment: payment,
  Refund: refund,
  Document: document,
  Problem: problem,
} as const;
