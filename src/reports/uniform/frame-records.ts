import type { SoftwareMaker } from '../../config.ts';
import type { Workspace } from '../../domain/workspace.ts';
import { date, digits, record, text } from './pictures.ts';

/** One run of the uniform structure. */
export interface Run {
  readonly workspace: Workspace;
  /** Field 1004: 15 random digits, new on every run. */
  readonly primaryId: string;
  readonly version: string;
  readonly maker: SoftwareMaker;
  /** `C:\OPENFRMT\77777771.26\02031407` */
  readonly path: string;
  /** Both days are in the range. */
  readonly from: string;
  readonly to: string;
  /** The wall clock of the business: `2026-02-03T14:07`. */
  readonly madeAt: string;
}

const CONSTANT = '&OF1.31&';
/** The name of this program, fields 1007 and on the closing page. */
export const SOFTWARE = 'Tashlum';

/** A100, the first record of BKMVDATA.TXT. */
export function openingRecord({ workspace, primaryId }: Run): string {
  return record(95, [
    'A100',
    digits(9, 1),
    digits(9, workspace.taxId),
    digits(15, primaryId),
    CONSTANT,
    text(50, ''),
  ]);
}

/** Z900, the last one. `count` is all records, these two too. */
export function closingRecord({ workspace, primaryId }: Run, count: number): string {
  return record(110, [
    'Z900',
    digits(9, count),
    digits(9, workspace.taxId),
    digits(15, primaryId),
    CONSTANT,
    digits(15, count),
    text(50, ''),
  ]);
}

/** INI.TXT: A000, then how many records there are of each code that occurs. */
export function iniLines(run: Run, counts: ReadonlyMap<string, number>, count: number): readonly string[] {
  const summaries = [...counts].map(([code, number]) => record(19, [code, digits(15, number)]));
  return [headRecord(run, count), ...summaries];
}

function headRecord({ workspace, ...run }: Run, count: number): string {
  const { address, taxId } = workspace;
  return record(466, [
    'A000',
    text(5, ''),
    digits(15, count),
    digits(9, taxId),
    digits(15, run.primaryId),
    CONSTANT,
    digits(8, run.maker.certificate),
    text(20, SOFTWARE),
    text(20, run.version),
    digits(9, run.maker.taxId),
    text(20, run.maker.name),
    '2',
    text(50, run.path),
    // No bookkeeping: no journal, no accounts, so no level of their check either.
    '0',
    '0',
    digits(9, taxId.startsWith('5') ? taxId : 0),
    digits(9, 0),
    text(10, ''),
    text(50, workspace.legalName.he),
    text(50, address.street),
    text(10, address.houseNumber),
    text(30, address.city),
    text(8, address.zip),
    digits(4, 0),
    date(run.from),
    date(run.to),
    date(run.madeAt.slice(0, 10)),
    digits(4, run.madeAt.slice(11, 16).replace(':', '')),
    '0',
    '1',
    text(20, 'zip'),
    'ILS',
    '0',
    text(46, ''),
  ]);
}
