import { activityInfo } from '@temporalio/activity';
import { lockPayment, setStatus } from '../../db/payments.ts';
import { insertLivePage, markPageDead } from '../../db/provider-pages.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { newId } from '../../domain/ids.ts';
import { isProviderError } from '../../domain/provider-error.ts';
import { contactOf } from '../../domain/payer.ts';
import { isOpen } from '../../domain/payment.ts';
import { neutralDescription } from '../../domain/workspace.ts';
import { tell } from '../../history/tell.ts';
import type { PageHandle, PageOrder, ProviderPage } from '../../providers/payments/payment-provider.ts';
import { finalIfRejected, impossible, retryable } from '../failure.ts';
import type { ActivityContext } from '../context.ts';
import { passBreaker } from '../behind-breaker.ts';
import { toPageHandle } from '../books/vendor-handles.ts';
import { loadPayment } from '../books/load-payment.ts';
import type { LoadedPayment } from '../books/load-payment.ts';
import { expiryOf } from './read-terms.ts';
import { placeIn } from '../../sealed-places.ts';

/** A page that ends sooner than this is of no use to a payer who is only now sent to it. */
const USEFUL_LIFE_MS = 60_000;
const FEW_TRIES = 3;

/**
 * The hosted page of the payment: the live one while it can be used, else a new one. Then the old one is closed if the
 * vendor can do that. It moves no money, so it is repeated after a lost answer: nobody can open a page whose address
 * was lost.
 * @throws ApplicationFailure final if the provider rejects the page
 */
export function createCreatePage(context: ActivityContext) {
  return async function createPage(ids: {
    workspaceId: string;
    paymentId: string;
  }): Promise<{ url: string }> {
    try {
      await passBreaker(context, ids);
      const loaded = await loadPayment(context.pool, ids);
      const live = loaded.pages.find((page) => page.state === 'live');
      if (live && live.expiresAt.getTime() > Date.now() + USEFUL_LIFE_MS) return { url: live.url };
      const provider = context.adapters.payment(loaded.account, loaded.workspace.mode);
      const page = await provider.createPage(toPageOrder(context, loaded));
      const isWanted = await storePage(context, loaded, page);
      if (live) await closeReplaced(context, loaded, toPageHandle(context.secrets, live));
      if (!isWanted) await closeReplaced(context, loaded, page);
      return { url: page.url };
    } catch (error) {
      throw mayPass(error) ? retryable(error) : finalIfRejected(error);
    }
  };
}

/** A refusal without a cause, with a delay from the adapter, is tried again a few times. */
function mayPass(error: unknown): boolean {
  const mayComeBack = isProviderError(error) && error.code === 'rejected' && error.retryAfterMs !== null;
  return mayComeBack && activityInfo().attempt <= FEW_TRIES;
}

/** As far as possible. Money that still comes through it is recognised. */
async function closeReplaced(
  context: ActivityContext,
  { account, workspace, payment }: LoadedPayment,
  page: PageHandle,
): Promise<void> {
  try {
    await context.adapters.payment(account, workspace.mode).closePage?.(page);
  } catch (error) {
    context.logger.info({ err: error, paymentId: payment.id }, 'a replaced page could not be closed');
  }
}

function toPageOrder(context: ActivityContext, loaded: LoadedPayment): PageOrder {
  const { payment, workspace, account } = loaded;
  const locale = payment.customer?.locale ?? workspace.locale;
  const addresses = openAddresses(context, loaded);
  return {
    paymentId: payment.id,
    amount: payment.chargeAmount,
    currency: payment.currency,
    description: neutralDescription(workspace, locale),
    locale,
    expiresAt: expiryOf(payment),
    returnUrl: `${context.publicUrl}/pay/${addresses.linkToken}/return`,
    webhookUrl: `${context.publicUrl}/webhooks/${account.provider}/${addresses.webhookToken}`,
    maxInstallments: payment.maxInstallments,
    methods: payment.methods,
    customer: contactOf(payment.customer),
    idempotencyKey: `${payment.id}/page/${loaded.pages.length + 1}`,
  };
}

/** The unguessable parts of the addresses that a vendor gets. They are stored sealed. */
function openAddresses(
  context: ActivityContext,
  loaded: LoadedPayment,
): { linkToken: string; webhookToken: string } {
  const { payment, account } = loaded;
  if (payment.linkTokenSealed === null)
    throw impossible('no_link', `payment ${payment.id} has no link of ours`);
  const linkPlace = placeIn('payments.link_token', payment.id);
  const webhookPlace = placeIn('provider_accounts.webhook_token', account.id);
  return {
    linkToken: context.secrets.open(linkPlace, payment.linkTokenSealed).toString(),
    webhookToken: context.secrets.open(webhookPlace, account.webhookTokenSealed).toString(),
  };
}

/**
 * A payment that was decided meanwhile keeps its status. The page is still recorded, as a dead one, because money may
 * come through it. Returns whether anybody may still pay on it.
 */
async function storePage(
  context: ActivityContext,
  loaded: LoadedPayment,
  page: ProviderPage,
): Promise<boolean> {
  const { id: paymentId, workspaceId, accountId } = loaded.payment;
  const rowId = newId('page');
  const place = placeIn('provider_pages.secret', rowId);
  return inWorkspace(context.pool, workspaceId, async (tx) => {
    const [payment, { id: pageId, isNew }] = await Promise.all([
      lockPayment(tx, paymentId),
      insertLivePage(tx, {
        id: rowId,
        workspaceId,
        paymentId,
        accountId: accountId ?? loaded.account.id,
        providerPageId: page.pageId,
        secretSealed: page.secret === null ? null : context.secrets.seal(place, page.secret),
        url: page.url,
        expiresAt: page.expiresAt,
      }),
    ]);
    if (payment !== null && !isOpen(payment.status)) {
      await markPageDead(tx, pageId);
      return false;
    }
    if (!isNew) return true;
    const isFirst = payment?.status === 'creating';
    const status = isFirst ? setStatus(tx, paymentId, 'pending') : null;
    const facts = { status: 'pending' as const, provider: loaded.account.provider };
    const told = tell(
      tx,
      { workspaceId, paymentId },
      {
        kind: 'link_ready',
        summary: `${loaded.account.provider} made a payment page, open until ${page.expiresAt.toISOString()}`,
        ...(isFirst
          ? { from: 'creating', to: 'pending', events: [{ type: 'payment.link_ready', facts }] }
          : {}),
      },
    );
    await Promise.all([status, told]);
    return true;
  });
}
