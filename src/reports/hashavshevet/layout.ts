import { exponentOf, toMajorText } from '../../domain/money.ts';
import { text } from '../uniform/pictures.ts';

/** A field of a record: its name in the PRM, its width, and what is in it. Width 0: the file does not have it. */
export interface Field<Of> {
  readonly name: string;
  readonly width: number;
  readonly of: (record: Of) => string;
}

/** Text on the left. What is too long is cut. */
export function textField<Of>(name: string, width: number, of: (record: Of) => string | null): Field<Of> {
  return { name, width, of: (record) => text(width, of(record)) };
}

/** A sum in minor units as `9.2`: a point, two decimals, on the right. Null is left empty. */
export function sumField<Of>(name: string, of: (record: Of) => number | null): Field<Of> {
  return {
    name,
    width: SUM_WIDTH,
    of: (record) => {
      const minor = of(record);
      return (minor === null ? '' : toSum(minor)).padStart(SUM_WIDTH);
    },
  };
}

const SUM_WIDTH = 12;

/** @throws RangeError if it is wider than its field */
function toSum(minor: number): string {
  const sum = toMajorText(minor, exponentOf('ILS'));
  if (sum.length > SUM_WIDTH) throw new RangeError(`${sum} does not fit into ${SUM_WIDTH} characters`);
  return sum;
}

/** A field that we leave empty and that takes no room in a line. */
export const unused = (name: string): Field<unknown> => ({ name, width: 0, of: () => '' });

const LINE_END = 2;

/** The lines of a PRM: the length of a record with its line end, then from where to where each field lies. */
export function prmLines(fields: readonly Field<never>[]): readonly string[] {
  let from = 1;
  const places = fields.map(({ name, width }) => {
    const place = width === 0 ? '0 0' : `${from} ${from + width - 1}`;
    from += width;
    return `${place} ;${name}`;
  });
  return [`${from - 1 + LINE_END} ;גודל הרשומה`, ...places];
}

/** A record as its line. */
export function recordLine<Of>(fields: readonly Field<Of>[], record: Of): string {
  return fields.map((field) => field.of(record)).join('');
}
