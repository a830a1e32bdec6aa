import type { Check, Life } from '../life.ts';
import { ordersOf } from '../moves/app.ts';
import { describe } from '../notes.ts';
import { theModelAgrees } from './against-the-model.ts';
import { receiptAtOnceInvoiceOnItsDay } from './cheques.ts';
import { DOCUMENT_RULES } from './documents.ts';
import type { Evidence, LedgerDocument, LedgerTransaction, Rule } from './evidence.ts';
import { MONEY_RULES } from './money.ts';
import { REST_RULES } from './rest.ts';
import {
  newsIsKeptUntilItIsSeen,
  noMoneyUnderWayIsGivenUp,
  whatCameBackIsAsked,
  wordsAreAboutWhatTheyName,
} from './words-and-news.ts';

/** What must hold wherever the engine has run and come to rest; chaos may use it too. */
export const RULES: readonly Rule[] = [
  ...MONEY_RULES,
  ...DOCUMENT_RULES,
  ...REST_RULES,
  receiptAtOnceInvoiceOnItsDay,
];

export async function gather({ world, clinic, voids }: Life): Promise<Evidence> {
  const { json: told } = await world.control<LedgerTransaction[]>('GET', 'transactions');
  const transactions = told.map((one) => ({ ...one, reference: one.reference ?? referenceOf(told, one) }));
  return {
    workspaceId: clinic.id,
    query: async (text, values = []) => (await world.host.owner.query(text, [...values])).rows as never[],
    ledger: {
      transactions: [
        ...transactions,
        ...transactions.filter(({ id }) => voids.includes(id)).map((charge) => toVoid(transactions, charge)),
      ],
      documents: (await world.control<LedgerDocument[]>('GET', 'documents')).json,
    },
  };
}

/** A refund is of the payment of its charge, also where the vendor notes no order on it. */
const referenceOf = (all: readonly LedgerTransaction[], { reverses }: LedgerTransaction): string | null =>
  all.find(({ id }) => id === reverses)?.reference ?? null;

/** What refunds had left of the charge. */
function toVoid(all: readonly LedgerTransaction[], charge: LedgerTransaction): LedgerTransaction {
  const refunds = all.filter(({ approved, reverses }) => approved && reverses === charge.id);
  const amount = refunds.reduce((left, refund) => left - refund.amount, charge.amount);
  const isAlone = !all.some(
    ({ id, kind, reference }) => kind === 'charge' && reference === charge.reference && id !== charge.id,
  );
  const told = isAlone ? {} : { orWhole: charge.amount };
  return { ...charge, ...told, amount, id: `void of ${charge.id}`, kind: 'refund', reverses: charge.id };
}

const rulesHold: Check = async (life) => {
  const evidence = await gather(life);
  const broken: string[] = [];
  for (const rule of RULES) broken.push(...(await rule(evidence)));
  return broken;
};

/** The bound is the length at which a payment goes on in a new run, and what one task may add to it. */
const MOST_EVENTS = 420;

/** An open workflow names a time or waits for a person; no history grows without end; none died. */
const workflowsAreWell: Check = ({ world }) => {
  const all = world.temporal.all();
  return Promise.resolve([
    ...all
      .filter(({ end }) => end?.kind === 'failed')
      .map(({ workflowId, end }) => `${workflowId} failed: ${String(end?.value)}`),
    ...all
      .filter((one) => one.closedAt === null && one.wakeTimes().length === 0)
      .map(({ workflowId, story }) => `${workflowId} waits for nothing: ${story.slice(-6).join(' | ')}`),
    ...all
      .filter(({ events }) => events > MOST_EVENTS)
      .map(({ workflowId, events }) => `${workflowId} has ${events} events`),
  ]);
};

/** What a payment may cost in history that is paid by one webhook, settled and pushed. */
const USUAL_EVENTS = { at_issue: 26, on_demand: 20 } as const;

/** Where nothing goes wrong, nobody asks, and one webhook comes before the vendor is asked by the clock. */
const usualPayments = ({ world, plan }: Life) =>
  world.temporal
    .all()
    .filter(({ type, end, heard }) => {
      const isUsual = plan.trouble === 0 && heard.questions === 1 && heard.signals === 1;
      return isUsual && type === 'collectPayment' && end?.kind === 'completed';
    })
    .filter(({ story }) => story.some((line) => line.includes('settlePayment')))
    .filter(({ story }) => !story.some((line) => line.includes('pollPayment')));

