/** How a field's characters are meant: section 2.2 of the reference. */
export interface Picture {
  readonly kind: 'text' | 'digits' | 'signed';
  readonly width: number;
  readonly decimals: number;
}

/** M: must be filled; C: depends on another field; O: where there is something to tell. */
export type Rule = 'M' | 'C' | 'O';

export interface Field {
  readonly id: number;
  /** Positions from 1, both included. */
  readonly from: number;
  readonly to: number;
  readonly picture: Picture;
  readonly rule: Rule;
  readonly meaning: string;
}

export interface Layout {
  readonly code: string;
  readonly length: number;
  readonly fields: readonly Field[];
}

const PICTURE = /^(X|9|X9)\((\d+)\)(?:v(9+))?$/;
const ROW = /^(\d{4}) (\d+)-(\d+) (\S+) ([MCO]) (.+)$/;

/** Reads rows as the reference has them; throws where positions, pictures and the record's length do not fit together. */
export function layoutOf(code: string, length: number, rows: string): Layout {
  const fields = rows.trim().split('\n').map(toField);
  let next = 1;
  for (const { id, from, to, picture } of fields) {
    if (from !== next || to - from + 1 !== picture.width) throw new Error(`${code} ${id} does not fit`);
    next = to + 1;
  }
  if (next !== length + 1) throw new Error(`${code} is ${next - 1} long, not ${length}`);
  return { code, length, fields };
}

function toField(row: string): Field {
  const [, id, from, to, picture = '', rule, meaning = ''] = ROW.exec(row) ?? [];
  if (rule === undefined) throw new Error(`no row of a layout: ${row}`);
  return {
    id: Number(id),
    from: Number(from),
    to: Number(to),
    picture: toPicture(picture),
    rule: rule as Rule,
    meaning,
  };
}

function toPicture(text: string): Picture {
  const [, kind, whole, nines = ''] = PICTURE.exec(text) ?? [];
  const decimals = nines.length;
  if (kind === 'X') return { kind: 'text', width: Number(whole), decimals };
  if (kind === '9') return { kind: 'digits', width: Number(whole) + decimals, decimals };
  if (kind === 'X9') return { kind: 'signed', width: 1 + Number(whole) + decimals, decimals };
  throw new Error(`no picture: ${text}`);
}
