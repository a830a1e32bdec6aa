import { describe, expect, it } from '#jest';
import type { Layout } from './layout.ts';
import { LAYOUTS_OF_DATA, LAYOUTS_OF_INI } from './layouts.ts';
import { readUniformFiles } from './read-uniform-structure.ts';

/** Values by field; signed ones in agorot. What is left out is empty. */
type Values = Readonly<Record<number, string | number>>;
type Sample = { -readonly [At in 'ini' | 'data']: [code: string, values: Record<number, string | number>][] };

const FRAME = { 3: 777777715, 4: '123456789012345', 5: '&OF1.31&' };
const DAY = 20260115;

/** An INI.TXT and a BKMVDATA.TXT by hand: an invoice with receipt, its credit, a receipt, and one that takes it back. */
const makeSample = (): Sample => ({
  ini: [
    [
      'A000',
      {
        1002: 12,
        1003: FRAME[3],
        1004: FRAME[4],
        1005: FRAME[5],
        1007: 'x',
        1008: '1',
        1009: 5,
        1010: 'y',
        1011: 2,
        1012: 'F:\\OPENFRMT\\77777771.26\\02031407',
        1018: 'עסק',
        1024: 20260101,
        1025: 20260131,
        1026: 20260203,
        1027: 1407,
        1029: 1,
        1030: 'zip',
        1032: 'ILS',
      },
    ],
    ['C100', { 1050: 'C100', 1051: 4 }],
    ['D110', { 1050: 'D110', 1051: 2 }],
    ['D120', { 1050: 'D120', 1051: 4 }],
  ],
  data: [
    ['A100', { 1103: FRAME[4], 1104: FRAME[5] }],
    ['C100', header(320, '7', 10_000, 1_800)],
    ['D110', { ...line(320, '7'), 1258: 1, 1265: 5_000, 1267: 10_000 }],
    [
      'D120',
      { ...means(320, '7', 1, 5_000), 1306: 2, 1307: 12, 1308: 634, 1309: 12345, 1310: 77, 1311: 20260601 },
    ],
    ['D120', { ...means(320, '7', 2, 6_800), 1306: 3, 1315: 1 }],
    ['C100', header(330, '1', 10_000, 1_800)],
    ['D110', { ...line(330, '1'), 1256: 320, 1257: '7', 1265: 6_000, 1266: -2_000, 1267: 10_000 }],
    ['C100', header(400, '8', 500, 0)],
    ['D120', { ...means(400, '8', 1, 500), 1306: 1 }],
    ['C100', { ...header(400, 'CR1', -500, 0), 1206: 2359 }],
    ['D120', { ...means(400, 'CR1', 1, -500), 1306: 1 }],
    ['Z900', { 1153: FRAME[4], 1154: FRAME[5], 1155: 12 }],
  ],
});

function header(type: number, number: string, net: number, vat: number): Values {
  const sums = { 1219: net, 1221: net, 1222: vat, 1223: net + vat };
  return { 1203: type, 1204: number, 1205: 20260116, 1207: 'דנה', 1225: 'k', 1230: DAY, ...sums };
}
const line = (type: number, number: string): Values => ({
  1253: type,
  1254: number,
  1255: 1,
  1260: 'פגישה',
  1264: 20_000,
  1268: 1_800,
  1272: DAY,
});
const means = (type: number, number: string, at: number, amount: number): Values => ({
  1303: type,
  1304: number,
  1305: at,
  1312: amount,
  1322: DAY,
});

function write(
  layouts: ReadonlyMap<string, Layout>,
  [code, values]: [string, Values],
  index: number,
): string {
  const { fields } = layouts.get(code) ?? { fields: [] };
  const first = fields[0]?.id ?? 0;
  const framed: Values = first < 1100 ? {} : { [first + 1]: index + 1, [first + 2]: FRAME[3] };
  return fields
    .map(({ id, picture: { kind, width } }) => {
      const value = { ...framed, [first]: code, ...values }[id] ?? '';
      if (typeof value === 'string' && /^=/.test(value)) return value.slice(1);
      if (kind === 'text') return String(value).padEnd(width);
      if (kind === 'digits') return String(value).padStart(width, '0');
      return (Number(value) < 0 ? '-' : '+') + String(Math.abs(Number(value))).padStart(width - 1, '0');
    })
    .join('');
}

const encode = (text: string): Buffer =>
  Buffer.from(
    text.replace(/[א-ת]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x5d0 + 0xe0)),
    'latin1',
  );

function findingsOf(sample: Sample, spoil: (text: string) => string = (text) => text): string {
  const [ini, data] = [
    sample.ini.map((record, index) => `${write(LAYOUTS_OF_INI, record, index)}\r\n`).join(''),
    sample.data.map((record, index) => `${write(LAYOUTS_OF_DATA, record, index)}\r\n`).join(''),
  ];
  const folder = 'OPENFRMT/77777771.26/02031407';
  return readUniformFiles({ folder, ini: encode(ini), data: encode(spoil(data)) }).findings.join('\n');
}

