import { pino } from 'pino';
import { beforeEach, describe, expect, it } from '#jest';
import type { Breaker, BreakerStore, CallVerdict } from '../domain/breaker.ts';
import { ProviderError } from '../domain/provider-error.ts';
import { createBreakers } from './breakers.ts';
import { createGuardCalls } from './guard-calls.ts';

const NAMES = { host: 'payplus:live', account: 'payplus:live:acc_1' };

/** A store in memory; `asked` lists its calls in order. */
function createStore() {
  const asked: string[] = [];
  const breakers = new Map<string, Breaker>();
  const set = (name: string, change: Partial<Breaker>): Breaker => {
    const old = breakers.get(name) ?? { name, state: 'closed', failures: 0, opensInMs: null };
    const breaker = { ...old, ...change };
    breakers.set(name, breaker);
    return breaker;
  };
  let isDown = false;
  const ask = (what: string): void => {
    asked.push(what);
    if (isDown) throw new Error('no database');
  };
  const later = <T>(work: () => T): Promise<T> => Promise.resolve().then(work);
  const admit = (name: string): string | null => {
    ask(`admit ${name}`);
    if (breakers.get(name)?.opensInMs !== 0) return null;
    set(name, { state: 'half_open', opensInMs: 60_000 });
    return 'trial-1';
  };
  const record = (name: string, verdict: CallVerdict, trial: string | null): Breaker => {
    ask(`${verdict} ${name}${trial === null ? '' : ` ${trial}`}`);
    if (verdict === 'success') return set(name, { state: 'closed', failures: 0, opensInMs: null });
    if (verdict === 'nothing') return set(name, { opensInMs: 0 });
    const failures = (breakers.get(name)?.failures ?? 0) + 1;
    const opens = trial !== null || failures >= 10;
    return set(name, opens ? { failures, state: 'open', opensInMs: 300_000 } : { failures });
  };
  const store: BreakerStore = {
    listTroubled: () =>
      later(() => {
        ask('list');
        return [...breakers.values()].filter(({ state, failures }) => state !== 'closed' || failures > 0);
      }),
    admit: (name) => later(() => admit(name)),
    record: (name, verdict, trial) => later(() => record(name, verdict, trial)),
  };
  return { store, asked, set, breakDown: () => (isDown = true) };
}

let db: ReturnType<typeof createStore>;
let clock: number;
let vendor: { sent: number; answer: () => unknown };
let adapter: {
  find(id: string): Promise<unknown>;
  refund?: () => Promise<unknown>;
  readWebhook(): string;
  listPayments(): AsyncIterable<number>;
};
beforeEach(() => {
  db = createStore();
  clock = 0;
  vendor = { sent: 0, answer: () => 'found' };
  const breakers = createBreakers({ store: db.store, logger: pino({ enabled: false }), now: () => clock });
  adapter = createGuardCalls(breakers)(
    {
      async find(id: string) {
        vendor.sent += 1;
        return `${String(await vendor.answer())} ${id}`;
      },
      readWebhook: () => 'read',
      async *listPayments() {
        yield 1;
        yield Number(await vendor.answer());
      },
    },
    NAMES,
  );
});

const failWith = (code: ProviderError['code'], details = {}): void => {
  vendor.answer = () => {
    throw new ProviderError(code, 'why', details);
  };
};
const failing = (): Promise<ProviderError> =>
  adapter.find('x').then(
    () => {
      throw new Error('it did not fail');
    },
    (error: unknown) => error as ProviderError,
  );

describe('a guarded adapter', () => {
  it('does what the adapter does, and has no verb that it lacks', async () => {
    expect(await adapter.find('pay_1')).toBe('found pay_1');
    expect(adapter.readWebhook()).toBe('read');
    expect(adapter.refund).toBeUndefined();
  });

  it('costs one look a second while nothing fails', async () => {
    for (let call = 0; call < 5; call += 1) await adapter.find('x');
    expect(db.asked).toEqual(['list']);
    clock += 1_000;
    await Promise.all([adapter.find('x'), adapter.find('x')]);
    expect(db.asked).toEqual(['list', 'list']);
  });

  it('reads webhooks without asking anybody', () => {
    db.set(NAMES.host, { state: 'open', opensInMs: 1_000 });
    adapter.readWebhook();
    expect(db.asked).toEqual([]);
  });

  it('passes on what the vendor said', async () => {
    failWith('rejected', { vendorCode: 'no-such-page' });
    expect(await failing()).toMatchObject({
      code: 'rejected',
      vendorCode: 'no-such-page',
      retryAfterMs: null,
    });
  });
});

