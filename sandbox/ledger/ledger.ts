import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createBooks } from './books.ts';
import type { Books } from './books.ts';
import { openJournal } from './journal.ts';
import type { Entry } from './records.ts';
import { applyEntry, createTables } from './tables.ts';

export interface Ledger extends Books {
  /** On disk before it returns, all or nothing: nothing that is answered afterwards is ever lost. */
  record: (...entries: Entry[]) => void;
  close: () => void;
}

/**
 * The records of the sandbox: pages, transactions, documents, calls, webhooks. Loads the data in `stateDir`, which is
 * created if missing.
 */
export function openLedger(stateDir: string): Ledger {
  mkdirSync(stateDir, { recursive: true });
  const journal = openJournal(join(stateDir, 'ledger.jsonl'));
  const tables = createTables();
  journal.replay((line) => applyEntry(tables, line as Entry));

  return {
    ...createBooks(tables),
    record(...entries) {
      journal.append(entries);
      for (const entry of entries) applyEntry(tables, entry);
    },
    close: journal.close,
  };
}
