import { call, eventually } from '../../api/rig.ts';
import type { Reply, TestWorkspace } from '../../api/rig.ts';

export interface ExportBody {
  readonly id: string;
  readonly status: string;
  readonly rows: number;
  readonly totalRows: number | null;
  readonly percent: number;
  readonly placeInQueue: number | null;
  readonly fileName: string | null;
  readonly sizeBytes: number | null;
  readonly sha256: string | null;
  readonly failure: string | null;
  readonly expiresAt: string | null;
}

type Asker = Pick<TestWorkspace, 'key'>;

/** Everything from 2024 on, unless the wish says otherwise. */
export const WHOLE = { from: '2024-01-01', to: '2029-01-01' };

export function askExport<Body = ExportBody>(
  { key }: Asker,
  wish: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<Reply<Body>> {
  return call<Body>('POST', '/v1/exports', { key, body: { ...WHOLE, ...wish }, headers });
}

export async function readExport({ key }: Asker, id: string): Promise<ExportBody> {
  return (await call<ExportBody>('GET', `/v1/exports/${id}`, { key })).json;
}

/** Waits for the end of an export; one without a file fails the test. */
export function untilMade(asker: Asker, id: string): Promise<ExportBody> {
  return eventually(`the file of ${id}`, async () => {
    const made = await readExport(asker, id);
    if (made.status === 'failed' || made.status === 'cancelled')
      throw new Error(`${made.status}: ${made.failure ?? ''}`);
    return made.status === 'completed' ? made : null;
  });
}

export function download({ key }: Asker, id: string): Promise<Reply<unknown>> {
  return call('GET', `/v1/exports/${id}/file`, { key });
}

/** Asks for a file, waits for it and fetches it. */
export async function fetchExport(asker: Asker, wish: object): Promise<{ made: ExportBody; bytes: Buffer }> {
  const asked = await askExport(asker, wish);
  if (asked.status !== 202) throw new Error(`POST /v1/exports: ${asked.bytes.toString()}`);
  const made = await untilMade(asker, asked.json.id);
  return { made, bytes: (await download(asker, made.id)).bytes };
}

/** Reads CSV by RFC 4180, not by the library that wrote it. Each record under the titles of the first line. */
export function readCsv(text: string): Record<string, string>[] {
  const [titles = [], ...records] = text
    .replace(/\r\n$/, '')
    .split(/\r\n(?=(?:[^"]*"[^"]*")*[^"]*$)/)
    .map(toFields);
  return records.map((fields) => Object.fromEntries(titles.map((title, at) => [title, fields[at] ?? ''])));
}

function toFields(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
}
