import { createHash } from 'node:crypto';
import { unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from '#jest';
import { listProofFaults, readProof } from '../../src/commands/audit-proof.ts';
import { createAuditChain } from '../../src/db/audit-chain.ts';
import { createPool } from '../../src/db/pool.ts';
import { readMasterKeys } from '../../src/secrets.ts';
import { readEncryptionKeys, readEnvironment } from '../support/environment.ts';
import { call, eventually, openClinic, openPayment, untilStatus } from './support/clinic.ts';
import type { Clinic } from './support/clinic.ts';
import { record } from './support/accountant-clinic.ts';
import { refund } from './support/refunds.ts';
import { payAtVendor } from './support/vendors.ts';
import { todayInIsrael } from '../support/today-in-israel.ts';

const PAYER = { name: 'דנה לוי', email: 'dana@example.com', phone: '0501234567', taxId: '123456782' };
/** A reference that would run, if the page did not escape it. */
const REFERENCE = `<script>alert(${Date.now()})</script>`;

let clinic: Clinic;
let id: string;
let link: string;
let files: ReadonlyMap<string, Buffer>;

async function take(paymentId: string): Promise<ReadonlyMap<string, Buffer>> {
  const reply = await eventually('the evidence', async () => {
    const answer = await call('GET', `/v1/payments/${paymentId}/timeline?format=zip`, { key: clinic.key });
    return answer.status === 409 ? null : answer;
  });
  expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'application/zip']);
  return new Map(Object.entries(unzipSync(reply.bytes)).map(([path, bytes]) => [path, Buffer.from(bytes)]));
}

const textOf = (path: string): string => files.get(path)?.toString() ?? '';
const paths = (): string[] => [...files.keys()];

beforeAll(async () => {
  clinic = await openClinic({ print: 'at_issue' });
  const payment = await openPayment(clinic, {
    reference: REFERENCE,
    customer: PAYER,
    patient: { name: 'נועה לוי', taxId: '000000018' },
    sessionDates: ['1987-06-05'],
    description: 'טיפול רגשי',
    metadata: { file: 'private-note' },
  });
  ({ id } = payment);
  link = payment.link?.url ?? '';
  await payAtVendor(id);
  await untilStatus(clinic, id, 'completed');
  await refund(clinic, id, { amount: 10_000, reason: 'visit cancelled' });
  await untilStatus(clinic, id, 'partially_refunded');
  files = await take(id);
});

