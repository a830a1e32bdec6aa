import type { Field } from './layout.ts';

const FORMAT = /^&OF1\.31&$/;
const DOCUMENT_TYPE =
  /^(100|2(00|05|10)|3(00|05|10|20|30|40|45)|4(00|05|10|20)|500|6[01]0|7[01]0|8[0-4]0|9[01]0)$/;

/** Values that the reference names, by field. */
const CHOICES: Readonly<Record<number, RegExp>> = {
  1004: /^[1-9]\d{14}$/,
  1005: FORMAT,
  1011: /^[12]$/,
  1013: /^[012]$/,
  1014: /^[012]$/,
  1028: /^[012]$/,
  1029: /^[12]$/,
  1032: /^[A-Z]{3}$/,
  1034: /^[01]$/,
  1104: FORMAT,
  1154: FORMAT,
  1203: DOCUMENT_TYPE,
  1204: /^[A-Z]{0,5}\d+ *$/,
  1213: /^([A-Z]{2}| {2})$/,
  1218: /^([A-Z]{3}| {3})$/,
  1228: /^[1 ]$/,
  1253: DOCUMENT_TYPE,
  1258: /^[0-3]$/,
  1303: DOCUMENT_TYPE,
  1306: /^[1-9]$/,
  1313: /^[0-46]$/,
  1315: /^[0-5]$/,
  1366: /^[12]$/,
};

const DATES = new Set([1024, 1025, 1026, 1205, 1216, 1230, 1272, 1311, 1322, 1362, 1363, 1375]);
const TIMES = new Set([1027, 1206]);
/** Of digits and yet filled with zeros: not registered yet, no books, midnight, Hebrew, no branches, a rate of 0 %. */
const ZERO_SAYS_SOMETHING = new Set([1006, 1013, 1027, 1028, 1034, 1268]);
const BLANK = /^( *|!*)$/;

/** Everything that is wrong with one field, taken by itself. */
export function checkField(field: Field, raw: string): string[] {
  const { kind } = field.picture;
  const wrong = kind === 'text' ? checkText(field, raw) : checkNumber(field, raw);
  if (CHOICES[field.id]?.test(raw) === false) wrong.push('has a value that the reference does not know');
  if (isMissing(field, raw)) wrong.push('is empty, but mandatory');
  return wrong;
}

function isMissing({ id, rule, meaning, picture }: Field, raw: string): boolean {
  if (rule !== 'M' || isForFuture(meaning)) return false;
  if (picture.kind === 'signed') return false;
  return isEmpty(raw) && !ZERO_SAYS_SOMETHING.has(id);
}

const isForFuture = (meaning: string): boolean => meaning.startsWith('future');

/** Spaces, exclamation marks or zeros. */
export const isEmpty = (raw: string): boolean => BLANK.test(raw) || /^[+]?0+$/.test(raw);

function checkText({ meaning }: Field, raw: string): string[] {
  if (BLANK.test(raw)) return [];
  if (isForFuture(meaning)) return ['is for the future, but filled'];
  return raw.startsWith(' ') ? ['is not left-aligned'] : [];
}

function checkNumber({ id, picture }: Field, raw: string): string[] {
  if (picture.kind === 'signed') {
    if (!/^[+-]\d+$/.test(raw)) return ['is not a sign and digits'];
    return /^-0+$/.test(raw) ? ['is a negative zero'] : [];
  }
  if (!/^\d+$/.test(raw)) return ['is not of digits alone'];
  if (DATES.has(id) && Number(raw) > 0 && !isDay(raw)) return ['is not a day of the calendar'];
  return TIMES.has(id) && !/^([01]\d|2[0-3])[0-5]\d$/.test(raw) ? ['is not a time of day'] : [];
}

function isDay(raw: string): boolean {
  const written = `${raw.slice(0, 4)}-${raw.slice(4, 6)}-${raw.slice(6)}`;
  const day = new Date(`${written}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(written);
}
