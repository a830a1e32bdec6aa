import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { ApiClient } from '../api-client.ts';
import { createApiClient } from '../api-client.ts';
import type { EnvironmentInfo } from '../environment-info.ts';
import type { Progress } from '../progress.ts';

const PAYMENT = z.object({
  id: z.string(),
  status: z.string(),
  link: z.object({ url: z.string() }).nullable(),
  documentIds: z.array(z.string()),
});
const DOCUMENT = z.object({
  id: z.string(),
  type: z.string(),
  displayNumber: z.string(),
  external: z.object({ service: z.string(), number: z.coerce.string() }).nullable(),
});
const CHECKOUTS = z.array(z.object({ id: z.string() }));
const TIMELINE = z.object({
  data: z.array(z.object({ at: z.string(), kind: z.string(), summary: z.string() })),
});

export type DemoPayment = z.infer<typeof PAYMENT>;
export type DemoDocument = z.infer<typeof DOCUMENT>;
export type TimelineEntry = z.infer<typeof TIMELINE>['data'][number];

/** A completed payment as the demo shows it. */
export type TakenPayment = {
  payment: DemoPayment;
  document: DemoDocument;
  timeline: TimelineEntry[];
  pdf: string;
  tookMs: number;
};

/** ₪350.00 in agorot. */
export const DEMO_AMOUNT = 35_000;
const PATIENCE_MS = 60_000;
const POLL_MS = 100;
const FINAL_BUT_UNPAID = new Set(['failed', 'expired', 'cancelled']);

/** Asks until `settle` returns something. Fails with `otherwise` after a minute or when the signal is aborted. */
const poll = async <T>(
  settle: () => Promise<T | undefined>,
  otherwise: string,
  signal: AbortSignal,
): Promise<T> => {
  const end = performance.now() + PATIENCE_MS;
  while (performance.now() < end) {
    const settled = await settle();
    if (settled !== undefined) return settled;
    await delay(POLL_MS, undefined, { signal });
  }
  throw new Error(`${otherwise} within ${PATIENCE_MS / 1_000} s`);
};

/** Makes a payment and returns it with its link. */
export const createPayment = async (
  api: ApiClient,
  amount: number,
  signal: AbortSignal,
): Promise<DemoPayment> => {
  const reference = `demo-${Date.now()}`;
  const body = {
    amount,
    currency: 'ILS',
    description: 'פגישת ייעוץ',
    reference,
    customer: { name: 'דנה לוי', phone: '0501234567', locale: 'he' },
  };
  const created = PAYMENT.parse(await api.post('/v1/payments', body));
  if (created.link !== null) return created;
  const read = async (): Promise<DemoPayment | undefined> => {
    const payment = PAYMENT.parse(await api.get(`/v1/payments/${created.id}`));
    return payment.link === null ? undefined : payment;
  };
  return poll(read, `Payment ${created.id} got no link`, signal);
};

/** Pays at the sandbox, as the payer does on the hosted page. */
const payAtSandbox = async (info: EnvironmentInfo, paymentId: string): Promise<void> => {
  const sandbox = createApiClient(info.sandboxUrl, '');
  const [checkout] = CHECKOUTS.parse(await sandbox.get(`/control/checkouts?reference=${paymentId}`));
  if (checkout === undefined) throw new Error(`The sandbox knows no checkout of payment ${paymentId}`);
  await sandbox.post(`/control/checkouts/${checkout.id}/pay`, {});
};

const waitForDocument = (api: ApiClient, id: string, signal: AbortSignal): Promise<DemoDocument> => {
  const read = async (): Promise<DemoDocument | undefined> => {
    const payment = PAYMENT.parse(await api.get(`/v1/payments/${id}`));
    if (FINAL_BUT_UNPAID.has(payment.status))
      throw new Error(`Payment ${id} ended as ${payment.status} instead of completed`);
    const [documentId] = payment.documentIds;
    if (payment.status !== 'completed' || documentId === undefined) return undefined;
    return DOCUMENT.parse(await api.get(`/v1/documents/${documentId}`));
  };
  return poll(read, `Payment ${id} was not completed with a document`, signal);
};

const waitForPush = (api: ApiClient, id: string, signal: AbortSignal): Promise<DemoDocument> => {
  const read = async (): Promise<DemoDocument | undefined> => {
    const document = DOCUMENT.parse(await api.get(`/v1/documents/${id}`));
    return document.external === null ? undefined : document;
  };
  return poll(read, `Document ${id} did not reach the invoice service`, signal);
};

const savePdf = async (
  api: ApiClient,
  document: DemoDocument,
  folder: string,
  signal: AbortSignal,
): Promise<string> => {
  const read = async (): Promise<Buffer | undefined> => {
    const { status, bytes } = await api.download(`/v1/documents/${document.id}/pdf`);
    if (status === 200) return bytes;
    // 409: it is still being printed.
    if (status !== 409)
      throw new Error(
        `The PDF of document ${document.id} was answered ${status}: ${bytes.toString().slice(0, 500)}`,
      );
    return undefined;
  };
  const bytes = await poll(read, `The PDF of document ${document.id} was not printed`, signal);
  if (!bytes.subarray(0, 5).equals(Buffer.from('%PDF-')))
    throw new Error(`The file of document ${document.id} is not a PDF`);
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${document.id}.pdf`);
  await writeFile(path, bytes);
  return path;
};

export type TakePaymentDeps = {
  info: EnvironmentInfo;
  api: ApiClient;
  folder: string;
  progress: Progress;
  signal: AbortSignal;
};

/**
 * Takes a payment from link to pushed document and printed PDF. Fails with a sentence that names the missing step.
 */
export const takePayment = async ({
  info,
  api,
  folder,
  progress,
  signal,
}: TakePaymentDeps): Promise<TakenPayment> => {
  const startedAt = performance.now();
  const { id } = await progress.step(
    'Payment link',
    () => createPayment(api, DEMO_AMOUNT, signal),
    ({ link }) => link?.url ?? '',
  );
  await progress.step(
    'Payer pays',
    () => payAtSandbox(info, id),
    () => 'on the hosted page, by card',
  );
  const issued = await progress.step(
    'Document',
    () => waitForDocument(api, id, signal),
    (document) => describeDocument(document),
  );
  const document = await progress.step(
    'Pushed',
    () => waitForPush(api, issued.id, signal),
    ({ external }) => (external === null ? '' : `${external.service}, its number ${external.number}`),
  );
  const tookMs = performance.now() - startedAt;
  const pdf = await progress.step(
    'PDF',
    () => savePdf(api, document, folder, signal),
    (path) => path,
  );
  const payment = PAYMENT.parse(await api.get(`/v1/payments/${id}`));
  const { data } = TIMELINE.parse(await api.get(`/v1/payments/${id}/timeline`));
  return { payment, document, timeline: data, pdf, tookMs };
};

const describeDocument = ({ type, displayNumber }: DemoDocument): string =>
  `${type.replaceAll('_', ' ')} ${displayNumber}`;
