import {
  markAllocated,
  markAllocationRefused,
  putOffAllocation,
  claimAllocationRequests,
} from '../../db/allocation-requests.ts';
import type { AllocationRequest } from '../../db/allocation-requests.ts';
import { withShekelSums } from '../../db/exchange-rates.ts';
import { lockPayment } from '../../db/payments.ts';
import type { Queue } from '../../db/queue.ts';
import { findConnection } from '../../db/tax-authority.ts';
import { findDocument, setAllocationNumber } from '../../db/tax-documents.ts';
import type { DocumentRow } from '../../db/tax-documents.ts';
import { inWorkspace, withoutTransaction } from '../../db/transaction.ts';
import { findWorkspace } from '../../db/workspaces.ts';
import type { WorkspaceRow } from '../../db/workspaces.ts';
import { nextTryInSeconds, refusalSentence } from '../../domain/allocation.ts';
import { dayInZone } from '../../domain/calendar.ts';
import { isProviderError } from '../../domain/provider-error.ts';
import { inShekels } from '../../domain/shekel-sums.ts';
import { displayNumber } from '../../domain/tax-document.ts';
import { tell } from '../../history/tell.ts';
import type { TaxAuthority } from '../../providers/tax-authority/tax-authority.ts';
import { sweepEach } from '../sweepers/sweep-each.ts';
import { readAccessToken } from './access-token.ts';
import type { TokenParts } from './access-token.ts';

/** What asking for allocation numbers needs. */
export type AskingParts = TokenParts & { readonly queue: Pick<Queue, 'enqueue'> };

const AT_ONCE = 20;
/** The first failed try stands on the timeline, and then every tenth. */
const TOLD_EVERY = 10;

/**
 * Asks the tax authority for the numbers that documents wait for. Run it every few seconds, in any number of processes: it also
 * finds documents from before the business was connected. @returns how many numbers came
 */
export async function askForNumbers(parts: AskingParts): Promise<number> {
  const { taxAuthority } = parts;
  if (taxAuthority === null) return 0;
  const taken = await claimAllocationRequests(withoutTransaction(parts.pool), AT_ONCE);
  let came = 0;
  await sweepEach(taken, {
    idsOf: ({ documentId }) => ({ documentId }),
    run: async (request) => {
      if (await askForOne(parts, taxAuthority, request)) came += 1;
    },
  });
  return came;
}

/** Agorot. */
type Sums = Pick<DocumentRow, 'net' | 'vat' | 'total'>;

interface Asked {
  readonly document: DocumentRow;
  /** Null while no exchange rate is known. */
  readonly shekels: Sums | null;
  readonly workspace: WorkspaceRow;
  readonly userId: string | null;
}

type Priced = Asked & { readonly shekels: Sums };
type Order = Parameters<TaxAuthority['approve']>[2];
type Decision = Awaited<ReturnType<TaxAuthority['approve']>>;

async function askForOne(
  parts: AskingParts,
  authority: TaxAuthority,
  request: AllocationRequest,
): Promise<boolean> {
  const asked = await read(parts, request);
  if (asked === null) return false;
  const { shekels } = asked;
  if (shekels === null) {
    await putOff(parts, asked, request, 'no exchange rate is known for its day');
    return false;
  }
  try {
    const decision = await decide(parts, authority, { ...asked, shekels });
    if (decision.kind === 'approved') return await store(parts, asked, decision.number);
    await refuse(parts, asked, decision.code);
    return false;
  } catch (error) {
    if (!isProviderError(error)) throw error;
    parts.logger.warn(
      { err: error, documentId: request.documentId },
      'no allocation number could be asked for',
    );
    await putOff(parts, asked, request, error.message);
    return false;
  }
}

