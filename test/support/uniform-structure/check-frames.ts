import { isEmpty } from './check-field.ts';
import { COUNTED } from './layouts.ts';
import { numberOf, textOf } from './read-records.ts';
import type { Tell, UniformRecord } from './read-records.ts';

/** Dealer numbers and running numbers have the next two fields after the code, in every record of BKMVDATA.TXT. */
const firstFieldOf = (record: UniformRecord): number => [...record.raw.keys()][0] ?? 0;

export interface Frames {
  readonly header: UniformRecord;
  readonly summaries: readonly UniformRecord[];
  readonly data: readonly UniformRecord[];
  /** The folder of both files in the archive, like `OPENFRMT/77777771.26/02031407`. */
  readonly folder: string;
}

/** What INI.TXT, the first and the last record say about everything between them. */
export function checkFrames(frames: Frames, tell: Tell): void {
  const { header, data } = frames;
  checkOrder(data, tell);
  checkCounts(frames, tell);
  checkIdentity(header, data, tell);
  checkFolder(frames, tell);
  checkHeader(header, tell);
}

function checkOrder(data: readonly UniformRecord[], tell: Tell): void {
  if (data[0]?.code !== 'A100') tell('BKMVDATA.TXT', 'does not begin with A100');
  if (data.at(-1)?.code !== 'Z900') tell('BKMVDATA.TXT', 'does not end with Z900');
  data.forEach((record, index) => {
    const isAtEnd = index === 0 || index === data.length - 1;
    if (!isAtEnd && /^[AZ]/.test(record.code)) tell(record.place, 'stands in the middle');
    const id = firstFieldOf(record) + 1;
    if (numberOf(record, id) !== index + 1)
      tell(record.place, `${id} is ${textOf(record, id)}, not the running number ${index + 1}`);
  });
}

function checkCounts({ header, summaries, data }: Frames, tell: Tell): void {
  const last = data.at(-1);
  if (numberOf(header, 1002) !== data.length) tell(header.place, `1002 is not ${data.length}`);
  if (last?.code === 'Z900' && numberOf(last, 1155) !== data.length)
    tell(last.place, `1155 is not ${data.length}`);
  for (const code of COUNTED) {
    const count = data.filter((record) => record.code === code).length;
    const told = summaries.filter((summary) => summary.code === code);
    if (told.length !== (count > 0 ? 1 : 0)) tell('INI.TXT', `has ${told.length} summaries of ${code}`);
    for (const summary of told)
      if (numberOf(summary, 1051) !== count) tell(summary.place, `1051 is not ${count}`);
  }
}

/** One dealer and one primary id throughout. */
function checkIdentity(header: UniformRecord, data: readonly UniformRecord[], tell: Tell): void {
  const dealer = textOf(header, 1003);
  if (!hasCheckDigit(dealer)) tell(header.place, `1003 ${dealer} has a wrong check digit`);
  for (const record of data) {
    const id = firstFieldOf(record);
    if (textOf(record, id + 2) !== dealer) tell(record.place, `${id + 2} is not the dealer of 1003`);
    const isFrame = record.code === 'A100' || record.code === 'Z900';
    if (isFrame && textOf(record, id + 3) !== textOf(header, 1004))
      tell(record.place, `${id + 3} is not the primary id of 1004`);
  }
}

/** Weights 1, 2, 1, 2 …; the digits of all products add up to a multiple of ten. */
function hasCheckDigit(dealer: string): boolean {
  const products = Array.from(dealer, (digit, index) => Number(digit) * ((index % 2) + 1));
  return products.reduce((sum, product) => sum + Math.floor(product / 10) + (product % 10), 0) % 10 === 0;
}

/** `<drive>:\OPENFRMT\<8 digits>.<YY>\<MMDDhhmm>`: the dealer, the year and the minute of the run. */
function checkFolder({ header, folder }: Frames, tell: Tell): void {
  const [day, time] = [textOf(header, 1026), textOf(header, 1027)];
  const eight = textOf(header, 1003).slice(0, 8);
  const expected = `OPENFRMT/${eight}.${day.slice(2, 4)}/${day.slice(4)}${time}`;
  if (folder !== expected) tell('the archive', `has the folder ${folder}, not ${expected}`);
  const saved = /^[A-Z]:\\(.+?)\\?$/.exec(textOf(header, 1012))?.[1]?.replaceAll('\\', '/');
  if (saved !== folder)
    tell(header.place, `1012 ${textOf(header, 1012)} is not where the files are: ${folder}`);
}

function checkHeader(header: UniformRecord, tell: Tell): void {
  const isFilled = (id: number) => !isEmpty(header.raw.get(id) ?? '');
  const needed = numberOf(header, 1011) === 1 ? [1023] : [1024, 1025];
  if (numberOf(header, 1013) === 2) needed.push(1014);
  for (const id of needed) if (!isFilled(id)) tell(header.place, `${id} is mandatory here, but empty`);
  if (isFilled(1024) && numberOf(header, 1024) > numberOf(header, 1025))
    tell(header.place, '1024 is after 1025');
  if (numberOf(header, 1029) !== 1) tell(header.place, '1029 is not ISO-8859-8, which this reader knows');
}
