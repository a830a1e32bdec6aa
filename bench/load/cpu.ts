import { readdir, readFile } from 'node:fs/promises';

/** Linux counts processes' CPU in hundredths of a second, whatever the kernel's own tick is. */
const MS_PER_TICK = 10;

interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  /** utime, stime, and of the children that have ended cutime, cstime. */
  readonly ticks: number;
}

/** CPU milliseconds since their start of each named process with all that it started (backends, browsers). */
export async function readCpu<Name extends string>(
  pids: Readonly<Record<Name, number>>,
): Promise<Record<Name, number>> {
  const rows = await readProcesses();
  const children = Map.groupBy(rows, (row) => row.parent);
  const ticksOf = (row: ProcessRow): number =>
    (children.get(row.pid) ?? []).reduce((sum, child) => sum + ticksOf(child), row.ticks);
  const named = (Object.entries(pids) as [Name, number][]).map(([name, pid]) => {
    const row = rows.find((one) => one.pid === pid);
    if (row === undefined) throw new Error(`process ${pid} (${name}) is gone: its CPU cannot be read`);
    return [name, ticksOf(row) * MS_PER_TICK] as const;
  });
  return Object.fromEntries(named) as Record<Name, number>;
}

async function readProcesses(): Promise<ProcessRow[]> {
  const names = await readdir('/proc').catch(() => []);
  if (names.length === 0) throw new Error('the bench reads CPU from /proc: run it on Linux');
  const stats = names
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readFile(`/proc/${name}/stat`, 'latin1').catch(() => null));
  return (await Promise.all(stats)).flatMap((text) => (text === null ? [] : [toRow(text)]));
}

/** The name, in parentheses, may hold anything; the fields are counted from behind it. */
function toRow(text: string): ProcessRow {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return { pid: Number.parseInt(text, 10), parent: Number(fields[1]), ticks };
}

/** By how much each has grown. */
export function difference<Name extends string>(
  after: Readonly<Record<Name, number>>,
  before: Readonly<Record<Name, number>>,
): Record<Name, number> {
  const entries = (Object.keys(after) as Name[]).map((name) => [name, after[name] - before[name]] as const);
  return Object.fromEntries(entries) as Record<Name, number>;
}
