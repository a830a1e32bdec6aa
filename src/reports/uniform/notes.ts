import type { Day } from '../../domain/calendar.ts';
import type { Loss } from './cheque.ts';
import type { UniformPart } from './parts.ts';

/** Sentences for the closing page: what the file cannot say as it stands in the books. */
export interface Notes {
  /** Of one row of money. */
  add(document: UniformPart & { readonly number: string }, lost: readonly Loss[], dueDay: Day | null): void;
  sentences(): readonly string[];
}

/** So many are written out; the others are counted. */
const MOST_WRITTEN = 40;

const NAMES: Readonly<Record<number, string>> = {
  1307: 'מספר הבנק',
  1308: 'מספר הסניף',
  1309: 'מספר החשבון',
  1310: 'מספר השיק',
};

/** @param today the day of the run */
export function createNotes(today: Day): Notes {
  const written: string[] = [];
  let others = 0;
  let dueLater = 0;
  return {
    add: ({ type, number }, lost, dueDay) => {
      if (dueDay !== null && dueDay > today) dueLater += 1;
      for (const loss of lost)
        if (written.length < MOST_WRITTEN) written.push(`מסמך ${type} מספר ${number}: ${toSentence(loss)}`);
        else others += 1;
    },
    sentences: () => [
      ...written,
      ...(others > 0 ? [`ועוד ${others} ערכים שלא ניתן לרשום כלשונם.`] : []),
      ...(dueLater > 0 ? [`שדה 1311: ${dueLater} מועדי פירעון מאוחרים מיום ההפקה.`] : []),
    ],
  };
}

function toSentence({ field, written, instead }: Loss): string {
  const said = `${NAMES[field] ?? ''} (שדה ${field}) הוא "${written}"`;
  return instead === '0' ? `${said}, שאינו מספר; נרשמו אפסים.` : `${said}; נרשמו הספרות ${instead}.`;
}
