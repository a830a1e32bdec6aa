import type { Figure, Findings } from './figure.ts';
import { describeBar } from './figure.ts';
import type { Machine } from './machine.ts';

const HEADER = ['figure', 'value', 'unit', 'floor', 'ratio', 'bar', 'holds'];

/** The report as Markdown, so that it can be pasted into docs/performance.md. */
export function toTable(machine: Machine, { figures, notes }: Findings): string {
  const rows = [HEADER, ...figures.map(toRow)];
  const widths = HEADER.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const toLine = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => pad(cell, widths[column] ?? 0, column)).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => `${'-'.repeat(width + 1)}${isNumber(column) ? ':' : '-'}`).join('|')}|`;
  const [header = HEADER, ...body] = rows;
  return [
    describeMachine(machine),
    '',
    toLine(header),
    rule,
    ...body.map(toLine),
    '',
    ...notes.map((note) => `- ${note}`),
  ].join('\n');
}

function describeMachine(machine: Machine): string {
  const { cpu, cores, memoryGiB, system, node, temporal, postgres, loadBefore, at } = machine;
  return (
    `${at.slice(0, 16).replace('T', ' ')} UTC · ${cores} cores ${cpu}, ${memoryGiB} GiB, ${system} · Node ${node} · ` +
    `Temporal ${temporal} · PostgreSQL ${postgres} · load before ${loadBefore.toFixed(2)}`
  );
}

function toRow({ name, value, unit, floor, ratio, holds }: Figure): string[] {
  const verdict = holds === null ? '' : holds ? 'yes' : 'NO';
  return [name, toText(value), unit, toText(floor), toText(ratio), describeBar(name), verdict];
}

function toText(value: number | null): string {
  if (value === null) return '–';
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

const isNumber = (column: number): boolean => [1, 3, 4].includes(column);

function pad(cell: string, width: number, column: number): string {
  return isNumber(column) ? cell.padStart(width) : cell.padEnd(width);
}