describe('failures in a row', () => {
  it('are counted for host and account until the host is shut; then calls are held back and nothing is sent', async () => {
    failWith('provider_unavailable');
    for (let call = 0; call < 10; call += 1) expect((await failing()).code).toBe('provider_unavailable');
    const error = await failing();
    expect(error).toMatchObject({ code: 'circuit_open', retry: 'safe' });
    expect(error.retryAfterMs).toBe(300_000);
    expect(vendor.sent).toBe(10);
    expect(db.asked.filter((one) => one === `failure ${NAMES.host}`)).toHaveLength(10);
    expect(db.asked.filter((one) => one === `failure ${NAMES.account}`)).toHaveLength(9);
  });

  it('bring callers back soon once the breaker may open, unless the vendor said when', async () => {
    failWith('no_answer');
    const delays: (number | null)[] = [];
    for (let call = 0; call < 6; call += 1) delays.push((await failing()).retryAfterMs);
    expect(delays).toEqual([null, null, null, null, 12_000, 12_000]);
    failWith('no_answer', { retryAfterMs: 90_000 });
    expect((await failing()).retryAfterMs).toBe(90_000);
  });

  it('end with one success, which is written once', async () => {
    failWith('unreachable');
    await failing();
    vendor.answer = () => 'found';
    await adapter.find('x');
    await adapter.find('x');
    expect(db.asked.filter((one) => one.startsWith('success'))).toEqual([
      `success ${NAMES.host}`,
      `success ${NAMES.account}`,
    ]);
  });

  it('for wrong keys shut the account and leave the host open', async () => {
    failWith('credentials_invalid');
    for (let call = 0; call < 10; call += 1) await failing();
    expect((await failing()).code).toBe('circuit_open');
    expect(db.asked).not.toContain(`failure ${NAMES.host}`);
  });

  it('that cannot be written are the vendor’s failures still', async () => {
    await adapter.find('x');
    db.breakDown();
    failWith('no_answer');
    expect((await failing()).code).toBe('no_answer');
  });

  it('seen by another process hold calls back here within a second', async () => {
    await adapter.find('x');
    db.set(NAMES.host, { state: 'open', failures: 10, opensInMs: 200_000 });
    await adapter.find('x');
    clock += 1_000;
    expect((await failing()).code).toBe('circuit_open');
  });
});

describe('a breaker that is closed by hand', () => {
  it('lets the next call through, though this process had seen it open a moment ago', async () => {
    db.set(NAMES.host, { state: 'open', failures: 10, opensInMs: 200_000 });
    expect((await failing()).code).toBe('circuit_open');
    expect((await failing()).code).toBe('circuit_open');
    expect(db.asked).toEqual(['list']);
    db.set(NAMES.host, { state: 'closed', failures: 0, opensInMs: null });
    clock += 100;
    expect(await adapter.find('x')).toBe('found x');
  });
});

describe('a breaker whose time is up', () => {
  beforeEach(() => {
    db.set(NAMES.host, { state: 'open', failures: 10, opensInMs: 0 });
  });

  it('lets one call through, and its success closes it', async () => {
    expect(await adapter.find('x')).toBe('found x');
    expect(db.asked).toContain(`success ${NAMES.host} trial-1`);
    expect(await adapter.find('x')).toBe('found x');
  });

  it('holds the others back while the trial runs', async () => {
    const gate = Promise.withResolvers<string>();
    vendor.answer = () => gate.promise;
    const trial = adapter.find('trial');
    expect((await failing()).code).toBe('circuit_open');
    gate.resolve('found');
    await trial;
    expect(vendor.sent).toBe(1);
  });

  it('is open again after a trial that failed, and who made it comes back soon', async () => {
    failWith('provider_unavailable');
    expect((await failing()).retryAfterMs).toBe(12_000);
    expect((await failing()).code).toBe('circuit_open');
    expect(vendor.sent).toBe(1);
  });

  it('leaves the trial to the next where the first said nothing of the vendor', async () => {
    failWith('rejected');
    await failing();
    expect(db.asked.at(-1)).toBe(`nothing ${NAMES.host} trial-1`);
    vendor.answer = () => 'found';
    expect(await adapter.find('x')).toBe('found x');
  });

  it('is left alone by who may not pass the account’s breaker', async () => {
    db.set(NAMES.account, { state: 'open', failures: 10, opensInMs: 5_000 });
    expect((await failing()).code).toBe('circuit_open');
    expect(db.asked).toEqual(['list']);
  });
});

describe('a guarded list', () => {
  it('counts its end, or that nobody wanted to hear it', async () => {
    vendor.answer = () => 2;
    db.set(NAMES.host, { failures: 3 });
    const heard: number[] = [];
    for await (const one of adapter.listPayments()) heard.push(one);
    expect(heard).toEqual([1, 2]);
    expect(db.asked).toContain(`success ${NAMES.host}`);
    db.set(NAMES.account, { failures: 3 });
    clock += 1_000;
    for await (const _one of adapter.listPayments()) break;
    expect(db.asked).toContain(`success ${NAMES.account}`);
  });

  it('counts the failure in its midst', async () => {
    failWith('no_answer');
    const listening = async (): Promise<void> => {
      for await (const one of adapter.listPayments()) expect(one).toBe(1);
    };
    await expect(listening()).rejects.toMatchObject({ code: 'no_answer' });
    expect(db.asked).toContain(`failure ${NAMES.host}`);
  });
});
