import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '#jest';
import { call, openWorkspace } from '../api/rig.ts';
import type { PageBody } from '../api/rig.ts';
import { openBooks } from '../e2e/support/books.ts';
import type { Books } from '../e2e/support/books.ts';
import { record } from '../e2e/support/manual.ts';
import { mailsTo } from '../support/mailbox.ts';
import { calm } from './support/calm.ts';
import { holdTable } from './support/held-table.ts';
import type { HeldTable } from './support/held-table.ts';
import { kill } from './support/processes.ts';
import { recovered } from './support/recovered.ts';

let books: Books;
let held: HeldTable | undefined;
beforeAll(() => {
  books = openBooks();
});
afterAll(() => books.close());
beforeEach(calm);
afterEach(() => held?.release());

describe('the month of the accountant', () => {
  it('is mailed once though the worker is killed before it is ordered and while its file is made', async () => {
    const clinic = await openWorkspace({ provider: false });
    await record(clinic, { amount: 11_800 });
    const to = `killed-${randomUUID()}@example.com`;
    await call('PATCH', `/v1/workspaces/${clinic.id}`, {
      key: clinic.key,
      body: { accountantMonth: { to, day: 1 } },
    });
    held = await holdTable('export_pieces');
    const first = kill('worker');
    // As if it had been switched on in the month before.
    await books.query(
      `UPDATE workspaces SET accountant_month = accountant_month ||
         jsonb_build_object('firstMonth', to_char((now() AT TIME ZONE time_zone) - interval '1 month', 'YYYY-MM')) WHERE id = $1`,
      [clinic.id],
    );
    await first.restarted();
    await held.caught(1);
    const second = kill('worker');
    await held.release();
    await second.restarted();

    const told = await recovered('what was told', async () => {
      const { json } = await call<PageBody<{ type: string }>>('GET', '/v1/events', { key: clinic.key });
      const types = json.data.map(({ type }) => type).filter((type) => type.startsWith('accountant_month.'));
      return types.length === 0 ? null : types;
    });
    expect(told).toEqual(['accountant_month.sent']);
    expect(mailsTo(to)).toHaveLength(1);
    const orders = await books.query('SELECT id FROM exports WHERE workspace_id = $1', [clinic.id]);
    expect(orders).toHaveLength(1);
  });
});