/** Null where the document waits no more. */
function read({ pool }: AskingParts, { documentId, workspaceId }: AllocationRequest): Promise<Asked | null> {
  return inWorkspace(pool, workspaceId, async (tx) => {
    const document = await findDocument(tx, documentId);
    const workspace = await findWorkspace(tx, workspaceId);
    const connection = await findConnection(tx, workspaceId);
    if (document?.status !== 'allocation_required' || workspace === null) return null;
    const { content } = await withShekelSums(tx, document);
    const shekels = inShekels({ currency: document.currency, split: document, content });
    return { document, shekels, workspace, userId: connection?.userId ?? null };
  });
}

/** An access token that the authority refuses is renewed once. */
async function decide(parts: AskingParts, authority: TaxAuthority, asked: Priced): Promise<Decision> {
  const { mode, id: workspaceId } = asked.workspace;
  const ask = async (isFresh: boolean): Promise<Decision> =>
    authority.approve(mode, await readAccessToken(parts, { workspaceId, mode }, isFresh), toOrder(asked));
  try {
    return await ask(false);
  } catch (error) {
    if (!isProviderError(error) || error.code !== 'credentials_invalid') throw error;
    return ask(true);
  }
}

function toOrder({ document, shekels, workspace, userId }: Priced): Order {
  const { content, type, number } = document;
  const { issuer, customer } = content;
  const isInvoice = type === 'tax_invoice' || type === 'tax_invoice_receipt';
  if (!isInvoice || customer.taxId === null)
    throw new RangeError(`${document.id} is a ${type}: it needs no allocation number`);
  return {
    documentId: document.id,
    documentType: type,
    issuerTaxId: issuer.taxId,
    displayNumber: displayNumber(type, number),
    customerTaxId: customer.taxId,
    customerName: customer.name,
    documentDate: document.documentDate,
    issuedOn: dayInZone(document.createdAt, workspace.timeZone),
    net: shekels.net,
    vat: shekels.vat,
    total: shekels.total,
    userId,
    userName: issuer.name.he,
  };
}

/** The number is on the document, and its original is printed. */
async function store({ pool, queue }: AskingParts, { document }: Asked, number: string): Promise<boolean> {
  const { id: documentId, workspaceId, paymentId } = document;
  const isNews = await inWorkspace(pool, workspaceId, async (tx) => {
    await lockPayment(tx, paymentId);
    await markAllocated(tx, documentId);
    // A person may have entered it meanwhile, or a refund has cancelled the document.
    if (!(await setAllocationNumber(tx, documentId, number))) return false;
    const summary = 'The tax authority gave the allocation number';
    await tell(
      tx,
      { workspaceId, paymentId },
      { kind: 'allocation_number', summary, detail: { documentId } },
    );
    return true;
  });
  const job = { workspaceId, documentId, variant: 'original' as const };
  if (isNews) await queue.enqueue('print_document', job, `${documentId}/original`);
  return isNews;
}

async function refuse({ pool }: AskingParts, { document }: Asked, code: string): Promise<void> {
  const { id: documentId, workspaceId, paymentId, type, number } = document;
  await inWorkspace(pool, workspaceId, async (tx) => {
    if (!(await markAllocationRefused(tx, documentId, code))) return;
    const message = refusalSentence(code);
    const facts = { documentId, type, number, displayNumber: displayNumber(type, number), code, message };
    await tell(
      tx,
      { workspaceId, paymentId },
      {
        kind: 'allocation_refused',
        summary: `${message} (code ${code})`,
        detail: { documentId, code },
        events: [{ type: 'document.allocation_refused', facts }],
      },
    );
  });
}

async function putOff(
  { pool }: AskingParts,
  { document }: Asked,
  { tries }: AllocationRequest,
  error: string,
): Promise<void> {
  const { id: documentId, workspaceId, paymentId } = document;
  await inWorkspace(pool, workspaceId, async (tx) => {
    await putOffAllocation(tx, documentId, { error, seconds: nextTryInSeconds(tries) });
    if (tries % TOLD_EVERY !== 0) return;
    const summary = `No allocation number could be asked for, in ${tries + 1} tries: ${error}`;
    await tell(tx, { workspaceId, paymentId }, { kind: 'try_failed', summary, detail: { documentId } });
  });
}
