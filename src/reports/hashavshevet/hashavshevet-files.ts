import { Readable } from 'node:stream';
import { countTakenDocuments, readTakenDocuments } from '../../db/export-documents.ts';
import type { BookedRow } from '../../db/export-documents.ts';
import type { HashavshevetSettings } from '../../domain/hashavshevet.ts';
import type { CountedFile, Source } from '../files/source.ts';
import { zipFiles } from '../files/zip-files.ts';
import { toBytes } from '../uniform/pictures.ts';
import { accountOfCustomer, entriesOf } from './entries.ts';
import type { Entry } from './entries.ts';
import { prmLines, recordLine, sumField, textField, unused } from './layout.ts';
import type { Field } from './layout.ts';

/**
 * Journal rows and accounts for Hashavshevet and the programs that read its files: MOVEIN and HESHIN, each with its PRM.
 * Source: docs/reference/hashavshevet.md.
 */
export async function prepareHashavshevet(source: Source): Promise<CountedFile> {
  const { tx, workspace, exportId } = source;
  const settings = workspace.hashavshevet;
  if (!settings) throw new Error(`workspace ${workspace.id} has no settings of Hashavshevet`);
  const { encoding } = settings;
  return {
    totalRows: await countTakenDocuments(tx, exportId),
    write: () => {
      const accounts = new Map<string, Account>();
      return zipFiles([
        { path: 'MOVEIN.PRM', bytes: toBytes(prmLines(MOVEIN), encoding) },
        { path: 'MOVEIN.DAT', bytes: Readable.from(movein(source, settings, accounts)) },
        { path: 'HESHIN.PRM', bytes: toBytes(prmLines(HESHIN), encoding) },
        // It is read once MOVEIN has been written, so all accounts are there.
        { path: 'HESHIN.DAT', bytes: Readable.from(heshin(settings, accounts)) },
      ]);
    },
  };
}

interface MoveinRecord {
  readonly row: BookedRow;
  readonly entry: Entry;
  readonly currencyCode: string;
}

const slashed = (day: string): string => day.split('-').reverse().join('/');
/** Old programs take nine digits of an allocation number. */
const SHORT_ALLOCATION = 9;

const MOVEIN: readonly Field<MoveinRecord>[] = [
  textField('קוד סוג תנועה', 3, ({ entry }) => entry.code),
  textField('אסמכתא', 9, ({ row }) => String(row.number)),
  textField('אסמכתא 2', 9, ({ row }) => row.allocationNumber?.slice(-SHORT_ALLOCATION) ?? null),
  textField('תאריך אסמכתא', 10, ({ row }) => slashed(row.documentDate)),
  textField('תאריך ערך', 10, ({ entry }) => slashed(entry.valueDay)),
  unused('תמחיר'),
  textField('קוד מטבע', 5, ({ currencyCode }) => currencyCode),
  textField('פרוט', 50, ({ row }) => row.content.customer.name),
  textField('מס חשבון חובה 1', 15, ({ entry }) => entry.debit.account),
  textField('מס חשבון חובה 2', 15, () => null),
  textField('מס חשבון זכות 1', 15, ({ entry }) => entry.credits[0].account),
  textField('מס חשבון זכות 2', 15, ({ entry }) => entry.credits[1]?.account ?? null),
  sumField('סכום חובה 1 בש"ח', ({ entry }) => entry.debit.amount),
  sumField('סכום חובה 2 בש"ח', () => null),
  sumField('סכום זכות 1 בש"ח', ({ entry }) => entry.credits[0].amount),
  sumField('סכום זכות 2 בש"ח', ({ entry }) => entry.credits[1]?.amount ?? null),
  ...[
    'סכום חובה 1 מט"ח',
    'סכום חובה 2 מט"ח',
    'סכום זכות 1 מט"ח',
    'סכום זכות 2 מט"ח',
    'תאריך שלישי',
    'אסמכתא 3',
    'כמות',
    'קובץ',
    'הערות נוספות',
    'הערות נוספות 2',
    'סניף',
  ].map(unused),
  textField('מספר ע.מ.', 9, ({ row }) => dealerNumber(row)),
];

/** Private customers have none. */
function dealerNumber({ content: { customer } }: Pick<BookedRow, 'content'>): string | null {
  return customer.taxIdKind === 'private' ? null : customer.taxId;
}

/** An account of a customer. */
interface Account {
  readonly key: string;
  readonly row: BookedRow;
}

async function* movein(
  { tx, workspace, exportId, onRows }: Source,
  settings: HashavshevetSettings,
  accounts: Map<string, Account>,
): AsyncGenerator<Buffer> {
  let documents = 0;
  for await (const rows of readTakenDocuments(tx, exportId)) {
    const lines = rows.flatMap((row) => {
      const key = accountOfCustomer(row, settings);
      if (key !== null) accounts.set(key, { key, row });
      return entriesOf(row, settings, workspace.timeZone).map((entry) =>
        recordLine(MOVEIN, { row, entry, currencyCode: settings.currencyCode }),
      );
    });
    yield toBytes(lines, settings.encoding);
    documents += rows.length;
    await onRows(documents);
  }
}

interface HeshinRecord extends Account {
  readonly settings: HashavshevetSettings;
}

/** The account of all customers together says nothing about one of them. */
const own = (of: (row: BookedRow) => string | null) => (record: HeshinRecord) =>
  record.settings.customers === 'each' ? of(record.row) : null;

const HESHIN: readonly Field<HeshinRecord>[] = [
  textField('מפתח חשבון', 15, ({ key }) => key),
  textField('שם חשבון', 50, ({ settings, row }) =>
    settings.customers === 'each' ? row.content.customer.name : 'לקוחות',
  ),
  textField('קוד מיון', 9, ({ settings }) => settings.customerSortCode),
  unused('חתך'),
  textField(
    'טלפון',
    30,
    own(({ content }) => content.customer.phone),
  ),
  textField(
    'כתובת',
    50,
    own(({ content }) => content.customer.address),
  ),
  ...[
    'שכונה',
    'עיר',
    'מיקוד',
    'עיסוק',
    'העברה לרואה חשבון',
    'פרטים',
    'תאריך נוסף 1',
    'תאריך נוסף 2',
    'סכום נוסף 1',
    'סכום נוסף 2',
    'סכום נוסף 3',
    'סכום נוסף 4',
    'מקסימום אשראי',
    'מטבע מקסימום אשראי',
    'מקסימום אובליגו',
    'מטבע מקסימום אובליגו',
    'אחוז הנחה כללית',
    'הודעה ללקוח',
    'חשבון מרכז',
    'סוכן',
    'אחוז ניכוי במקור',
    'בתוקף עד תאריך',
  ].map(unused),
  textField(
    'מספר עוסק מורשה',
    9,
    own((row) => dealerNumber(row)),
  ),
];

function* heshin(settings: HashavshevetSettings, accounts: Map<string, Account>): Generator<Buffer> {
  for (const account of accounts.values())
    yield toBytes([recordLine(HESHIN, { ...account, settings })], settings.encoding);
}
