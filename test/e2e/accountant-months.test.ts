import { createHash, randomUUID } from 'node:crypto';
import { unzipSync } from 'fflate';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '#jest';
import type { MailRow } from '../../src/db/mails.ts';
import { createPool } from '../../src/db/pool.ts';
import type { Pool } from '../../src/db/pool.ts';
import { connectQueue } from '../../src/db/queue.ts';
import type { Queue } from '../../src/db/queue.ts';
import { inWorkspace } from '../../src/db/transaction.ts';
import { rangeOf } from '../../src/domain/accountant-month.ts';
import { readMailContent } from '../../src/worker/mails/send-mail-content.ts';
import { orderAccountantMonths } from '../../src/worker/sweepers/order-accountant-months.ts';
import { call, eventually, openWorkspace } from '../api/rig.ts';
import type { PageBody, ProblemBody, TestWorkspace } from '../api/rig.ts';
import { readEnvironment } from '../support/environment.ts';
import { mailsTo } from '../support/mailbox.ts';
import type { ReadMail } from '../support/read-mail.ts';
import { todayInIsrael } from '../support/today-in-israel.ts';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import { readExport } from './support/exports.ts';
import { record } from './support/manual.ts';

let books: Books;
let pool: Pool;
let queue: Queue;
let clinic: TestWorkspace;

beforeAll(async () => {
  books = openBooks();
  const connectionString = readEnvironment().databaseUrl;
  pool = createPool({ connectionString, onError: () => undefined });
  queue = await connectQueue({ connectionString, supervise: false, onError: () => undefined });
});
afterAll(() => Promise.all([books.close(), pool.end(), queue.stop()]));
beforeEach(async () => {
  clinic = await openWorkspace({ provider: false });
  await record(clinic, { amount: 11_800, paidOn: todayInIsrael() });
});
// The sweeps of the next test look into the future, and would order for this clinic too.
afterEach(() => books.query('UPDATE workspaces SET accountant_month = NULL WHERE id = $1', [clinic.id]));

const MONTH = todayInIsrael().slice(0, 7);
/** The first day of the month that is so many months after this one, at noon in Israel. */
const firstOf = (monthsLater: number): Date => {
  const [year = 0, month = 1] = MONTH.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + monthsLater, 1, 10));
};
const monthOf = (monthsLater: number): string => firstOf(monthsLater).toISOString().slice(0, 7);

const addressOf = (name: string): string => `${name}-${randomUUID()}@example.com`;
const set = <Body = ProblemBody>(accountantMonth: object | null) =>
  call<Body>('PATCH', `/v1/workspaces/${clinic.id}`, { key: clinic.key, body: { accountantMonth } });
/** Some workers look at the same moment. */
const look = (now: Date): Promise<unknown> =>
  Promise.all([1, 2, 3].map(() => orderAccountantMonths({ pool, queue }, now)));
/** The same, and the job that makes the file is lost for a while. */
const lookOnly = (now: Date): Promise<void> =>
  orderAccountantMonths({ pool, queue: { enqueue: () => Promise.resolve() } }, now);

interface MonthEvent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}
async function eventsOf(): Promise<MonthEvent[]> {
  const { json } = await call<PageBody<MonthEvent>>('GET', '/v1/events', { key: clinic.key });
  return json.data.filter(({ type }) => type.startsWith('accountant_month.')).reverse();
}
const untilTold = (count = 1): Promise<MonthEvent[]> =>
  eventually(`${count} events of months`, async () => {
    const told = await eventsOf();
    return told.length >= count ? told : null;
  });
const untilMail = (address: string): Promise<ReadMail> =>
  eventually(`a mail to ${address}`, () => Promise.resolve(mailsTo(address)[0] ?? null));
const ordered = () =>
  books.query<{ month: string; status: string; exportId: string; recipient: string }>(
    `SELECT month, status, export_id AS "exportId", recipient FROM mails WHERE workspace_id = $1 ORDER BY month`,
    [clinic.id],
  );
const plain = (text: string | undefined): string => (text ?? '').replace(/[\u2068\u2069]/g, '');

