import type { HttpRequest } from '../../../../http.ts';
import type { PageHandle, RefundOrder, TransactionHandle } from '../../payment-provider.ts';
import { createGrowProvider } from '../provider.ts';
import { readForm } from '../webhook.ts';

/** For tests only: Grow as a table from method to answer. All values are invented. */
export const OURS = 'pay_01kb2m7c0000000000000000aa';
export const PAGE: PageHandle = { pageId: '900001', secret: 'token-1' };
export const NOON = new Date('2026-01-05T10:00:00Z');

/**
 * A paid row as getPaymentProcessInfo's sample spells it, with a stray space.
 * Source: docs/reference/grow.md, "Reading a payment back".
 */
export const ROW = {
  transactionId: '800000001',
  transactionToken: 'tt-1',
  statusCode: ' 2',
  transactionTypeId: '1',
  paymentType: '2',
  sum: '129.9',
  paymentDate: '5/1/26',
  cardSuffix: '4580',
  cardBrandCode: '3',
};

export const ok = (data: unknown) => ({ status: '1', err: '', data });
export const no = (id: number) => ({ status: 0, err: { id, message: '' }, data: '' });
export const process = (...transactions: object[]) =>
  ok({ processId: '900001', customField: { cField1: OURS }, transactions });

/**
 * The adapter over those answers at noon of 5 January 2026, and the forms that it sent. A text is returned unchanged.
 */
export function growWith(answers: Readonly<Record<string, unknown>>, status = 200) {
  const asked: { method: string; fields: Record<string, string> }[] = [];
  const send = ({ url, headers, body }: HttpRequest) => {
    const method = url.slice('http://grow/'.length);
    asked.push({
      method,
      fields: Object.fromEntries(readForm(body ?? '', headers?.['content-type'] ?? '')),
    });
    const answer = answers[method] ?? no(716);
    const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
    return Promise.resolve({ status, headers: {}, text });
  };
  const provider = createGrowProvider(
    {
      http: { send, close: () => Promise.resolve() },
      credentials: { userId: 'u', pageCode: 'p', apiKey: 'k' },
      previousCredentials: null,
      mode: 'test',
      baseUrl: 'http://grow/',
      options: { webhookGraceSeconds: 1, maxPageMinutes: 60 },
    },
    () => NOON,
  );
  const findAll = (transactions: TransactionHandle[] = [], pages = [PAGE]) =>
    provider.findPayment({ paymentId: OURS, pages, transactions });
  const find = async (transactions?: TransactionHandle[], pages?: (typeof PAGE)[]) =>
    (await findAll(transactions, pages)).transactions;
  const refund = (change: Partial<RefundOrder> = {}) => provider.refund?.({ ...REFUND, ...change });
  return { provider, asked, find, findAll, refund };
}

const REFUND: RefundOrder = {
  refundId: 'ref_01kb2m7c0000000000000000aa',
  paymentId: OURS,
  charge: { transactionId: '800000001', secret: 'tt-1', amount: 12_990, paidAt: NOON },
  page: PAGE,
  amount: 5_000,
  currency: 'ILS',
  idempotencyKey: 'x',
};
