import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '#jest';
import { placeIn } from '../../src/sealed-places.ts';
import { readEnvironment, readSecrets } from '../support/environment.ts';
import { openBooks } from '../e2e/support/books.ts';
import type { Books } from '../e2e/support/books.ts';
import { closeEverything, force, listBreakers, PAYPLUS, untilBreaker } from '../e2e/support/breakers.ts';
import {
  admin,
  call,
  createPayment,
  openClinic,
  openPayment,
  readPayment,
  untilLinked,
} from '../e2e/support/clinic.ts';
import type { TestWorkspace } from '../e2e/support/clinic.ts';
import { allCalls, callsAbout } from '../e2e/support/vendors.ts';
import { arm, clearFaults } from '../support/faults.ts';

/** A worker may know of an opening a second late. */
const WORKER_SEES_MS = 1_100;

let books: Books;
let clinic: TestWorkspace;
let other: TestWorkspace;
beforeAll(async () => {
  books = openBooks();
  clinic = await openClinic();
  other = await openClinic();
});
afterEach(async () => {
  await clearFaults(clinic.account);
  await closeEverything();
});
afterAll(() => books.close());

interface TellingRow {
  readonly type: string;
  readonly sequence: string;
  readonly facts: { readonly paymentId: null; readonly circuit: string; readonly provider: string };
}
/** What a workspace was told that is about no payment, in order. */
/** Without the hourly head of the audit log. */
const newsOf = (workspace: TestWorkspace) =>
  books.query<TellingRow>(
    `SELECT type, sequence, facts FROM events
     WHERE workspace_id = $1 AND payment_id IS NULL AND type <> 'audit.head' ORDER BY sequence`,
    [workspace.id],
  );

const auditOf = (workspace: TestWorkspace) =>
  books.query<{ action: string; actor: string; reason: string }>(
    `SELECT action, actor, reason FROM audit_log WHERE workspace_id = $1 AND action LIKE 'circuit.%' ORDER BY sequence`,
    [workspace.id],
  );

const gauge = async (name: string): Promise<string> => {
  const urls = [readEnvironment().metricsUrl].flat();
  const texts = await Promise.all(urls.map(async (url) => (await fetch(url)).text()));
  const line = texts.flatMap((text) => text.split('\n')).find((one) => one.startsWith(`${name} `));
  return line?.slice(name.length + 1) ?? 'missing';
};

/** A payment whose caller does not wait for the link. */
const ordered = async (workspace: TestWorkspace): Promise<string> => (await createPayment(workspace)).json.id;
const orderMany = (workspace: TestWorkspace, count: number): Promise<string[]> =>
  Promise.all(Array.from({ length: count }, () => ordered(workspace)));

describe('a provider that is down', () => {
  it('is left alone after ten failures in a row, everybody at it is told, and closing by hand wakes what waits', async () => {
    await arm(clinic.account, { operation: 'create_link', fault: 'status_500', times: 1_000 });
    const ids = await orderMany(clinic, 6);
    const opened = await untilBreaker(PAYPLUS, 'open');
    expect(opened.failures).toBe(10);
    expect(Date.parse(opened.opensUntil ?? '') - Date.now()).toBeGreaterThan(280_000);
    expect(await gauge('tashlum_circuit_state{provider="payplus"}')).toBe('2');
    const below = (await listBreakers()).filter(({ name }) => name.startsWith(`${PAYPLUS}:`));
    expect(below.filter(({ state }) => state !== 'closed')).toEqual([]);
    const sent = (await Promise.all(ids.map(callsAbout))).flat().length;

    await clearFaults(clinic.account);
    expect(await force(PAYPLUS, 'close')).toEqual({
      name: PAYPLUS,
      state: 'closed',
      failures: 0,
      opensUntil: null,
    });
    // Well before the five minutes of the breaker itself.
    await Promise.all(ids.map((id) => untilLinked(clinic, id)));
    expect((await Promise.all(ids.map(callsAbout))).flat()).toHaveLength(sent + ids.length);

    for (const workspace of [clinic, other]) {
      const news = await newsOf(workspace);
      expect(news.map(({ type }) => type)).toEqual([
        'workspace.provider_changed',
        'provider.circuit_opened',
        'provider.circuit_closed',
      ]);
      expect(news.map(({ sequence }) => Number(sequence))).toEqual([1, 2, 3]);
      expect(news[1]?.facts).toMatchObject({ paymentId: null, circuit: PAYPLUS, provider: 'payplus' });
    }
    expect(await auditOf(other)).toEqual([
      { action: 'circuit.closed', actor: 'a test (admin)', reason: 'to see' },
    ]);
  });

  it('is tried once when the time is up, and what waits goes on when it answers', async () => {
    await force(PAYPLUS, 'open');
    await delay(WORKER_SEES_MS);
    const before = (await allCalls()).length;
    const id = await ordered(clinic);
    expect((await readPayment(clinic, id)).link).toBeNull();
    expect(await allCalls()).toHaveLength(before);
    await books.query('UPDATE circuit_breakers SET opens_until = now() WHERE name = $1', [PAYPLUS]);
    await untilLinked(clinic, id);
    await untilBreaker(PAYPLUS, 'closed');
    expect(await gauge('tashlum_circuit_state{provider="payplus"}')).toBe('0');
  });
});

