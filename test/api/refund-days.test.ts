import { beforeAll, describe, expect, it } from '#jest';
import { record } from '../e2e/support/manual.ts';
import { refund, untilRefund } from '../e2e/support/refunds.ts';
import { admin, call, openWorkspace } from './rig.ts';
import type { PaymentBody, ProblemBody, TestWorkspace } from './rig.ts';
import { todayInIsrael } from '../support/today-in-israel.ts';

let clinic: TestWorkspace;
let payment: PaymentBody;
beforeAll(async () => {
  clinic = await openWorkspace({ provider: false });
  payment = await record(clinic);
});

const pointersOf = (json: unknown) => (json as ProblemBody).errors?.map(({ pointer }) => pointer);
const sentencesOf = (json: unknown) => (json as ProblemBody).errors?.map(({ detail }) => detail).join();

describe('the day of a refund by hand', () => {
  it.each([
    ['before the document that it credits', '2025-03-01', /must not be before 2025-03-02/],
    ['before 1900', '1899-12-31', /must lie between 1900-01-01 and 2999-12-31/],
    ['after 2999', '3000-01-01', /must lie between 1900-01-01 and 2999-12-31/],
    ['in 1900 either: the money came later', '1900-01-01', /must not be before 2025-03-02/],
  ])('is not %s', async (_what, paidOn, why) => {
    const answer = await refund(clinic, payment.id, { amount: 100, method: 'cash', paidOn });
    expect([answer.status, pointersOf(answer.json)]).toEqual([422, ['#/paidOn']]);
    expect(sentencesOf(answer.json)).toMatch(why);
  });

  it('may be that of the payment', async () => {
    const { json } = await refund(clinic, payment.id, { amount: 100, method: 'cash', paidOn: '2025-03-02' });
    await untilRefund(clinic, payment.id, json.id, { status: 'completed' });
  });
});

describe('books', () => {
  const today = todayInIsrael();

  it('are closed through yesterday at the latest', async () => {
    const path = `/v1/workspaces/${clinic.id}`;
    const refused = await admin('PATCH', path, { booksClosedThrough: today });
    expect([refused.status, pointersOf(refused.json)]).toEqual([422, ['#/booksClosedThrough']]);
  });

  it('that are closed take no document, and a credit of an earlier day bears the present day', async () => {
    const yesterday = new Date(Date.parse(today) - 86_400_000).toISOString().slice(0, 10);
    const closed = await openWorkspace({ provider: false });
    const { id } = await record(closed);
    await admin('PATCH', `/v1/workspaces/${closed.id}`, { booksClosedThrough: yesterday });
    const { json } = await refund(closed, id, { amount: 100, method: 'cash', paidOn: '2025-03-02' });
    const { documentId } = await untilRefund(closed, id, json.id, { status: 'completed' });
    const document = await call<{ documentDate: string }>('GET', `/v1/documents/${documentId ?? ''}`, {
      key: closed.key,
    });
    expect(document.json.documentDate).toBe(today);
  });
});