describe('the evidence of a payment', () => {
  it('has payment, timeline, a copy of each document, each webhook and the audit entries', () => {
    expect(paths().filter((path) => !path.startsWith('webhooks/'))).toEqual([
      'index.html',
      'payment.json',
      'timeline.json',
      'documents/tax-invoice-receipt-1-copy.pdf',
      'documents/credit-invoice-1-copy.pdf',
      'audit/chain-proof.json',
    ]);
    expect(paths().filter((path) => path.startsWith('webhooks/')).length).toBeGreaterThan(0);
    for (const path of paths().filter((one) => one.endsWith('.pdf')))
      expect(files.get(path)?.subarray(0, 5).toString()).toBe('%PDF-');
    expect(JSON.parse(textOf('payment.json'))).toMatchObject({
      id,
      status: 'partially_refunded',
      amounts: { captured: 35_000, refunded: 10_000 },
    });
  });

  it('says on its first page what each file is, with its hash, and runs nothing', () => {
    const page = textOf('index.html');
    for (const [path, bytes] of files) {
      if (path === 'index.html') continue;
      expect(page).toContain(`href="${path}"`);
      expect(page).toContain(createHash('sha256').update(bytes).digest('hex'));
    }
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;alert(');
  });

  it('tells nothing of the payer, no signature and no secret outside the documents', () => {
    const told = [...files].filter(([path]) => !path.endsWith('.pdf')).map(([, bytes]) => bytes.toString());
    const token = link.split('/').at(-1) ?? '';
    expect(token).not.toBe('');
    const planted = [
      ...Object.values(PAYER),
      'טיפול רגשי',
      'private-note',
      'נועה לוי',
      '000000018',
      '1987-06-05',
      token,
      clinic.key,
    ];
    for (const secret of [...planted, ...Object.values(clinic.credentials)])
      for (const text of told) expect(text).not.toContain(secret);
    const webhook = JSON.parse(textOf(paths().find((path) => path.startsWith('webhooks/')) ?? '')) as object;
    expect(webhook).toMatchObject({ paymentId: id, status: 'handled', headers: { hash: '[redacted]' } });
  });

  it('leaves out a document that names a patient, and says so on its first page', async () => {
    const patient = { name: 'נועה לוי', taxId: '000000018' };
    const paidOn = todayInIsrael();
    const told = { amount: 5_000, method: 'cash', paidOn, patient, sessionDates: ['1987-06-05'] };
    const plain = await record(clinic, told);
    const named = await record(clinic, { ...told, printPatient: true });
    const taken = async (paymentId: string) => {
      await untilStatus(clinic, paymentId, 'completed');
      const bundle = await take(paymentId);
      const pdfs = [...bundle.keys()].filter((path) => path.endsWith('.pdf'));
      return { pdfs, page: bundle.get('index.html')?.toString() ?? '' };
    };
    const whole = await taken(plain.id);
    expect(whole.pdfs).toHaveLength(1);
    expect(whole.page).not.toContain('Left out');
    const { pdfs, page } = await taken(named.id);
    expect(pdfs).toEqual([]);
    // Who reads the bundle must know that a document was issued, and why it is not here.
    expect(page).toMatch(/Left out[^]*tax invoice receipt 3[^]*names a patient/);
    for (const secret of Object.values(patient)) expect(page).not.toContain(secret);
  });

  it('uses up no original', async () => {
    const { json } = await call<{ documentIds: readonly string[] }>('GET', `/v1/payments/${id}`, {
      key: clinic.key,
    });
    const original = await eventually('the original', async () => {
      const answer = await call('GET', `/v1/documents/${json.documentIds[0] ?? ''}/pdf?original=true`, {
        key: clinic.key,
      });
      return answer.status === 409 && answer.json.code === 'document_not_ready' ? null : answer;
    });
    expect([original.status, original.headers.get('x-document-variant')]).toEqual([200, 'original']);
    const copy = files.get('documents/tax-invoice-receipt-1-copy.pdf');
    expect(copy?.equals(original.bytes)).toBe(false);
  });

  it('proves its audit entries to who has the keys, and no changed ones', async () => {
    const pool = createPool({
      connectionString: readEnvironment().databaseUrl,
      max: 1,
      onError: () => undefined,
    });
    const chain = createAuditChain(readMasterKeys(readEncryptionKeys()));
    const text = textOf('audit/chain-proof.json');
    const proof = readProof(text);
    const actions = proof.entries.map(({ action }) => action);
    expect(actions).toContain('refund.created');
    expect(await listProofFaults(pool, chain, proof)).toEqual([]);
    const forged = readProof(text.replaceAll('refund.created', 'refund.completed'));
    expect(await listProofFaults(pool, chain, forged)).toEqual([
      expect.stringMatching(/^Entry \d+ of the proof was changed/),
    ]);
    await pool.end();
  });

  it('is noted in the audit log, and another workspace gets none', async () => {
    const { json } = await call<{ data: readonly { action: string; subjectId: string }[] }>(
      'GET',
      `/v1/audit?subjectId=${id}&action=payment.evidence_taken`,
      { key: clinic.key },
    );
    expect(json.data.length).toBeGreaterThan(0);
    const other = await openClinic();
    const answer = await call('GET', `/v1/payments/${id}/timeline?format=zip`, { key: other.key });
    expect(answer.status).toBe(404);
    const wrong = await call('GET', `/v1/payments/${id}/timeline?format=pdf`, { key: clinic.key });
    expect([wrong.status, wrong.json.errors?.[0]?.pointer]).toEqual([422, '#/format']);
  });
});
