import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '#jest';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPrintDocument } from '../../src/activities/documents/print-document.ts';
import { findFile } from '../../src/db/document-files.ts';
import { createPool } from '../../src/db/pool.ts';
import type { Pool } from '../../src/db/pool.ts';
import { inWorkspace } from '../../src/db/transaction.ts';
import { createBreakerStore, forceBreaker } from '../../src/history/breaker-store.ts';
import { createHttp } from '../../src/http.ts';
import type { Logger } from '../../src/logger.ts';
import { createMetrics } from '../../src/metrics.ts';
import { createPrinter } from '../../src/printing/browser/printer.ts';
import { createSigners } from '../../src/printing/signing/signing-folder.ts';
import { createSampleAuthority } from '../../src/printing/testing/sample-authority.ts';
import type { SampleAuthority } from '../../src/printing/testing/sample-authority.ts';
import { makeP12 } from '../../src/printing/testing/sample-certificate.ts';
import { createBreakers } from '../../src/providers/breakers.ts';
import { openTimeStamps } from '../../src/worker/time-stamps.ts';
import { openWorkspace } from '../api/rig.ts';
import type { TestWorkspace } from '../api/rig.ts';
import { theDocumentOf } from '../e2e/support/clinic.ts';
import { record } from '../e2e/support/manual.ts';
import { readEnvironment } from '../support/environment.ts';

/** id-aa-signatureTimeStampToken. Source: RFC 3161, appendix A. */
const STAMP_ATTRIBUTE = '060b2a864886f70d010910020e';
const BREAKER = 'time-stamp:live';
const FAILURES_TO_OPEN = 10;

const http = createHttp();
const printer = createPrinter({ mayRunUncaged: true });
let pool: Pool;
let folder = '';
let sample: SampleAuthority;
let clinic: TestWorkspace;
beforeAll(async () => {
  pool = createPool({ connectionString: readEnvironment().databaseUrl, onError: () => undefined });
  sample = await createSampleAuthority();
  folder = await mkdtemp(join(tmpdir(), 'time-stamps-'));
  await writeFile(join(folder, 'default.p12'), makeP12({ passphrase: '' }));
  clinic = await openWorkspace({ workspace: { receipt: { email: false, print: 'on_demand' } } });
}, 60_000);
const close = () => forceBreaker(pool, BREAKER, 'closed');
beforeEach(close);
afterEach(async () => {
  sample.fault = null;
  await close();
});
afterAll(async () => {
  await Promise.all([sample.close(), http.close(), printer.close(), pool.end()]);
  await rm(folder, { recursive: true, force: true });
});

/** A worker's printing, with what it counts and logs. */
async function startWorker() {
  const metrics = createMetrics();
  const warnings: string[] = [];
  const logger = {
    warn: (facts: object, text: string) => warnings.push(`${text}: ${JSON.stringify(facts)}`),
  } as unknown as Logger;
  const breakers = createBreakers({ store: createBreakerStore(pool), logger });
  const settings = { url: sample.url, policy: null, credentials: null };
  const signers = createSigners(
    { folder, grade: 'secured' },
    await openTimeStamps(settings, { http, metrics, logger, breakers }),
  );
  const print = createPrintDocument({ pool, printer, signers });
  return {
    warnings,
    printOriginal: (documentId: string) => print({ workspaceId: clinic.id, documentId, variant: 'original' }),
    counted: async () => (await metrics.registry.getSingleMetric('tashlum_time_stamps_total')?.get())?.values,
  };
}

const originalOf = (documentId: string) =>
  inWorkspace(pool, clinic.id, (tx) => findFile(tx, documentId, 'original'));

describe('a document of a worker with a time-stamp authority', () => {
  it('has its number while the authority fails, and its stamped original once it works again', async () => {
    const { printOriginal, counted, warnings } = await startWorker();
    sample.fault = 'other_nonce';
    const document = theDocumentOf(await record(clinic));
    await expect(printOriginal(document)).rejects.toMatchObject({
      name: 'ApplicationFailure',
      type: 'bad_answer',
      nonRetryable: false,
    });
    expect(await originalOf(document)).toBeNull();
    expect(warnings).toEqual([
      expect.stringMatching(/its signature got no time stamp; it is tried again.*has not the nonce/),
    ]);

    sample.fault = null;
    await printOriginal(document);
    const original = await originalOf(document);
    expect(original?.toString('latin1')).toContain(STAMP_ATTRIBUTE);
    expect(await counted()).toMatchObject([
      { labels: { result: 'bad_answer' }, value: 1 },
      { labels: { result: 'stamped' }, value: 1 },
    ]);

    const asked = sample.asked();
    await printOriginal(document);
    expect((await originalOf(document))?.equals(original ?? Buffer.alloc(0))).toBe(true);
    expect(sample.asked()).toBe(asked);
  });

  it('waits without asking while the breaker is open after failures in a row', async () => {
    const { printOriginal } = await startWorker();
    sample.fault = 'unavailable';
    const document = theDocumentOf(await record(clinic));
    for (let count = 0; count < FAILURES_TO_OPEN; count += 1)
      await expect(printOriginal(document)).rejects.toMatchObject({ type: 'provider_unavailable' });
    const asked = sample.asked();
    await expect(printOriginal(document)).rejects.toMatchObject({ type: 'circuit_open' });
    expect(sample.asked()).toBe(asked);

    sample.fault = null;
    await close();
    await (await startWorker()).printOriginal(document);
    expect(await originalOf(document)).not.toBeNull();
  });
});
