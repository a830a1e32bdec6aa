import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { createClosePayment } from '../../src/activities/payments/close-payment.ts';
import { waitForNews } from '../../src/activities/books/wait-for-news.ts';
import { closeNews, closeOldNews } from '../../src/db/news.ts';
import { findPayment } from '../../src/db/payments.ts';
import type { Sql } from '../../src/db/pool.ts';
import { insertLivePage, listPages } from '../../src/db/provider-pages.ts';
import { inWorkspace } from '../../src/db/transaction.ts';
import { newId } from '../../src/domain/ids.ts';
import { openBooks } from '../e2e/support/books.ts';
import type { Books } from '../e2e/support/books.ts';
import { openPayment } from '../e2e/support/clinic.ts';
import type { Clinic } from '../e2e/support/clinic.ts';
import { disputeOf, transaction, openVendorWord, paidCharge } from './vendor-word.ts';
import type { VendorWord } from './vendor-word.ts';
import { placeIn } from '../../src/sealed-places.ts';

let word: VendorWord;
let books: Books;
let clinic: Clinic;
beforeAll(async () => {
  books = openBooks();
  word = await openVendorWord();
  clinic = word.clinic;
});
afterAll(() => Promise.all([word.close(), books.close()]));

const tell: VendorWord['tell'] = (...told) => word.tell(...told);

