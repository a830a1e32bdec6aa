import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { createPaths, readStateDir } from '../../dev/paths.ts';
import { readEnvironment } from '../support/environment.ts';
import { startReceiver } from '../support/event-receiver.ts';
import type { EventReceiver } from '../support/event-receiver.ts';
import { startSecondApi } from '../support/second-api.ts';
import type { SecondApi } from '../support/second-api.ts';
import { searchDatabase } from '../support/search-database.ts';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import { eventually } from './support/clinic.ts';
import { fetchExport } from './support/exports.ts';
import { CARD, NAME, PERSON, tellStory } from './support/planted-story.ts';
import type { Story } from './support/planted-story.ts';
import { openTemporal, textOf } from './support/temporal.ts';
import type { Temporal } from './support/temporal.ts';

// One story, told through the API and by the sandbox, in which everything that must stay hidden is a word of its own. Then
// every place that people or machines read is searched. What vendors are told: what-leaves.test.ts; evidence: evidence.test.ts.

/** Where an address or a number of the payer may stand in the clear. docs/operations.md, "What is kept how long". */
const PAYERS: ReadonlySet<string> = new Set([
  'public.payments.customer',
  'public.tax_documents.content',
  'public.mails.recipient',
]);

let books: Books;
let temporal: Temporal;
let receiver: EventReceiver;
let loud: SecondApi;
let story: Story;
beforeAll(async () => {
  books = openBooks();
  [temporal, receiver, loud] = await Promise.all([
    openTemporal(),
    startReceiver(),
    startSecondApi({ LOG_LEVEL: 'trace' }),
  ]);
  story = await tellStory(loud, receiver.url);
});
afterAll(() => Promise.all([books.close(), temporal.close(), receiver.close(), loud.stop()]));

type Hidden = Readonly<Record<string, string>>;

/** What must stand nowhere but where it is used. */
const everything = (): Hidden => ({
  ...story.secrets,
  card: CARD,
  ...PERSON,
  'phone as stored': `+972${PERSON.phone.slice(1)}`,
});

/** The same, and the name. */
const everybody = (): Hidden => ({ ...everything(), name: NAME });

const without = (hidden: Hidden, ...names: readonly string[]): Hidden =>
  Object.fromEntries(Object.entries(hidden).filter(([name]) => !names.includes(name)));

/** Names of the hidden words that the text contains. */
const shownIn = (text: string, hidden: Hidden): string[] =>
  Object.entries(hidden).flatMap(([name, word]) => (text.includes(word) ? [name] : []));

describe('what must stay hidden', () => {
  it('is planted: each of it is a word that stands nowhere by chance', () => {
    expect(Object.keys(story.secrets)).toHaveLength(11);
    expect(Object.values(everything()).filter((word) => word.length < 10)).toEqual([]);
  });

  it('is in no log of any process, not even of one that logs all it can', () => {
    const { logs } = createPaths(readStateDir());
    // The sandbox is the vendors' side.
    const files = readdirSync(logs).filter((file) => !file.startsWith('sandbox'));
    expect(files).toEqual(expect.arrayContaining(['api.log', 'worker.log']));
    expect(loud.log()).toContain('/v1/customers/erase');
    for (const file of files)
      expect([file, shownIn(readFileSync(join(logs, file), 'utf8'), everybody())]).toEqual([file, []]);
    expect(shownIn(loud.log(), everybody())).toEqual([]);
  });

  it('is in no history of Temporal, payloads decoded', async () => {
    const texts: string[] = [];
    for (const kind of ['pay', 'refund', 'push', 'late'])
      for await (const { workflowId, runId } of temporal.client.workflow.list({
        query: `WorkflowId STARTS_WITH "${kind}/${story.clinic.id}"`,
      }))
        texts.push(textOf(await temporal.client.workflow.getHandle(workflowId, runId).fetchHistory()));
    const text = texts.join('\n');
    expect(text).toContain(`"paymentId":"${story.payment.id}"`);
    expect(text).toContain(`refund/${story.clinic.id}`);
    // The payer's link is what the workflow answers with: docs/architecture.md, "The workflows".
    expect(shownIn(text, without(everybody(), 'link'))).toEqual([]);
  });

  it('is in no event, neither its body nor its headers', async () => {
    await eventually('the event of the refund', () =>
      Promise.resolve(receiver.received.some(({ event }) => event.type === 'payment.refunded') ? true : null),
    );
    const sent = receiver.received.map(({ body, headers }) => body + JSON.stringify(headers)).join('\n');
    expect(shownIn(sent, everybody())).toEqual([]);
  });

  it('is in no refusal and no list', () => {
    expect(story.answers.filter(({ text }) => text.includes('"code"')).length).toBeGreaterThan(12);
    for (const { asked, text } of story.answers)
      expect([asked, shownIn(text, everything())]).toEqual([asked, []]);
  });

  it('is in no metric of any process', async () => {
    const urls = readEnvironment().metricsUrl;
    expect(urls.length).toBeGreaterThanOrEqual(2);
    const ids = { payment: story.payment.id, workspace: story.clinic.id };
    for (const url of urls) {
      const text = await (await fetch(url)).text();
      expect(text).toContain('tashlum_');
      expect(shownIn(text, { ...everybody(), ...ids })).toEqual([]);
    }
  });

  it.each([
    ['transactions', 'csv'],
    ['documents', 'csv'],
    ['receipts', 'csv'],
    ['audit', 'csv'],
    ['bundle', 'zip'],
  ])('is in no export: %s', async (kind, format) => {
    const { bytes } = await fetchExport(story.clinic, { kind, format });
    const text = unpacked(bytes);
    expect(text.length).toBeGreaterThan(100);
    // Documents bear the payer's number.
    expect(shownIn(text, without(everything(), 'phone', 'phone as stored'))).toEqual([]);
  });

  it('is in no column of the database in the clear, but the payer where payers are kept', async () => {
    const national = PERSON.phone.slice(1);
    const found = await searchDatabase(books, [
      ...Object.values(without(everything(), 'phone', 'phone as stored')),
      national,
    ]);
    const ofPayer = found.filter(({ text }) => text === PERSON.email || text === national);
    expect(found.filter((one) => !ofPayer.includes(one))).toEqual([]);
    expect(ofPayer.filter(({ place }) => !PAYERS.has(place))).toEqual([]);
    expect(ofPayer.map(({ place }) => place)).toContain('public.payments.customer');
  });
});

/** A file, or all files in an archive and in the archives in it. */
function unpacked(bytes: Buffer): string {
  if (bytes.subarray(0, 2).toString() !== 'PK') return bytes.toString();
  return Object.entries(unzipSync(bytes))
    .map(([name, file]) => `${name}\n${unpacked(Buffer.from(file))}`)
    .join('\n');
}
