import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '#jest';
import { openJournal } from './journal.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'journal-'));
  file = join(folder, 'lines.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

const readAll = (): unknown[] => {
  const lines: unknown[] = [];
  const journal = openJournal(file);
  journal.replay((line) => lines.push(line));
  journal.close();
  return lines;
};

it('is on disk once append returns', () => {
  const journal = openJournal(file);
  journal.append([{ n: 1 }, { n: 2 }]);
  expect(readFileSync(file, 'utf8')).toBe('{"n":1}\n{"n":2}\n');
  journal.close();
});

it('drops a last line that a kill cut short, and goes on cleanly after it', () => {
  appendFileSync(file, '{"n":1}\n{"n":2');
  expect(readAll()).toEqual([{ n: 1 }]);
  const journal = openJournal(file);
  journal.append([{ n: 3 }]);
  journal.close();
  expect(readAll()).toEqual([{ n: 1 }, { n: 3 }]);
});

it('reads lines that are longer than what it reads at once', () => {
  const long = { text: 'שלום'.repeat(400_000) };
  const journal = openJournal(file);
  journal.append([{ n: 1 }, long, { n: 2 }]);
  journal.close();
  expect(readAll()).toEqual([{ n: 1 }, long, { n: 2 }]);
});
