import { statSync } from 'node:fs';

/**
 * Files that wait for long, longest first, as runs measured them. Started last they would keep a run from its end, while
 * nothing else is left to do. A list that is out of date costs time only.
 */
const SLOW = [
  ...['test/client/package', 'test/chaos/exports-killed'],
  ...[
    'test/e2e/fault-table',
    'test/e2e/reconciliation',
    'test/e2e/return-flood',
    'test/e2e/accountant-months',
  ],
  ...['test/e2e/stuck-workflows', 'test/db/rotate-keys', 'test/e2e/given-back', 'test/e2e/refund-reversed'],
  ...['test/e2e/every-provider', 'test/e2e/news', 'test/e2e/disputes', 'test/e2e/mails'],
  ...[
    'test/e2e/second-thoughts',
    'test/e2e/grow-acknowledges',
    'test/e2e/late-news',
    'test/e2e/planted-secrets',
  ],
  ...['test/api/exports-money', 'test/e2e/disputes-and-refunds', 'test/e2e/refused-keys'],
].map((name) => `/${name}.test.ts`);

interface TestFile {
  readonly path: string;
}

/** Jest's order of test files: the slow ones first, then the largest, which are likely to be slow too. */
export default class SlowestFirst {
  sort<File extends TestFile>(files: readonly File[]): File[] {
    return files.toSorted((a, b) => rankOf(a) - rankOf(b) || statSync(b.path).size - statSync(a.path).size);
  }

  /** Jest tells how long each file took; the order is that of every clone. */
  cacheResults(): void {
    return undefined;
  }
}

function rankOf({ path }: TestFile): number {
  const rank = SLOW.findIndex((name) => path.endsWith(name));
  return rank === -1 ? SLOW.length : rank;
}
