import { beforeAll, describe, expect, it } from '#jest';
import { createHash } from 'node:crypto';
import { call, eventually, mintKey, openPayment, openWorkspace, payAtVendor, untilStatus } from './rig.ts';
import type { PageBody, ProblemBody, Reply, TestWorkspace } from './rig.ts';

interface DocumentBody {
  readonly id: string;
  readonly type: string;
  readonly number: number;
  readonly paymentId: string;
  readonly documentDate: string;
  readonly sha256: string | null;
}

describe('documents', () => {
  let clinic: TestWorkspace;
  let ids: string[];
  beforeAll(async () => {
    clinic = await openWorkspace();
    ids = [];
    for (let n = 0; n < 3; n += 1) {
      const { id } = await openPayment(clinic, { amount: 11_800 });
      await payAtVendor(id);
      const paid = await untilStatus(clinic, id, 'completed');
      ids.push(paid.documentIds[0] ?? '');
    }
  });

  const get = <Body>(path: string, method = 'GET') =>
    call<Body>(method, `/v1/documents${path}`, { key: clinic.key });
  const file = (path: string): Promise<Reply<ProblemBody>> =>
    eventually('the file', async () => {
      const answer = await get<ProblemBody>(path);
      if (answer.status !== 409) return answer;
      expect([answer.json.code, answer.headers.get('retry-after')]).toEqual(['document_not_ready', '1']);
      return null;
    });

  it('say what the contract says', async () => {
    const { json } = await get<DocumentBody>(`/${ids[0] ?? ''}`);
    expect(json).toMatchObject({
      type: 'tax_invoice_receipt',
      series: 'tax_invoice_receipt',
      number: 1,
      displayNumber: '1',
      refundId: null,
      originalDocumentId: null,
      currency: 'ILS',
      net: 10_000,
      vat: 1_800,
      total: 11_800,
      vatRateBp: 1_800,
      status: 'issued',
      allocationNumber: null,
      acknowledgedAt: null,
      external: null,
      means: [{ method: 'card', amount: 11_800 }],
    });
  });

  it('are listed latest first, page by page and filtered', async () => {
    const first = await get<PageBody<DocumentBody>>('?limit=2');
    const second = await get<PageBody<DocumentBody>>(`?limit=2&after=${first.json.next ?? ''}`);
    const all = [...first.json.data, ...second.json.data];
    expect(all.map(({ number }) => number)).toEqual([3, 2, 1]);
    expect(second.json.next).toBeNull();
    const day = all[0]?.documentDate ?? '';
    const found = async (query: string) => (await get<PageBody<DocumentBody>>(query)).json.data.length;
    expect(await found(`?from=${day}`)).toBe(3);
    expect(await found(`?to=${day}`)).toBe(0);
    expect(await found('?type=receipt')).toBe(0);
    expect(await found(`?fiscalYear=${day.slice(0, 4)}`)).toBe(3);
    expect((await get('?from=yesterday')).status).toBe(422);
    expect((await get('?type=bill')).status).toBe(422);
  });

  it('let the original out once; a look at the headers takes nothing', async () => {
    const id = ids[1] ?? '';
    await eventually('the print', async () => {
      const head = await get<undefined>(`/${id}/pdf?original=true`, 'HEAD');
      return head.status === 200 ? true : null;
    });
    const original = await file(`/${id}/pdf?original=true`);
    expect(original.headers.get('content-type')).toBe('application/pdf');
    expect(original.headers.get('content-disposition')).toMatch(
      /filename="tax-invoice-receipt-\d+-original\.pdf"/,
    );
    expect(original.bytes.subarray(0, 5).toString()).toBe('%PDF-');
    const { json } = await get<DocumentBody>(`/${id}`);
    expect(createHash('sha256').update(original.bytes).digest('hex')).toBe(json.sha256);
    const again = await get<{ code: string }>(`/${id}/pdf?original=true`);
    expect([again.status, again.json.code]).toEqual([409, 'original_left']);
    const copy = await file(`/${id}/pdf`);
    expect(copy.headers.get('x-document-variant')).toBe('copy');
    expect(copy.bytes.equals(original.bytes)).toBe(false);
  });

  it('give a copy unless the original is asked for, and keep the original', async () => {
    const id = ids[2] ?? '';
    const copy = await file(`/${id}/pdf`);
    expect((await file(`/${id}/pdf?copy=true`)).bytes.equals(copy.bytes)).toBe(true);
    const original = await file(`/${id}/pdf?original=true`);
    expect((await get(`/${id}/pdf?original=true&copy=true`)).status).toBe(422);
    const { json } = await get<DocumentBody>(`/${id}`);
    const sums = [copy, original].map(({ bytes }) => createHash('sha256').update(bytes).digest('hex'));
    expect(sums[0]).not.toBe(json.sha256);
    expect(sums[1]).toBe(json.sha256);
  });

  it('are read by payments:read alone', async () => {
    const key = await mintKey(clinic.id, ['reports:read']);
    expect((await call('GET', '/v1/documents', { key })).status).toBe(403);
    expect((await call('GET', `/v1/documents/${ids[0] ?? ''}`, { key })).status).toBe(403);
  });
});
