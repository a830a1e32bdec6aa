import type { Check, Life } from '../life.ts';
import { gather } from './index.ts';
import type { LedgerTransaction } from './evidence.ts';
import { isMeans } from './money.ts';

/** What was said, by persons and by the vendor, came to what it named. */

interface DecidedRefund {
  readonly id: string;
  readonly paymentId: string;
  readonly action: 'accept' | 'dismiss';
}

/** A refund is settled or ended on a person's word only if the word was about it. */
export const wordsAreAboutWhatTheyName: Check = async ({ world, clinic, words }) => {
  const { rows } = await world.host.owner.query<DecidedRefund>(
    `SELECT r.id, r.payment_id AS "paymentId", CASE WHEN r.failure = 'did_not_happen' THEN 'dismiss' ELSE 'accept' END AS action
     FROM refunds r LEFT JOIN provider_transactions t ON t.id = r.transaction_id
     WHERE r.workspace_id = $1 AND (r.failure = 'did_not_happen' OR t.raw_code = 'as_the_dashboard_says')`,
    [clinic.id],
  );
  return rows
    .filter(
      ({ id, paymentId, action }) =>
        !words.some(
          (word) =>
            word.paymentId === paymentId &&
            word.action === action &&
            (word.refundId === id || word.refundId === null),
        ),
    )
    .map(({ id, action }) => `${id} was ended by a person's "${action}", which was not about it`);
};

/** Signed news that names something is closed only once the books hold what it names. */
export const newsIsKeptUntilItIsSeen: Check = async ({ world, clinic }) => {
  const { rows } = await world.host.owner.query<{ id: string; kind: string; names: string; as: string }>(
    `SELECT e.id, e.kind, e.names, e.handled_as AS "as" FROM provider_events e
     WHERE e.workspace_id = $1 AND e.verdict = 'accepted' AND e.handled_at IS NOT NULL AND e.handled_as <> 'unconfirmed'
       AND e.kind IN ('charge', 'refund', 'dispute') AND e.names IS NOT NULL AND e.payment_id IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM provider_transactions t WHERE t.account_id = e.account_id AND t.created_at <= e.handled_at
         AND (t.provider_transaction_id = e.names OR (e.kind = 'refund' AND t.refund_of = e.names)))
       AND NOT EXISTS (SELECT 1 FROM disputes d WHERE d.account_id = e.account_id AND d.provider_dispute_id = e.names
         AND d.opened_at <= e.handled_at)
       AND NOT EXISTS (SELECT 1 FROM provider_pages g JOIN provider_transactions t ON t.payment_id = g.payment_id
         WHERE g.account_id = e.account_id AND g.provider_page_id = e.names AND t.kind = 'charge' AND t.created_at <= e.handled_at)`,
    [clinic.id],
  );
  return rows.map(
    ({ id, kind, names, as }) =>
      `webhook ${id} told of the ${kind} ${names} and was closed (${as}) before the books held it`,
  );
};

interface GivenUp {
  readonly paymentId: string;
  readonly at: Date;
}
interface ToldCharge {
  readonly at: Date;
  readonly bookedAt: Date | null;
}

/** How long before the vendor is asked a webhook must be there for the one who asks to know of it. */
const LOOK_MS = 5_000;

/** No payment is given up after a charge of it was signed and the vendor, asked after that, did not show it yet. */
export const noMoneyUnderWayIsGivenUp: Check = async (life) => {
  if (life.hadRefusedKeys) return [];
  const { world, clinic } = life;
  const { rows: ends } = await world.host.owner.query<GivenUp>(
    `SELECT payment_id AS "paymentId", at FROM payment_log
     WHERE workspace_id = $1 AND kind IN ('expired', 'cancelled') AND to_status IN ('expired', 'cancelled')`,
    [clinic.id],
  );
  const { json: calls } = await world.control<{ at: string; operation: string; reference: string | null }[]>(
    'GET',
    'calls',
  );
  const broken: string[] = [];
  for (const { paymentId, at } of ends) {
    const told = await chargesTold(life, paymentId, at);
    const asked = calls.filter((call) => call.operation === 'find_payment' && call.reference === paymentId);
    const isIgnored = told.some(
      (one) =>
        (one.bookedAt === null || one.bookedAt > at) &&
        asked.some(
          (call) => Date.parse(call.at) > one.at.getTime() + LOOK_MS && Date.parse(call.at) <= at.getTime(),
        ),
    );
    if (isIgnored) broken.push(`${paymentId} was given up while a signed charge of it was not shown yet`);
    if (await isPendingAt(life, paymentId, at))
      broken.push(`${paymentId} was given up with a pending charge`);
  }
  return broken;
};

/** Charges that a webhook told of before a moment, and when they came into the books. */
async function chargesTold({ world }: Life, paymentId: string, before: Date): Promise<readonly ToldCharge[]> {
  const { rows } = await world.host.owner.query<ToldCharge>(
    `SELECT e.received_at AS at, (SELECT min(t.created_at) FROM provider_transactions t
       WHERE t.payment_id = e.payment_id AND t.kind = 'charge') AS "bookedAt"
     FROM provider_events e
     WHERE e.payment_id = $1 AND e.verdict = 'accepted' AND e.kind = 'charge' AND e.received_at < $2`,
    [paymentId, before],
  );
  return rows;
}

async function isPendingAt({ world }: Life, paymentId: string, at: Date): Promise<boolean> {
  const { rows } = await world.host.owner.query<{ kind: string }>(
    `SELECT kind FROM payment_log WHERE payment_id = $1 AND kind LIKE 'charge\\_%' AND at < $2 ORDER BY id DESC LIMIT 1`,
    [paymentId, at],
  );
  return rows[0]?.kind === 'charge_pending';
}

interface TakenBack {
  readonly id: string;
  readonly status: string;
  readonly failure: string | null;
  readonly isAsked: boolean;
  readonly credit: number | null;
  readonly reversal: number | null;
}

/** A refund that the vendor took back is a person's question; one whose credit a person takes back has a document of that. */
export const whatCameBackIsAsked: Check = async (life) => {
  const { ledger } = await gather(life);
  const gone = ledger.transactions.filter((one) => one.kind === 'refund' && isTakenBack(one));
  if (gone.length === 0) return [];
  const { rows } = await life.world.host.owner.query<TakenBack>(
    `SELECT r.id, r.status, r.failure,
       EXISTS (SELECT 1 FROM review_questions q WHERE q.payment_id = r.payment_id AND q.reason = 'refund_reversed' AND q.subject = r.id) AS "isAsked",
       c.total::float8 AS credit, b.total::float8 AS reversal
     FROM provider_transactions t JOIN refunds r ON t.id IN (r.transaction_id, r.recognised_id)
     LEFT JOIN tax_documents c ON c.refund_id = r.id LEFT JOIN tax_documents b ON b.reverses_document_id = c.id
     WHERE t.workspace_id = $1 AND t.provider_transaction_id = ANY($2) AND t.status = 'succeeded'`,
    [life.clinic.id, gone.map(({ id }) => id)],
  );
  return rows.flatMap(({ id, status, failure, isAsked, credit, reversal }) => {
    if (status === 'completed' && !isAsked)
      return [`${id} was taken back by the vendor, and nobody is asked`];
    const isReversed = status === 'failed' && failure === 'taken_back';
    return isReversed && credit !== reversal
      ? [`${id} was taken back, and its credit of ${credit} stands`]
      : [];
  });
};

const isTakenBack = (one: LedgerTransaction): boolean => !one.approved && isMeans(one, 'card-refund-fails');