describe('the month of the accountant', () => {
  it('comes by mail once, as the file that the API has too, and the app is told', async () => {
    const to = addressOf('accountant');
    await set({ to, day: 1 });
    await look(firstOf(1));
    const mail = await untilMail(to);
    const [row, ...more] = await ordered();
    expect(more).toEqual([]);
    const made = await readExport(clinic, row?.exportId ?? '');
    const { from, to: end } = rangeOf(MONTH);
    expect(made).toMatchObject({ kind: 'bundle', from, to: end, status: 'completed', rows: 1 });
    const [zip, ...others] = mail.attachments;
    expect(others).toEqual([]);
    expect([zip?.fileName, zip?.type]).toEqual([made.fileName, 'application/zip']);
    const bytes = zip?.bytes ?? Buffer.alloc(0);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(made.sha256);
    expect(Object.keys(unzipSync(bytes))).toContain('index.csv');
    const [, number = ''] = MONTH.split('-');
    expect(plain(mail.headers['subject'])).toBe(
      `[בדיקה] תיק לרואה החשבון: מרפאה לבדיקות · ${number}/${MONTH.slice(0, 4)}`,
    );
    expect(mail.html).toContain('dir="rtl"');
    expect(mail.html).not.toContain('href=');
    const facts = { month: MONTH, exportId: row?.exportId, isAttached: true, paymentId: null };
    expect(await untilTold()).toEqual([
      expect.objectContaining({ type: 'accountant_month.sent', data: facts }),
    ]);
    await look(firstOf(1));
    expect(await ordered()).toHaveLength(1);
    expect(mailsTo(to)).toHaveLength(1);
  });

  it('is not sent for months before it was switched on, nor before its day', async () => {
    await set({ to: addressOf('early'), day: 1 });
    await look(new Date());
    expect(await ordered()).toEqual([]);
    await set({ day: 31 });
    await look(firstOf(1));
    expect(await ordered()).toEqual([]);
  });

  it('goes to a changed address from the next month on, and every month that was missed is sent', async () => {
    const [first, second] = [addressOf('first'), addressOf('second')];
    await set({ to: first, day: 1 });
    await lookOnly(firstOf(1));
    await set({ to: second });
    await look(firstOf(3));
    expect((await ordered()).map(({ month, recipient }) => [month, recipient])).toEqual([
      [MONTH, first],
      [monthOf(1), second],
      [monthOf(2), second],
    ]);
    await untilTold(3);
    expect([mailsTo(first).length, mailsTo(second).length]).toEqual([1, 2]);
  });

  it('is not sent any more where it was switched off before it left', async () => {
    const to = addressOf('off');
    await set({ to, day: 1 });
    await lookOnly(firstOf(1));
    await set(null);
    await eventually('the end of the mail', async () => {
      const [row] = await ordered();
      return row?.status === 'dropped' ? row : null;
    });
    expect(await eventsOf()).toEqual([]);
    expect(mailsTo(to)).toEqual([]);
  });

  it('that waited for an address goes to nobody once it was switched off, also where it is switched on again', async () => {
    const [first, second] = [addressOf('left'), addressOf('came')];
    await set({ to: first, day: 1 });
    await lookOnly(firstOf(1));
    await set(null);
    expect((await ordered()).map(({ status }) => status)).toEqual(['dropped']);
    await set({ to: second, day: 1 });
    await look(firstOf(2));
    await untilMail(second);
    expect((await ordered()).filter(({ recipient }) => recipient === first)).toMatchObject([
      { month: MONTH, status: 'dropped' },
    ]);
    expect(mailsTo(first)).toEqual([]);
  });
});

