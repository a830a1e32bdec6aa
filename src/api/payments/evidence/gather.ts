import { listAuditAbout, findAuditHead } from '../../../db/audit-log.ts';
import type { ProvenEntry } from '../../../db/audit-log.ts';
import { listDeliveries } from '../../../db/inbox.ts';
import { listRefunds } from '../../../db/refunds.ts';
import { listPaymentDocuments } from '../../../db/tax-documents.ts';
import type { DocumentRow } from '../../../db/tax-documents.ts';
import { inWorkspace } from '../../../db/transaction.ts';
import { displayNumber } from '../../../domain/tax-document.ts';
import type { ApiContext } from '../../context.ts';
import { toAuditJson } from '../../audit/audit-schema.ts';
import { readPdf } from '../../documents/pdf-route.ts';
import { toDeliveryJson } from '../../webhooks/delivery-json.ts';
import type { PaymentJson, TimelineEntry } from '../payment-answer.ts';
import { viewPayment } from '../payment-view.ts';
import { readTimeline } from '../timeline.ts';

/** A file of the bundle, and what it is, in a sentence. */
export interface EvidenceFile {
  readonly path: string;
  readonly what: string;
  readonly bytes: Buffer;
}

/** What the bundle does not have, and why, in words that name no person. */
export interface LeftOut {
  readonly what: string;
  readonly why: string;
}

/** What the bundle about a payment holds. */
export interface Evidence {
  readonly payment: EvidencePayment;
  readonly timeline: readonly TimelineEntry[];
  readonly files: readonly EvidenceFile[];
  readonly leftOut: readonly LeftOut[];
}

/** A payment without its payer and patient, what was bought, the link that opens its page, and the app's own notes. */
export type EvidencePayment = Omit<
  PaymentJson,
  | 'customer'
  | 'patient'
  | 'sessionDates'
  | 'printPatient'
  | 'description'
  | 'items'
  | 'metadata'
  | 'subject'
  | 'link'
  | 'failure'
>;

/** A payment has a few. Of a flood the first are enough; the timeline has all. */
const MOST_WEBHOOKS = 200;

/**
 * What there is to show about a payment in a dispute.
 * @throws Problem not_found; document_not_ready, where a copy must be printed first
 */
export async function gatherEvidence(
  context: ApiContext,
  { workspaceId, paymentId }: { readonly workspaceId: string; readonly paymentId: string },
): Promise<Evidence> {
  const found = await inWorkspace(context.pool, workspaceId, async (tx) => {
    const timeline = await readTimeline(tx, paymentId);
    const documents = await listPaymentDocuments(tx, paymentId);
    const refunds = await listRefunds(tx, paymentId);
    const deliveries = await listDeliveries(tx, paymentId, MOST_WEBHOOKS + 1);
    const subjects = [paymentId, ...[...documents, ...refunds, ...deliveries].map(({ id }) => id)];
    return {
      payment: withoutPayer(await viewPayment(context, tx, paymentId)),
      timeline,
      documents,
      deliveries,
      entries: await listAuditAbout(tx, workspaceId, subjects),
      head: await findAuditHead(tx, workspaceId),
    };
  });
  const { payment, timeline, documents, deliveries, entries, head } = found;
  const webhooks = deliveries.slice(0, MOST_WEBHOOKS).map((row) => toDeliveryJson(context, row));
  const proof = {
    workspaceId,
    entries: entries.map(toProofJson),
    head: head === null ? null : { sequence: head.sequence, link: head.link.toString('hex') },
  };
  return {
    payment,
    timeline,
    leftOut: [
      ...documents.filter(namesPatient).map(toLeftOut),
      ...(deliveries.length > MOST_WEBHOOKS ? [LATER_WEBHOOKS] : []),
    ],
    files: [
      toJsonFile('payment.json', 'The payment: its sums, states and times. The payer is left out.', payment),
      toJsonFile('timeline.json', 'Everything that happened, in order.', timeline),
      ...(await copiesOf(
        context,
        workspaceId,
        documents.filter((document) => !namesPatient(document)),
      )),
      ...webhooks.map((one) =>
        toJsonFile(
          `webhooks/${one.id}.json`,
          `What ${one.provider} sent at ${one.receivedAt}, as it was received. Signatures and what is of a person are redacted; bodySha256 is of the bytes as they came.`,
          one,
        ),
      ),
      toJsonFile(
        'audit/chain-proof.json',
        'Who did what to this payment, and why. Each entry is chained to the one before it by a keyed hash (link, previousLink). Anybody who has the keys can check it: npm run verify-audit -- --proof chain-proof.json.',
        proof,
      ),
    ],
  };
}

function withoutPayer(payment: PaymentJson): EvidencePayment {
  const {
    customer: _customer,
    patient: _patient,
    sessionDates: _sessionDates,
    printPatient: _printPatient,
    description: _description,
    items: _items,
    metadata: _metadata,
    subject: _subject,
    link: _link,
    failure: _failure,
    ...shown
  } = payment;
  return shown;
}

/** No bank needs to know who was treated. */
const namesPatient = ({ content }: DocumentRow): boolean => content.treated !== undefined;

const wordsOf = (type: DocumentRow['type']): string => type.replaceAll('_', ' ');

const toLeftOut = ({ id, type, number, documentDate }: DocumentRow): LeftOut => ({
  what: `The ${wordsOf(type)} ${displayNumber(type, number)} of ${documentDate} (${id}).`,
  why: 'It names a patient, which a dispute does not need. The business has it.',
});

const LATER_WEBHOOKS: LeftOut = {
  what: `Webhooks after the first ${MOST_WEBHOOKS}.`,
  why: 'They are too many. The timeline tells what came of them.',
};

/**
 * Copies, never originals: an original leaves once, and not here. All missing prints are ordered first, so that
 * they are made side by side.
 */
async function copiesOf(
  context: ApiContext,
  workspaceId: string,
  documents: readonly DocumentRow[],
): Promise<EvidenceFile[]> {
  const printed = await Promise.allSettled(
    documents.map(({ id }) => readPdf(context, { workspaceId, documentId: id, original: false })),
  );
  return printed.map((end, index) => {
    if (end.status === 'rejected') throw end.reason;
    const { fileName, bytes } = end.value;
    const [type] = documents.slice(index).map((one) => wordsOf(one.type));
    return {
      path: `documents/${fileName}`,
      what: `The ${type ?? 'document'} that was issued: a copy.`,
      bytes,
    };
  });
}

const toProofJson = (entry: ProvenEntry) => ({
  ...toAuditJson(entry),
  previousLink: entry.previousLink?.toString('hex') ?? null,
});

const toJsonFile = (path: string, what: string, content: unknown): EvidenceFile => ({
  path,
  what,
  bytes: Buffer.from(`${JSON.stringify(content, null, 2)}\n`),
});