describe('an account whose keys the vendor no longer takes', () => {
  const fill = (secretKey: string) =>
    admin('PUT', `/v1/workspaces/${clinic.id}/payment-provider`, {
      provider: 'payplus',
      credentials: { apiKey: 'key-of-circuits', secretKey, paymentPageUid: 'page' },
    });

  it('is left alone, its host and other workspaces are not; new keys let it through', async () => {
    await fill('secret-old');
    const name = `${PAYPLUS}:${await revokeKeys(clinic)}`;
    await orderMany(clinic, 8);
    await untilBreaker(name, 'open');
    await delay(WORKER_SEES_MS);
    const kept = await ordered(clinic);
    expect((await readPayment(clinic, kept)).link).toBeNull();
    expect(await callsAbout(kept)).toEqual([]);
    expect((await openPayment(other)).link).not.toBeNull();
    expect((await listBreakers()).find((one) => one.name === PAYPLUS)?.state).toBe('closed');
    const news = await newsOf(clinic);
    expect(news.at(-1)).toMatchObject({ type: 'provider.circuit_opened', facts: { circuit: name } });
    expect((await newsOf(other)).map(({ facts }) => facts.circuit)).not.toContain(name);

    expect((await fill('secret-new')).status).toBe(200);
    expect((await listBreakers()).find((one) => one.name === name)?.state).toBe('closed');
    await untilLinked(clinic, await ordered(clinic));
  });
});

describe('a breaker', () => {
  it('is the admin’s, and one that nobody knows is not there', async () => {
    const mine = await call('GET', '/v1/admin/circuits', { key: clinic.key });
    expect(mine.status).toBe(403);
    expect((await call('POST', `/v1/admin/circuits/${PAYPLUS}/open`, { key: clinic.key })).status).toBe(403);
    expect((await admin('POST', '/v1/admin/circuits/paypal:live/open')).status).toBe(404);
    expect((await admin('GET', '/v1/admin/circuits?state=open')).status).toBe(422);
  });
});

/** The vendor revokes the keys of a workspace: those that are stored are wrong from now on. The account's id. */
async function revokeKeys(workspace: TestWorkspace): Promise<string> {
  const [account] = await books.query<{ id: string }>(
    'SELECT id FROM provider_accounts WHERE workspace_id = $1 AND is_active',
    [workspace.id],
  );
  if (account === undefined) throw new Error('the workspace has no account');
  const wrong = JSON.stringify({ apiKey: 'invalid', secretKey: 'invalid', paymentPageUid: 'page' });
  const sealed = readSecrets().seal(placeIn('provider_accounts.credentials', account.id), wrong);
  await books.query('UPDATE provider_accounts SET credentials_sealed = $2 WHERE id = $1', [
    account.id,
    sealed,
  ]);
  return account.id;
}

it('a check behind an open breaker answers at once, and says so', async () => {
  const { id } = await openPayment(clinic);
  await force(PAYPLUS, 'open');
  const answer = await call('POST', `/v1/payments/${id}/check`, { key: clinic.key, body: {}, once: true });
  expect([answer.status, answer.json.code]).toEqual([503, 'unavailable']);
  expect(answer.json.detail).toContain('its breaker keeps calls back');
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(200);
  expect((await callsAbout(id)).map(({ operation }) => operation)).toEqual(['create_link']);
});
