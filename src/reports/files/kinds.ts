import type { ExportKind } from '../../domain/export.ts';
import { prepareHashavshevet } from '../hashavshevet/hashavshevet-files.ts';
import { prepareUniform } from '../uniform/uniform-file.ts';
import { readAllocationSheet } from './allocations.ts';
import { readAuditSheets } from './audit.ts';
import { prepareBundle } from './bundle.ts';
import { readCredits } from './credits.ts';
import { readDoctorJournal } from './doctor-journal.ts';
import { readDocumentJournal } from './documents.ts';
import { readGapSheets } from './gaps.ts';
import { prepareMonth } from './month.ts';
import { preparePatientStatement } from './patient-statement.ts';
import { readPcn874 } from './pcn874.ts';
import { readReceiptSheets } from './receipts.ts';
import { readSettlementSheets } from './settlements.ts';
import { sheetsFile } from './sheets-file.ts';
import type { CountedFile, Source } from './source.ts';
import { readVatReturn } from './vat-return.ts';
import { readWithholdingSheets } from './withholding.ts';
import { prepareTransactions } from './write-transactions.ts';
import { readYear } from './year.ts';

/** How each kind of file is made, a line each. */
const FILES: Readonly<Record<ExportKind, (source: Source) => Promise<CountedFile>>> = {
  transactions: prepareTransactions,
  documents: sheetsFile(readDocumentJournal),
  vat: sheetsFile(readVatReturn),
  gaps: sheetsFile(readGapSheets),
  receipts: sheetsFile(readReceiptSheets),
  settlements: sheetsFile(readSettlementSheets),
  credits: sheetsFile(readCredits),
  allocation: sheetsFile(readAllocationSheet),
  withholding: sheetsFile(readWithholdingSheets),
  'journal-appendix-vav': sheetsFile(readDoctorJournal),
  'patient-statement': preparePatientStatement,
  year: sheetsFile(readYear),
  audit: sheetsFile(readAuditSheets),
  month: prepareMonth,
  bundle: prepareBundle,
  hashavshevet: prepareHashavshevet,
  'pcn874-sales': sheetsFile(readPcn874),
  'uniform-structure': prepareUniform,
};

/** The file of an export, ready to be written. */
export function prepareExport(source: Source): Promise<CountedFile> {
  return FILES[source.order.kind](source);
}
