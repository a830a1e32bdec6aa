import { checkField } from './check-field.ts';
import type { Field, Layout } from './layout.ts';

/** Tells what is wrong: where, and what. */
export type Tell = (place: string, finding: string) => void;

export interface UniformRecord {
  readonly code: string;
  /** "BKMVDATA.TXT 7 C100" */
  readonly place: string;
  /** Characters of each field as they stand, padding and all. */
  readonly raw: ReadonlyMap<number, string>;
}

/** Letters of ISO-8859-8 at 0xE0 to 0xFA; its other signs above ASCII that have one place in Unicode too. */
function toCharacter(byte: number): string | null {
  if (byte >= 0x20 && byte < 0x7f) return String.fromCharCode(byte);
  if (byte >= 0xe0 && byte <= 0xfa) return String.fromCharCode(0x5d0 + byte - 0xe0);
  if (byte === 0xaa) return '×';
  if (byte === 0xba) return '÷';
  const isLatin = byte === 0xa0 || (byte >= 0xa2 && byte <= 0xbe);
  return isLatin ? String.fromCharCode(byte) : null;
}

/** Reads a file of records that each end with CR LF, and checks each record and each field by itself. */
export function readRecords(
  file: string,
  bytes: Buffer,
  layouts: ReadonlyMap<string, Layout>,
  tell: Tell,
): UniformRecord[] {
  if (!bytes.subarray(-2).equals(Buffer.from('\r\n'))) tell(file, 'does not end with CR LF');
  const lines = bytes.toString('latin1').replace(/\r\n$/, '').split('\r\n');
  return lines.flatMap((line, index) => readRecord(`${file} ${index + 1}`, line, layouts, tell) ?? []);
}

function readRecord(
  place: string,
  line: string,
  layouts: ReadonlyMap<string, Layout>,
  tell: Tell,
): UniformRecord | null {
  const code = line.slice(0, 4);
  const layout = layouts.get(code);
  if (layout === undefined) tell(place, `has the unknown code "${code}"`);
  else if (line.length !== layout.length) tell(place, `${code} is ${line.length} long, not ${layout.length}`);
  if (layout === undefined) return null;
  const text = decode(`${place} ${code}`, line, tell);
  const raw = new Map(layout.fields.map((field) => [field.id, text.slice(field.from - 1, field.to)]));
  for (const field of layout.fields) tellOfField(`${place} ${code}`, field, raw.get(field.id) ?? '', tell);
  return { code, place: `${place} ${code}`, raw };
}

function tellOfField(place: string, field: Field, raw: string, tell: Tell): void {
  for (const wrong of checkField(field, raw))
    tell(place, `${field.id} (${field.meaning}) ${wrong}: "${raw}"`);
}

function decode(place: string, line: string, tell: Tell): string {
  let text = '';
  for (let at = 0; at < line.length; at++) {
    const character = toCharacter(line.charCodeAt(at));
    if (character === null) tell(place, `position ${at + 1} is no character of ISO-8859-8`);
    text += character ?? '\u{FFFD}';
  }
  return text;
}

/** A field as text, without its padding. */
export function textOf({ raw }: UniformRecord, id: number): string {
  const value = raw.get(id);
  if (value === undefined) throw new Error(`the record has no field ${id}`);
  return /^!*$/.test(value) ? '' : value.trimEnd();
}

/** A field as a whole number: sums in agorot, quantities in ten-thousandths. */
export const numberOf = (record: UniformRecord, id: number): number => Number(textOf(record, id));
