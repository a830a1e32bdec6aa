import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { TashlumProblem, waitForLink } from 'tashlum/client';
import type { components, Payment, Tashlum } from 'tashlum/client';
import { z } from 'zod';
import type { EnvironmentInfo } from '../environment-info.ts';
import type { Progress } from '../progress.ts';

const CHECKOUTS = z.array(z.object({ id: z.string() }));

export type DemoDocument = components['schemas']['Document'];
export type TimelineEntry = components['schemas']['TimelineEntry'];

/** A completed payment as the demo shows it. */
export interface TakenPayment {
  payment: Payment;
  document: DemoDocument;
  timeline: readonly TimelineEntry[];
  pdf: string;
  tookMs: number;
}

/** ₪350.00 in agorot. */
export const DEMO_AMOUNT = 35_000;
const PATIENCE_MS = 60_000;
const POLL_MS = 100;
const FINAL_BUT_UNPAID = new Set(['failed', 'expired', 'cancelled']);

/** Asks until `settle` returns something. Fails with `otherwise` after a minute or when the signal is aborted. */
export const poll = async <T>(
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

const at = (id: string) => ({ path: { id } });

/** Makes a payment and returns it with its link. */
export const createPayment = async (api: Tashlum, amount: number, signal: AbortSignal): Promise<Payment> => {
  const reference = `demo-${Date.now()}`;
  const body = {
    amount,
    currency: 'ILS',
    description: 'פגישת ייעוץ',
    reference,
    customer: { name: 'דנה לוי', phone: '0501234567', locale: 'he' },
  } as const;
  const payment = await waitForLink(api, await api.post('/v1/payments', { body, signal }), { signal });
  if (payment.link === null) throw new Error(`Payment ${payment.id} got no link: it is ${payment.status}`);
  return payment;
};

/** Pays at the sandbox, as the payer does on the hosted page; `how`: as `POST /control/checkouts/{id}/pay` takes it. */
export const payAtSandbox = async (
  { sandboxUrl }: Pick<EnvironmentInfo, 'sandboxUrl'>,
  paymentId: string,
  signal: AbortSignal,
  how: object = {},
): Promise<string> => {
  const ask = async (path: string, init: RequestInit = {}): Promise<unknown> => {
    const answer = await fetch(`${sandboxUrl}/control/checkouts${path}`, { ...init, signal });
    if (!answer.ok)
      throw new Error(`The sandbox answered ${answer.status} to ${path}: ${await answer.text()}`);
    return answer.json();
  };
  const [checkout] = CHECKOUTS.parse(await ask(`?reference=${paymentId}`));
  if (checkout === undefined) throw new Error(`The sandbox knows no checkout of payment ${paymentId}`);
  const headers = { 'content-type': 'application/json' };
  await ask(`/${checkout.id}/pay`, { method: 'POST', headers, body: JSON.stringify(how) });
  return checkout.id;
};

const waitForDocument = (api: Tashlum, id: string, signal: AbortSignal): Promise<DemoDocument> => {
  const read = async (): Promise<DemoDocument | undefined> => {
    const payment = await api.get('/v1/payments/{id}', { params: at(id), signal });
    if (FINAL_BUT_UNPAID.has(payment.status))
      throw new Error(`Payment ${id} ended as ${payment.status} instead of completed`);
    const [documentId] = payment.documentIds;
    if (payment.status !== 'completed' || documentId === undefined) return undefined;
    return api.get('/v1/documents/{id}', { params: at(documentId), signal });
  };
  return poll(read, `Payment ${id} was not completed with a document`, signal);
};

const waitForPush = (api: Tashlum, id: string, signal: AbortSignal): Promise<DemoDocument> => {
  const read = async (): Promise<DemoDocument | undefined> => {
    const document = await api.get('/v1/documents/{id}', { params: at(id), signal });
    return document.external === null ? undefined : document;
  };
  return poll(read, `Document ${id} did not reach the invoice service`, signal);
};

/** Undefined while it is still being printed. */
const readPdf = (api: Tashlum, id: string, signal: AbortSignal): Promise<Buffer | undefined> =>
  api.get('/v1/documents/{id}/pdf', { params: at(id), parseAs: 'arrayBuffer', signal }).then(
    (bytes) => Buffer.from(bytes),
    (error: unknown) => {
      if (error instanceof TashlumProblem && error.code === 'document_not_ready') return undefined;
      throw error;
    },
  );

const savePdf = async (
  api: Tashlum,
  document: DemoDocument,
  folder: string,
  signal: AbortSignal,
): Promise<string> => {
  const read = () => readPdf(api, document.id, signal);
  const bytes = await poll(read, `The PDF of document ${document.id} was not printed`, signal);
  if (!bytes.subarray(0, 5).equals(Buffer.from('%PDF-')))
    throw new Error(`The file of document ${document.id} is not a PDF`);
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${document.id}.pdf`);
  await writeFile(path, bytes);
  return path;
};

export interface TakePaymentDeps {
  info: EnvironmentInfo;
  api: Tashlum;
  folder: string;
  progress: Progress;
  signal: AbortSignal;
}

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
    () => payAtSandbox(info, id, signal),
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
  const payment = await api.get('/v1/payments/{id}', { params: at(id), signal });
  const { data } = await api.get('/v1/payments/{id}/timeline', { params: at(id), signal });
  return { payment, document, timeline: data, pdf, tookMs };
};

const describeDocument = ({ type, displayNumber }: DemoDocument): string =>
  `${type.replaceAll('_', ' ')} ${displayNumber}`;