const theUsualHistoryIsShort: Check = (life) =>
  Promise.resolve(
    usualPayments(life)
      .filter(({ events }) => events > USUAL_EVENTS[life.plan.print])
      .map(({ workflowId, events }) => `${workflowId} has ${events} events, and nothing unusual happened`),
  );

/** How often a payment may wait for PostgreSQL that is paid by one webhook, settled, printed and pushed. */
const USUAL_ROUND_TRIPS = 50;

/** Requests and activities of the usual payment. What the payer's own visits and the sweepers cost is not counted. */
const OF_THE_USUAL_PAYMENT =
  /^(POST \/v1\/payments$|POST \S*\/webhooks\/|(readTerms|createPage|verifyPayment|settlePayment|pushDocument|printDocument)( |$))/;

const theUsualPaymentAsksTheDatabaseSeldom: Check = (life) => {
  const { world, payments } = life;
  const asked = world.temporal
    .all()
    .flatMap(({ story }) => story.filter((line) => line.includes('verifyPayment')));
  const webhooks = world.calls.filter(({ label }) => label.includes('/webhooks/'));
  const orders = world.calls.filter(({ label }) => label === 'POST /v1/payments');
  // A refund prints and pushes too.
  const isAlone = payments.length === 1 && world.temporal.all().length === 1;
  const isUsual = isAlone && usualPayments(life).length === 1;
  const isOnce = [asked, webhooks, orders].every(({ length }) => length === 1);
  if (!isUsual || !isOnce) return Promise.resolve([]);
  const counted = [...world.host.tasks.roundTrips].filter(([label]) => OF_THE_USUAL_PAYMENT.test(label));
  const total = counted.reduce((sum, [, trips]) => sum + trips, 0);
  const table = counted.map(([label, trips]) => `${label} ${trips}`).join(', ');
  world.note(`${total} round trips to PostgreSQL: ${table}`);
  return Promise.resolve(
    total > USUAL_ROUND_TRIPS
      ? [`${total} round trips to PostgreSQL, at most ${USUAL_ROUND_TRIPS}: ${table}`]
      : [],
  );
};

/** What our own database refuses would be refused at every try: it must never be a reason to try again. */
const nothingIsRefusedByUs: Check = ({ world }) =>
  Promise.resolve(world.refusals.map((refusal) => `our own database refused: ${refusal}`));

/** Every 200 and 201 under one key is the same answer. */
const oneAnswerAKey: Check = (life) =>
  Promise.resolve(
    ordersOf(life).flatMap(({ key, path, calls }) => {
      const answers = calls.flatMap(({ answer }) =>
        answer !== null && [200, 201].includes(answer.status) ? [JSON.stringify(answer)] : [],
      );
      return new Set(answers).size > 1
        ? [`key ${key} of ${path} has ${new Set(answers).size} answers: ${[...new Set(answers)].join(' / ')}`]
        : [];
    }),
  );

/** Nothing of ours may answer "it broke" but where its process died or its database was cut off. */
const nothingBreaks: Check = ({ world }) =>
  Promise.resolve(
    world.calls
      .filter(({ answer }) => answer?.status === 500)
      .map(({ label }) => `${label} answered 500`)
      .slice(0, world.notes.some((line) => line.includes('Connection terminated')) ? 0 : 5),
  );

/** A vendor that still has a webhook to send lives by another clock than the simulator's. */
const everyWebhookLeft: Check = async ({ world }) => {
  const { json } = await world.control<{ mode: string; dueAt: string; status: number | null }[]>(
    'GET',
    'deliveries',
  );
  return json
    .filter(({ status }) => status === null)
    .map(({ mode, dueAt }) => `a webhook (${mode}) was due at ${dueAt} and never left`);
};

/** A rejection that nobody catches ends a real process. */
const nothingIsUncaught: Check = ({ world }) =>
  Promise.resolve(world.host.strays.map((reason) => `nobody caught: ${describe(reason)}`));

/** Checks of one life. */
export const CHECKS: readonly Check[] = [
  nothingIsUncaught,
  everyWebhookLeft,
  rulesHold,
  workflowsAreWell,
  theUsualHistoryIsShort,
  theUsualPaymentAsksTheDatabaseSeldom,
  nothingIsRefusedByUs,
  oneAnswerAKey,
  nothingBreaks,
  wordsAreAboutWhatTheyName,
  newsIsKeptUntilItIsSeen,
  noMoneyUnderWayIsGivenUp,
  whatCameBackIsAsked,
  theModelAgrees,
];
