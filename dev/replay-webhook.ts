import { createTashlum } from 'tashlum/client';
import type { Tashlum } from 'tashlum/client';
import { z } from 'zod';
import { ACTOR, openClinic } from './clinic.ts';
import { isProvider } from './command-line.ts';
import { createPayment, DEMO_AMOUNT, payAtSandbox, poll } from './demo/take-payment.ts';
import { readJson } from './files.ts';
import { createPaths, readStateDir } from './paths.ts';

/** What `GET /v1/admin/inbox/{id}` answers, as far as a replay needs it. */
const STORED = z.object({ provider: z.string(), body: z.record(z.string(), z.unknown()).nullable() });
const RUNNING = z.object({ apiUrl: z.string(), sandboxUrl: z.string(), adminKey: z.string() });
const DELIVERIES = z.array(z.object({ status: z.number().nullable() }));

type Stored = z.infer<typeof STORED>;
type Running = z.infer<typeof RUNNING>;

/** What the engine made of the webhook. */
export interface Replayed {
  /** HTTP statuses of its answers. */
  readonly answers: readonly number[];
  /** The rows of the inbox. */
  readonly rows: readonly {
    readonly status: string;
    readonly kind: string | null;
    readonly reason: string | null;
  }[];
  /** The status of the payment that it is about. */
  readonly payment: string;
}

/**
 * Lets the sandbox send a stored, redacted webhook to the running environment: about a payment of a clinic made for it,
 * which was paid at the sandbox, with that payment's ids and a genuine signature.
 */
export const replayWebhook = async (
  { provider, body }: Stored,
  running: Running,
  signal: AbortSignal,
): Promise<Replayed> => {
  if (body === null)
    throw new Error('the stored webhook has no body: it was refused, or could not be read as fields');
  if (!isProvider(provider)) throw new Error(`the demo environment has no provider "${provider}"`);
  const admin = createTashlum({ baseUrl: running.apiUrl, key: running.adminKey, headers: ACTOR });
  const clinic = await openClinic(admin, undefined, provider);
  const api = createTashlum({ baseUrl: running.apiUrl, key: clinic.key, headers: ACTOR });
  const { id } = await createPayment(api, DEMO_AMOUNT, signal);
  const checkoutId = await payAtSandbox(running, id, signal, { like: body });
  const answers = await untilAnswered(running, checkoutId, signal);
  const rows = await untilHandled(admin, clinic.id, signal);
  const payment = await api.get('/v1/payments/{id}', { params: { path: { id } }, signal });
  return { answers, rows, payment: payment.status };
};

const untilAnswered = (
  { sandboxUrl }: Running,
  checkoutId: string,
  signal: AbortSignal,
): Promise<readonly number[]> =>
  poll(
    async () => {
      const answer = await fetch(`${sandboxUrl}/control/deliveries?checkoutId=${checkoutId}`, { signal });
      const statuses = DELIVERIES.parse(await answer.json()).flatMap(({ status }) => status ?? []);
      return statuses.length === 0 ? undefined : statuses;
    },
    'The sandbox sent no webhook of this type',
    signal,
  );

/** The rows of the clinic, which has no others, once none waits. */
const untilHandled = (admin: Tashlum, workspaceId: string, signal: AbortSignal) =>
  poll(
    async () => {
      const { data } = await admin.get('/v1/admin/inbox', { params: { query: { limit: 200 } }, signal });
      const rows = data.filter((row) => row.workspaceId === workspaceId);
      return rows.length > 0 && rows.every(({ status }) => status !== 'pending') ? rows : undefined;
    },
    'The webhook was not acted on',
    signal,
  );

/** `replay-webhook FILE`. Ends with 0 if the engine understood the webhook, else with 1. */
export const runReplay = async (file: string): Promise<number> => {
  try {
    const running = RUNNING.safeParse(await readJson(createPaths(readStateDir()).info)).data;
    if (running === undefined) throw new Error('no environment runs here: start it with npm run dev');
    const stored = STORED.safeParse(await readJson(file)).data;
    if (stored === undefined)
      throw new Error(`${file} is not what GET /v1/admin/inbox/{id} answers: it needs provider and body`);
    const { answers, rows, payment } = await replayWebhook(stored, running, AbortSignal.timeout(120_000));
    console.log(`answered   ${answers.join(', ')}`);
    for (const { status, kind, reason } of rows)
      console.log(
        `inbox      ${status}${kind === null ? '' : `, about a ${kind}`}${reason === null ? '' : `: ${reason}`}`,
      );
    console.log(`payment    ${payment}`);
    return rows.every(({ status }) => status === 'handled') ? 0 : 1;
  } catch (error) {
    console.error(`replay-webhook: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
};