describe('a file made by hand from the tables', () => {
  it('has no findings', () => {
    expect(findingsOf(makeSample())).toBe('');
  });

  it.each<[file: 'ini' | 'data', index: number, field: number, value: string | number, finding: string]>([
    ['ini', 0, 1002, 13, '1002 is not 12'],
    ['ini', 0, 1003, 777777716, '1003 777777716 has a wrong check digit'],
    ['ini', 0, 1004, '012345678901234', '1004 (primary id, random 15 digits) has a value'],
    ['ini', 0, 1005, '&OF1.31', '1005 (constant &OF1.31&) has a value'],
    ['ini', 0, 1012, 'F:\\OPENFRMT', '1012 F:\\OPENFRMT is not where the files are'],
    ['ini', 0, 1018, '', '1018 (business name) is empty'],
    ['ini', 0, 1025, 0, '1025 is mandatory here'],
    ['ini', 0, 1026, 20260204, 'has the folder'],
    ['ini', 0, 1035, 'x', '1035 (future data) is for the future'],
    ['ini', 1, 1051, 5, 'C100: 1051 is not 4'],
    ['data', 0, 1101, 2, '1101 is 000000002, not the running number 1'],
    ['data', 0, 1102, 777777723, '1102 is not the dealer of 1003'],
    ['data', 0, 1103, '123456789012346', '1103 is not the primary id'],
    ['data', 1, 1203, 321, '1203 (document type) has a value'],
    ['data', 1, 1204, 'ABCDEF7', '1204 (document number) has a value'],
    ['data', 1, 1205, 20260204, '1205 is after the run'],
    ['data', 1, 1206, 2460, '1206 (production time HHMM, 24 h) is not a time'],
    ['data', 1, 1207, '', '1207 is empty, but mandatory for types 100 to 710'],
    ['data', 1, 1207, ' x', 'is not left-aligned'],
    ['data', 1, 1207, 'ÿ', 'is no character of ISO-8859-8'],
    ['data', 1, 1220, 100, '1220 does not reduce'],
    ['data', 1, 1221, 9_999, '1221 9999 and 1222 1800 are not 1223 11800'],
    ['data', 1, 1222, '=-00000000000000', 'is a negative zero'],
    ['data', 1, 1223, '= 00000000011800', 'is not a sign and digits'],
    ['data', 1, 1224, -5, '1224 is negative'],
    ['data', 1, 1230, 20260229, '1230 (document date, as printed) is not a day'],
    ['data', 1, 1230, 20260201, '1230 20260201 is outside of the range'],
    ['data', 2, 1254, '9', 'belongs to 320 9, which has no C100'],
    ['data', 2, 1255, 2, '1255 is not 1'],
    ['data', 2, 1264, 10_000, '1267 10000 is not 1264 1 × 1265 5000'],
    ['data', 2, 1268, 1_700, '1222 is not 1700'],
    ['data', 2, 1272, 20260116, '1272 is not the day'],
    ['data', 3, 1307, 0, '1307 of a cheque is empty'],
    ['data', 4, 1311, '=2026 601', '1311 (due date) is not of digits'],
    ['data', 4, 1312, 6_801, '1223 is not 11801, the sum of 1312'],
    ['data', 4, 1307, 12, '1307 is filled, of means 3'],
    ['data', 5, 1204, '7', '330 1, which has no C100'],
    ['data', 6, 1257, '6', '1257: the base 320 6 is not in the file'],
    ['data', 6, 1256, 0, '1256 and 1257 name no base'],
    ['data', 6, 1266, 2_000, '1266 is not negative'],
    ['data', 7, 1204, 'CR1', 'the file has 400 CR1 twice'],
    ['data', 8, 1306, 0, '1306 (means of payment) has a value'],
  ])('with a fault in %s %i %i is found: %s', (file, index, field, value, finding) => {
    const sample = makeSample();
    const record = sample[file][index];
    if (record) record[1][field] = value;
    expect(findingsOf(sample)).toContain(finding);
  });

  it.each<[string, (text: string) => string, string]>([
    ['a lost end', (text) => text.slice(0, -1), 'does not end with CR LF'],
    ['a bare line feed', (text) => text.replace('\r\n', '\n'), 'not 95'],
    ['another code', (text) => text.replace('D120', 'D121'), 'has the unknown code "D121"'],
    ['a lost record', (text) => text.replace(/D120.*\r\n/, ''), 'not the running number 4'],
    ['a longer record', (text) => text.replace('\r\n', ' \r\n'), 'A100 is 96 long'],
    ['no closing record', (text) => text.replace(/Z900.*\r\n/, ''), 'does not end with Z900'],
  ])('with %s is found', (_name, spoil, finding) => {
    expect(findingsOf(makeSample(), spoil)).toContain(finding);
  });
});
