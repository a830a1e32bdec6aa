import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import type { Note } from '../progress.ts';
import { TEMPORAL_VERSION } from './version.ts';

const run = promisify(execFile);

/** If no answer begins within this time, there is no route. */
const FIRST_ANSWER_MS = 3_000;
/** A download without progress for this long is given up. */
const STALLED_MS = 15_000;

const ARCHITECTURES: Partial<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/** Address of Temporal's own archive for a machine; undefined where there is none. */
export const archiveUrl = (platform: string, arch: string): string | undefined => {
  const name = ARCHITECTURES[arch];
  if (name === undefined || !['linux', 'darwin'].includes(platform)) return undefined;
  return `https://temporal.download/cli/archive/v${TEMPORAL_VERSION}?platform=${platform}&arch=${name}`;
};

const toMegabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(0);

/** Downloads and unpacks the CLI into `folder`, as `temporal`. Fails within three seconds where nothing answers. */
export const downloadTemporal = async (folder: string, note: Note, signal: AbortSignal): Promise<void> => {
  const url = archiveUrl(process.platform, process.arch);
  if (url === undefined)
    throw new Error(`temporal.download has nothing for ${process.platform} ${process.arch}`);
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), FIRST_ANSWER_MS);
  try {
    const answer = await fetch(url, { signal: AbortSignal.any([signal, silence.signal]) });
    if (!answer.ok || answer.body === null) throw new Error(`temporal.download answered ${answer.status}`);
    const size = Number(answer.headers.get('content-length') ?? 0);
    let received = 0;
    const archive = join(folder, 'temporal.tar.gz');
    await mkdir(folder, { recursive: true });
    const counted = async function* (source: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
      for await (const chunk of source) {
        clearTimeout(timer);
        timer = setTimeout(() => silence.abort(), STALLED_MS);
        received += chunk.length;
        note(`downloading, ${toMegabytes(received)}${size > 0 ? ` of ${toMegabytes(size)}` : ''} MB`);
        yield chunk;
      }
    };
    await pipeline(Readable.fromWeb(answer.body), counted, createWriteStream(archive));
    await run('tar', ['-xzf', archive, '-C', folder, 'temporal']);
  } finally {
    clearTimeout(timer);
  }
};
