import { randomUUID } from 'node:crypto';
import { unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from '#jest';
import { admin, call, openWorkspace, order } from '../api/rig.ts';
import { openClinic } from '../e2e/support/clinic.ts';
import type { Clinic } from '../e2e/support/clinic.ts';
import { askExport, download, readCsv, readExport, untilMade } from '../e2e/support/exports.ts';
import type { ExportBody } from '../e2e/support/exports.ts';
import type { TestWorkspace } from '../api/rig.ts';
import { readHashavshevet } from '../support/hashavshevet/read-hashavshevet.ts';
import { calm } from './support/calm.ts';
import { holdTable } from './support/held-table.ts';
import type { HeldTable } from './support/held-table.ts';
import { kill } from './support/processes.ts';
import { recovered } from './support/recovered.ts';

let held: HeldTable | undefined;
const hold = async (): Promise<HeldTable> => (held = await holdTable('export_pieces'));
beforeEach(calm);
afterEach(() => held?.release());

const wish = { kind: 'transactions', format: 'csv', locale: 'en' };

type Asker = Pick<TestWorkspace, 'key'>;

const clinicWithBooks = async (): Promise<Clinic> => withBooks(await openClinic());

async function withBooks<One extends Asker>(clinic: One): Promise<One> {
  for (const amount of [11_800, 23_600]) {
    const body = order({ amount, method: 'cash', paidOn: '2025-03-15', lateReason: 'found in the diary' });
    const headers = { 'idempotency-key': randomUUID() };
    await call('POST', '/v1/payments/manual', { key: clinic.key, body, headers });
  }
  return clinic;
}

/** Kills the worker while it stores the first piece of the file, and waits for the file. */
async function killedInTheMiddle(of: object): Promise<{ clinic: Clinic; id: string; made: ExportBody }> {
  const clinic = await clinicWithBooks();
  const pieces = await hold();
  const { id } = (await askExport(clinic, of)).json;
  await running(clinic, id);
  await pieces.caught(1);
  const worker = kill('worker');
  await pieces.release();
  await worker.restarted();
  const made = await recovered('the file', () => untilMade(clinic, id));
  return { clinic, id, made };
}

const ask = async (clinic: Asker, what: object = wish): Promise<ExportBody> =>
  (await askExport(clinic, what)).json;
const running = (clinic: Asker, id: string): Promise<ExportBody> =>
  recovered(`${id} running`, async () => {
    const now = await readExport(clinic, id);
    return now.status === 'running' ? now : null;
  });

describe('an export', () => {
  it('whose worker is killed in the middle is made anew, and nothing of two tries is mixed', async () => {
    const { clinic, id, made } = await killedInTheMiddle(wish);
    expect(made).toMatchObject({ rows: 2, percent: 100 });
    const rows = readCsv((await download(clinic, id)).bytes.toString());
    expect(rows.map(({ gross }) => gross)).toEqual(['118.00', '236.00']);
  });

  it('of many files whose worker is killed in the middle is whole too', async () => {
    const { clinic, id, made } = await killedInTheMiddle({ kind: 'bundle', format: 'zip', locale: 'en' });
    expect(made).toMatchObject({ rows: 2, percent: 100 });
    const files = unzipSync((await download(clinic, id)).bytes);
    const lines = readCsv(
      Buffer.from(files['index.csv'] ?? [])
        .toString()
        .slice(1),
    );
    const others = Object.entries(files).filter(([name]) => name !== 'index.csv');
    expect(lines.map(({ file, bytes }) => [file, Number(bytes)])).toEqual(
      others.map(([name, bytes]) => [name, bytes.length]),
    );
    expect(others.filter(([name]) => name.startsWith('pdf/'))).toHaveLength(2);
  });

  it('is cancelled while it runs, and the next one of its workspace is made', async () => {
    const clinic = await clinicWithBooks();
    const pieces = await hold();
    const first = await ask(clinic);
    await running(clinic, first.id);
    const second = await ask(clinic);
    expect(second).toMatchObject({ status: 'queued', placeInQueue: 1, percent: 0 });
    const cancelled = call<ExportBody>('POST', `/v1/exports/${first.id}/cancel`, { key: clinic.key });
    await pieces.caught(2);
    await pieces.release();
    expect((await cancelled).json).toMatchObject({ status: 'cancelled', placeInQueue: null });
    await untilMade(clinic, second.id);
    expect((await download(clinic, first.id)).status).toBe(409);
    expect((await readExport(clinic, first.id)).status).toBe('cancelled');
  });

  it('that hands documents over marks none while it is not complete, cancelled or killed', async () => {
    const clinic = await openWorkspace({ workspace: { mode: 'live' }, provider: false });
    const hashavshevet = { income: '1', vat: '2', withheld: '3', cashBox: '4' };
    await admin('PATCH', `/v1/workspaces/${clinic.id}`, { hashavshevet });
    await withBooks(clinic);
    const files = { kind: 'hashavshevet', format: 'zip' };
    const numbersIn = async (id: string): Promise<(string | undefined)[]> =>
      readHashavshevet((await download(clinic, id)).bytes).movein.map((row) => row['אסמכתא']);

    const pieces = await hold();
    const first = await ask(clinic, files);
    await running(clinic, first.id);
    await pieces.caught(1);
    const cancelled = call<ExportBody>('POST', `/v1/exports/${first.id}/cancel`, { key: clinic.key });
    await pieces.caught(2);
    await pieces.release();
    expect((await cancelled).status).toBe(200);

    const again = await hold();
    const second = await ask(clinic, files);
    await running(clinic, second.id);
    await again.caught(1);
    const worker = kill('worker');
    await again.release();
    await worker.restarted();
    await recovered('the file', () => untilMade(clinic, second.id));
    expect(await numbersIn(second.id)).toEqual(['1', '2']);
    const third = await ask(clinic, files);
    await untilMade(clinic, third.id);
    expect(await numbersIn(third.id)).toEqual([]);
  });

  it('of a workspace that asks once waits for one of a workspace that asks often, not for all', async () => {
    const [often, once] = await Promise.all([clinicWithBooks(), clinicWithBooks()]);
    const pieces = await hold();
    const first = await ask(often);
    await running(often, first.id);
    const many = [await ask(often), await ask(often), await ask(often)];
    const single = await ask(once);
    expect(single.placeInQueue).toBe(1);
    expect(many.at(-1)?.placeInQueue).toBe(3);
    expect((await readExport(often, many.at(-1)?.id ?? '')).placeInQueue).toBe(4);
    await pieces.release();
    await untilMade(once, single.id);
    expect((await readExport(often, many.at(-1)?.id ?? '')).status).not.toBe('completed');
    for (const { id } of many) await untilMade(often, id);
  });
});