describe('trouble with the month of the accountant', () => {
  it('that passes is waited for: the mail comes once', async () => {
    const to = addressOf('busy');
    await set({ to, day: 1 });
    await look(firstOf(1));
    expect((await untilTold()).map(({ type }) => type)).toEqual(['accountant_month.sent']);
    expect(mailsTo(to)).toHaveLength(1);
    const [row] = await books.query<{ attempts: number }>(
      'SELECT attempts FROM mails WHERE workspace_id = $1',
      [clinic.id],
    );
    expect(row?.attempts).toBe(2);
  });

  it.each([
    ['an address that is refused', 'refused', 'not_sent'],
    ['a server that confirms nothing, twice', 'lost', 'unconfirmed'],
  ])('that stays is told: %s', async (_, name, reason) => {
    await set({ to: addressOf(name), day: 1 });
    await look(firstOf(1));
    const [told] = await untilTold();
    const [row] = await ordered();
    const facts = { month: MONTH, exportId: row?.exportId, reason };
    expect(told).toMatchObject({ type: 'accountant_month.failed', data: facts });
    expect(JSON.stringify(told)).not.toContain('@');
  });

  it('is told where the file was cancelled', async () => {
    await set({ to: addressOf('cancelled'), day: 1 });
    await lookOnly(firstOf(1));
    const [row] = await ordered();
    const cancelled = await call('POST', `/v1/exports/${row?.exportId ?? ''}/cancel`, { key: clinic.key });
    expect(cancelled.status).toBe(200);
    expect(await untilTold()).toMatchObject([{ data: { reason: 'no_file' } }]);
  });
});

describe('a file of a month that is too large for a mail', () => {
  it('is named with an address that opens to a key alone, and is not attached', async () => {
    const to = addressOf('large');
    await set({ to, day: 1 });
    await look(firstOf(1));
    await untilTold();
    const [mail] = await books.query<MailRow>(
      `SELECT id, workspace_id AS "workspaceId", kind, month, export_id AS "exportId", recipient, locale, created_at AS "createdAt"
       FROM mails WHERE workspace_id = $1`,
      [clinic.id],
    );
    if (mail?.kind !== 'accountant_month') throw new Error('there is no such mail');
    const { apiUrl } = readEnvironment();
    const deps = { secrets: null as never, publicUrl: apiUrl, mailServer: { mostAttachedBytes: 100 } };
    const content = await inWorkspace(pool, clinic.id, (tx) => readMailContent(deps, tx, mail));
    if (content.kind !== 'ready') throw new Error(content.kind);
    const { attachment, text } = content.letter;
    expect(attachment).toBeNull();
    const address = `${apiUrl}/v1/exports/${mail.exportId}/file`;
    expect(plain(text)).toContain(address);
    expect((await fetch(address)).status).toBe(401);
    const fetched = await call('GET', address, { key: clinic.key });
    expect([fetched.status, fetched.headers.get('content-type')]).toEqual([200, 'application/zip']);
  });
});

describe('the setting accountantMonth', () => {
  it('is shown with the first month that is mailed, and a change of it keeps that month', async () => {
    const { json } = await set<{ accountantMonth: unknown }>({ to: 'a@example.com', day: 15 });
    expect(json.accountantMonth).toEqual({ to: 'a@example.com', day: 15, firstMonth: MONTH });
    const changed = await set<{ accountantMonth: unknown }>({ day: 31 });
    expect(changed.json.accountantMonth).toEqual({ to: 'a@example.com', day: 31, firstMonth: MONTH });
    expect((await set<{ accountantMonth: unknown }>(null)).json.accountantMonth).toBeNull();
  });

  it.each([
    ['#/accountantMonth/to', { day: 1 }],
    ['#/accountantMonth/day', { to: 'a@example.com' }],
    ['#/accountantMonth/day', { to: 'a@example.com', day: 32 }],
    ['#/accountantMonth/day', { to: 'a@example.com', day: 0 }],
    ['#/accountantMonth/day', { to: 'a@example.com', day: 1.5 }],
    ['#/accountantMonth/to', { to: 'nobody', day: 1 }],
    ['#/accountantMonth/firstMonth', { to: 'a@example.com', day: 1, firstMonth: '2020-01' }],
    ['#/accountantMonth', 'a@example.com'],
  ])('refuses %s of %j', async (pointer, given) => {
    const { status, json } = await set(given as object);
    expect([status, json.errors?.[0]?.pointer]).toEqual([422, pointer]);
  });
});