describe('news that comes while the vendor is being asked about earlier news', () => {
  it('of a dispute stays open: it may say more than the answer does', async () => {
    const { payment, chargeId } = await paidCharge(clinic, books);
    const names = `dispute-of-${chargeId}`;
    const opened = await insertNews(payment.id, 'dispute', names);
    const verification = await tell(payment.id, { disputes: [disputeOf(chargeId, 'open')] });
    const won = await insertNews(payment.id, 'dispute', names);
    await closeAnswered(payment.id, verification, [opened]);
    expect(await openNewsOf(payment.id)).toEqual([won]);
  });

  it('of a refund stays open too', async () => {
    const { payment, chargeId } = await paidCharge(clinic, books);
    const back = transaction(payment.id, {
      transactionId: `back-${payment.id}`,
      kind: 'refund',
      amount: 1_000,
    });
    const first = await insertNews(payment.id, 'refund', back.transactionId);
    const verification = await tell(payment.id, { transactions: [{ ...back, refundOf: chargeId }] });
    const takenBack = await insertNews(payment.id, 'refund', back.transactionId);
    await closeAnswered(payment.id, verification, [first]);
    expect(await openNewsOf(payment.id)).toEqual([takenBack]);
  });

  it('of a declined try is not settled, although what came after it was', async () => {
    const { payment } = await paidCharge(clinic, books);
    const declined = await insertNews(payment.id, 'decline', null);
    const charged = await insertNews(payment.id, 'charge', null);
    await inWorkspace(word.pool, clinic.id, (tx) =>
      closeNews(tx, payment.id, [declined, charged], 'settled'),
    );
    const rows = await books.inboxOf(payment.id);
    expect(new Map(rows.map(({ id, handledAs }) => [id, handledAs]))).toEqual(
      new Map([...rows.map(({ id }) => [id, 'settled'] as const), [declined, 'no_change']]),
    );
  });

  it.each([
    ['open', 'won'],
    ['open', 'lost'],
    ['lost', 'won'],
  ] as const)('of a dispute that is %s in the books stays open until they hold %s', async (known, news) => {
    const { payment, chargeId } = await paidCharge(clinic, books);
    const ended = await insertNews(payment.id, 'dispute', `dispute-of-${chargeId}`, news);
    const lags = await tell(payment.id, { disputes: [disputeOf(chargeId, known)] });
    await closeAnswered(payment.id, lags, [ended]);
    expect(await openNewsOf(payment.id)).toEqual([ended]);
    const shown = await tell(payment.id, { disputes: [disputeOf(chargeId, news)] });
    await closeAnswered(payment.id, shown, [ended]);
    expect(await openNewsOf(payment.id)).toEqual([]);
  });

  it('of a dispute that has gone on since is closed', async () => {
    const { payment, chargeId } = await paidCharge(clinic, books);
    const late = await insertNews(payment.id, 'dispute', `dispute-of-${chargeId}`, 'open');
    await closeAnswered(payment.id, await tell(payment.id, { disputes: [disputeOf(chargeId, 'won')] }), [
      late,
    ]);
    expect(await openNewsOf(payment.id)).toEqual([]);
  });

  it.each([
    ['pending', 'succeeded'],
    ['pending', 'declined'],
    ['succeeded', 'declined'],
  ] as const)('of a refund that is %s in the books stays open until they hold %s', async (known, news) => {
    const { payment, chargeId } = await paidCharge(clinic, books);
    const back = transaction(payment.id, {
      transactionId: `back-${payment.id}`,
      kind: 'refund',
      amount: 1_000,
    });
    const told = (status: typeof known | typeof news) => ({ ...back, refundOf: chargeId, status });
    const ended = await insertNews(payment.id, 'refund', back.transactionId, news);
    await closeAnswered(payment.id, await tell(payment.id, { transactions: [told(known)] }), [ended]);
    expect(await openNewsOf(payment.id)).toEqual([ended]);
    await closeAnswered(payment.id, await tell(payment.id, { transactions: [told(news)] }), [ended]);
    expect(await openNewsOf(payment.id)).toEqual([]);
  });

  it('of a charge that is in the books by then needs no question', async () => {
    const { payment, chargeId } = await paidCharge(clinic, books);
    const verification = await tell(payment.id, {});
    await insertNews(payment.id, 'charge', chargeId);
    await closeAnswered(payment.id, verification, []);
    expect(await openNewsOf(payment.id)).toEqual([]);
  });

  it('of a charge that is not named is never taken for one that is known: the vendor is asked', async () => {
    const { payment } = await paidCharge(clinic, books);
    const unnamed = await insertNews(payment.id, 'charge', null);
    await closeAnswered(payment.id, await tell(payment.id, {}), []);
    await inWorkspace(word.pool, clinic.id, (tx) => closeOldNews(tx, payment.id));
    expect(await openNewsOf(payment.id)).toEqual([unnamed]);
    await closeAnswered(payment.id, await tell(payment.id, {}), [unnamed]);
    expect(await openNewsOf(payment.id)).toEqual([]);
  });

  it('of a page that is paid once (Stripe’s session) is known where the payment has one page', async () => {
    const { payment } = await paidCharge(clinic, books);
    const [page] = await books.query<{ id: string }>(
      'SELECT provider_page_id AS id FROM provider_pages WHERE payment_id = $1',
      [payment.id],
    );
    await insertNews(payment.id, 'charge', page?.id ?? '');
    await inWorkspace(word.pool, clinic.id, (tx) => closeOldNews(tx, payment.id));
    expect(await openNewsOf(payment.id)).toEqual([]);
  });

  it('of the second of two pages is not', async () => {
    const { payment } = await paidCharge(clinic, books);
    const pageId = `second-page-of-${payment.id}`;
    await inWorkspace(word.pool, clinic.id, async (tx) => {
      const { accountId } = await mustFind(tx, payment.id);
      const page = {
        providerPageId: pageId,
        secretSealed: null,
        url: 'https://pages.test',
        expiresAt: new Date(),
      };
      const owner = { workspaceId: clinic.id, paymentId: payment.id, accountId };
      await insertLivePage(tx, { id: newId('page'), ...owner, ...page });
    });
    const unseen = await insertNews(payment.id, 'charge', pageId);
    await inWorkspace(word.pool, clinic.id, (tx) => closeOldNews(tx, payment.id));
    await closeAnswered(payment.id, await tell(payment.id, {}), []);
    expect(await openNewsOf(payment.id)).toEqual([unseen]);
  });

  it.each(['cancelled', 'expired'] as const)(
    'of a charge keeps the payment from being %s',
    async (status) => {
      const { id } = await openPayment(clinic);
      const close = createClosePayment(word.context);
      const order = { workspaceId: clinic.id, paymentId: id, status, reason: status };
      const news = await insertNews(id, 'charge', `charge-of-${id}`);
      expect(await close(order)).toBe('pending');
      await books.query(`UPDATE provider_events SET handled_at = now(), due_at = NULL WHERE id = $1`, [news]);
      await insertNews(id, 'decline', null);
      expect(await close(order)).toBe(status);
    },
  );

  async function mustFind(tx: Sql, id: string): Promise<{ accountId: string }> {
    const payment = await findPayment(tx, id);
    if (!payment?.accountId) throw new Error(`${id} has no account`);
    return { accountId: payment.accountId };
  }

  /** Stores a webhook without signalling anybody. Returns its id. */
  async function insertNews(
    paymentId: string,
    kind: string,
    names: string | null,
    namesStatus: string | null = null,
  ): Promise<string> {
    const id = newId('providerEvent');
    const sealed = (column: 'body' | 'headers') =>
      word.context.secrets.seal(placeIn(`provider_events.${column}`, id), '');
    await books.query(
      `INSERT INTO provider_events (id, workspace_id, account_id, provider, event_id, kind, payment_id, verdict,
         body_sealed, headers_sealed, body_sha256, received_at, names, names_status, due_at)
       SELECT $1, workspace_id, account_id, provider, $1, $3, id, 'accepted', $5, $6, '', now(), $4, $7, now() + interval '1 day'
       FROM payments WHERE id = $2`,
      [id, paymentId, kind, names, sealed('body'), sealed('headers'), namesStatus],
    );
    return id;
  }

  async function closeAnswered(
    paymentId: string,
    verification: Awaited<ReturnType<VendorWord['tell']>>,
    openIds: readonly string[],
  ): Promise<void> {
    const question = { workspaceId: clinic.id, paymentId, eventIds: openIds, isAsked: false };
    await waitForNews(word.context, question, { verification, deadPageIds: [], openIds });
  }

  const openNewsOf = async (paymentId: string): Promise<string[]> =>
    (
      await books.query<{ id: string }>(
        'SELECT id FROM provider_events WHERE payment_id = $1 AND handled_at IS NULL ORDER BY id',
        [paymentId],
      )
    ).map(({ id }) => id);
});

it('a page that two tries are given under one key is stored once, and lives', async () => {
  const payment = await openPayment(clinic);
  await inWorkspace(word.pool, clinic.id, async (tx) => {
    const [page] = await listPages(tx, payment.id);
    if (page === undefined) throw new Error('it has no page');
    const again = { ...page, id: newId('page'), secretSealed: null };
    expect(await insertLivePage(tx, again)).toEqual({ id: page.id, isNew: false });
    expect(await listPages(tx, payment.id)).toEqual([{ ...page, state: 'live' }]);
  });
});
