import { randomUUID } from 'node:crypto';
import { Agent, request } from 'undici';
import type { Ledger } from './ledger/ledger.ts';
import type { Delivery, Transaction, VendorName } from './ledger/records.ts';

const ANSWER_WITHIN_MS = 10_000;

/** A webhook, ready to be sent. */
export interface Notice {
  url: string;
  headers: Record<string, string>;
  body: string;
  /** The vendor itself is this late: the reported change happens only then. */
  afterMs?: number;
}

/** The subject of a batch of webhooks, for the list of deliveries. */
export interface Subject {
  provider: VendorName;
  checkoutId: string;
  transactionId: Transaction['id'] | null;
  mode: string;
}

export type Webhooks = ReturnType<typeof createWebhooks>;

/** Delivers a due webhook to its receiver; returns the HTTP status of the answer, 0 for none. */
export type Courier = (delivery: Delivery, agent: Agent) => Promise<{ status: number; error: string | null }>;

/**
 * Sends each webhook once and never again, whatever the receiver answers: a receiver that misses one must ask.
 * Webhooks that were planned but not sent before a kill are sent by `resume`, perhaps a second time.
 */
export function createWebhooks(deps: { ledger: Ledger; now: () => Date; courier?: Courier | undefined }) {
  const { ledger, now, courier = post } = deps;
  const agent = new Agent({ connect: { timeout: ANSWER_WITHIN_MS } });
  const timers = new Set<NodeJS.Timeout>();
  /** Webhooks that wait for the answer of another one, by its id. */
  const waiting = new Map<string, Delivery[]>();
  let isClosed = false;

  const schedule = (delivery: Delivery): void => {
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        void deliver(delivery);
      },
      Math.max(0, Date.parse(delivery.dueAt) - now().getTime()),
    );
    timers.add(timer);
  };

  const deliver = async (delivery: Delivery): Promise<void> => {
    const { status, error } = await courier(delivery, agent);
    if (isClosed) return;
    ledger.record({ kind: 'delivered', id: delivery.id, status, error, at: now().toISOString() });
    waiting.get(delivery.id)?.forEach(schedule);
    waiting.delete(delivery.id);
  };

  const start = (planned: Delivery[]): void => {
    for (const delivery of planned)
      if (delivery.after === null) schedule(delivery);
      else waiting.set(delivery.after, [...(waiting.get(delivery.after) ?? []), delivery]);
  };

  return {
    /**
     * Plans batches of webhooks: one batch after the other, those of a batch in parallel, receivers independent of
     * each other. The caller records the plan together with its subject, then calls `start`.
     */
    plan(subject: Subject, batches: Notice[][], delayMs = 0): Delivery[] {
      const planned: Delivery[] = [];
      const before = new Map<string, string>();
      for (const batch of batches) {
        const rows = batch.map(({ afterMs = 0, ...notice }) => {
          const dueAt = new Date(now().getTime() + delayMs + afterMs).toISOString();
          return toDelivery(subject, notice, dueAt, before.get(notice.url) ?? null);
        });
        planned.push(...rows);
        for (const { url, id } of rows) before.set(url, id);
      }
      return planned;
    },
    start,
    /** Plans again what an earlier process did not finish. */
    resume(): void {
      const pending = ledger.deliveries().filter((delivery) => delivery.status === null);
      const unsent = new Set(pending.map((delivery) => delivery.id));
      start(
        pending.map((delivery) => ({
          ...delivery,
          after: unsent.has(delivery.after ?? '') ? delivery.after : null,
        })),
      );
    },
    async close(): Promise<void> {
      isClosed = true;
      timers.forEach(clearTimeout);
      await agent.destroy();
    },
  };
}

function toDelivery(subject: Subject, notice: Notice, dueAt: string, after: string | null): Delivery {
  return {
    id: randomUUID(),
    ...subject,
    ...notice,
    dueAt,
    after,
    status: null,
    error: null,
    answeredAt: null,
  };
}

async function post({ url, headers, body }: Delivery, agent: Agent): ReturnType<Courier> {
  try {
    const answer = await request(url, {
      method: 'POST',
      headers,
      body,
      dispatcher: agent,
      headersTimeout: ANSWER_WITHIN_MS,
      bodyTimeout: ANSWER_WITHIN_MS,
    });
    await answer.body.dump();
    return { status: answer.statusCode, error: null };
  } catch (error) {
    return { status: 0, error: error instanceof Error ? error.message : String(error) };
  }
}
